import { addDays, type IsoDate } from '#lib/calendar.ts';
import { buildAddresses } from './addresses.ts';
import {
	characterOf,
	enterprisesOf,
	outsideEnterprises,
	type CommunityCharacter,
	type EnterpriseRegister,
	type SampleEnterprise,
	type SamplePrincipal
} from './enterprises.ts';
import { sampleAlarms, type SampleAlarm } from './alarms.ts';
import { sampleEvents, type SampleEvent } from './events.ts';
import { historyOf } from './history.ts';
import {
	agencyOf,
	createRegistrar,
	register,
	staffOf,
	type SampleAgency,
	type SamplePerson
} from './people.ts';
import { createRandom } from './random.ts';
import { scaleOf, type ScaleName } from './scale.ts';
import { sealedVisits, type SampleInspection } from './sealing.ts';
import type { SeedLibrary } from './seedFiles.ts';
import { buildTerritory, type SampleArea } from './territory.ts';
import type { Visit } from './visits.ts';

export interface SampleStreetInput {
	/** The same seed, day, scale and library give the same sample, byte for byte. */
	seed: number;
	/** The day on which the sample is looked at: the history ends on the evening before. */
	until: IsoDate;
	scale: ScaleName;
	library: Pick<SeedLibrary, 'versions'>;
	/** User ids by e-mail, where the sign-in service gives its own: signatures name them. */
	userIds?: ReadonlyMap<string, string>;
}

export interface SampleStreet {
	/** The district, then each street before its communities. */
	areas: SampleArea[];
	agencies: SampleAgency[];
	/** Everyone who may sign in or has signed something; `isSampleAccount` marks those shown at the start. */
	people: SamplePerson[];
	principals: SamplePrincipal[];
	enterprises: SampleEnterprise[];
	/** Registered without a check, with a paper each. */
	events: SampleEvent[];
	/** What devices reported; leads only. */
	alarms: SampleAlarm[];
	/** All sealed visits in the order of sealing; made while they are read, the same each time. */
	history(): Generator<SampleInspection>;
}

interface StreetSample {
	enterprises: SampleEnterprise[];
	visits: Visit[];
	people: SamplePerson[];
	agency: SampleAgency;
	inspections(): Generator<SampleInspection>;
}

/** Always takes the earliest of what the streams offer next: each is in order, so the whole is. */
function* merged(streams: Generator<SampleInspection>[]): Generator<SampleInspection> {
	const heads = streams.map((stream) => ({ stream, head: stream.next() }));
	for (;;) {
		const waiting = heads.filter(({ head }) => !head.done);
		if (waiting.length === 0) return;
		const first = waiting.reduce((a, b) => (a.head.value.sealedAt <= b.head.value.sealedAt ? a : b));
		yield first.head.value;
		first.head = first.stream.next();
	}
}

/** The enterprise whose principal gets a sample account: a restaurant with something to put right. */
function accountEnterprise(streets: StreetSample[], until: IsoDate): SampleEnterprise {
	const { visits, enterprises } = streets[0]!;
	const waiting = visits.findLast(
		({ enterprise, findings, track }) =>
			enterprise.siteType === 'restaurant' &&
			track === 'street' &&
			findings.some(({ deadline }) => deadline !== null && deadline > until)
	);
	return waiting?.enterprise ?? enterprises[0]!;
}

/**
 * A fictional street with its communities, enterprises, people and two years of checks, and a smaller one beside
 * it. Everything follows from the arguments: no clock, no randomness but the seed's.
 */
export function sampleStreet(input: SampleStreetInput): SampleStreet {
	const { seed, until, library, userIds = new Map() } = input;
	const scale = scaleOf(input.scale);
	const random = createRandom(seed);
	const start = addDays(until, -scale.historyDays);
	const areas = buildTerritory(scale, random.fork('territory'));
	const addresses = buildAddresses(areas, random.fork('addresses'));
	const registrar = createRegistrar(seed, until, userIds, random.fork('people'));
	const administrator = register(registrar, 'admin', { role: 'administrator', isSampleAccount: true });
	const staff = scale.streets.map((plan, index) => staffOf(registrar, plan, index));
	const firms: EnterpriseRegister = { registrar, names: new Set(), codes: new Set(), recentPrincipals: [] };

	const streets = scale.streets.map((plan, index): StreetSample => {
		const communities = areas
			.filter(({ parentCode }) => parentCode === plan.code)
			.map((area) => ({ area, character: characterOf(area, random.fork('character')) }));
		const characters = new Map<string, CommunityCharacter>(
			communities.map(({ area, character }) => [area.officialCode, character])
		);
		const own = random.fork(plan.code);
		const enterprises = enterprisesOf(firms, plan, communities, addresses, own.fork('enterprises'));
		const { versions } = library;
		const visits = historyOf({
			plan,
			enterprises,
			characters,
			versions,
			start,
			until,
			random: own.fork('history')
		});
		const agency = agencyOf(seed, plan);
		const { inspectors, workers, leader } = staff[index]!;
		return {
			enterprises,
			visits,
			agency,
			people: [leader, ...inspectors, ...workers],
			inspections: () =>
				sealedVisits({ visits, staff: staff[index]!, agency, until, random: own.fork('sealing') })
		};
	});

	const queue = outsideEnterprises(firms, scale, addresses, random.fork('outside'));
	const enterprises = [...streets.flatMap((street) => street.enterprises), ...queue];
	const owned = accountEnterprise(streets, until);
	const principalAccount = register(registrar, 'principal', {
		role: 'principal',
		name: owned.principal.name,
		phone: owned.principal.phone,
		enterpriseId: owned.id,
		isSampleAccount: true
	});
	return {
		areas,
		agencies: streets.map(({ agency }) => agency),
		people: [administrator, ...streets.flatMap(({ people }) => people), principalAccount],
		principals: [...new Map(enterprises.map(({ principal }) => [principal.id, principal])).values()],
		enterprises,
		events: sampleEvents(seed, streets[0]!.enterprises, owned, until, random.fork('events')),
		alarms: sampleAlarms(seed, streets[0]!.enterprises, until, random.fork('alarms')),
		history: () => merged(streets.map(({ inspections }) => inspections()))
	};
}
