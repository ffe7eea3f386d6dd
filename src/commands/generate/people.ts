import { addDays, type IsoDate } from '#lib/calendar.ts';
import { stableId } from './identifiers.ts';
import { distinct, personName, samplePhone } from './names.ts';
import type { Random } from './random.ts';
import type { StreetPlan } from './scale.ts';

export type SampleRole = 'administrator' | 'leader' | 'inspector' | 'community_worker' | 'principal';

export interface SamplePerson {
	id: string;
	role: SampleRole;
	name: string;
	email: string;
	phone: string;
	/** 执法证号 and the last day on which it is valid; null for those without one. */
	licence: { number: string; validUntil: IsoDate } | null;
	/** What they may see: a street or community; null for the administrator and for enterprises. */
	areaCode: string | null;
	agencyId: string | null;
	enterpriseId: string | null;
	/** Shown as a sample account at the start; the others only act in the history. */
	isSampleAccount: boolean;
}

export interface SampleAgency {
	id: string;
	areaCode: string;
	name: string;
	/** Stands in （） before the numbers of documents, until the place fills in its own. */
	shortName: string;
	/** 受委托执法 (行政处罚法第二十四条): without it nobody of the agency issues track A. */
	mayEnforce: boolean;
	isSample: true;
}

export const agencyOf = (seed: number, plan: StreetPlan): SampleAgency => ({
	id: stableId(seed, `agency/${plan.code}`),
	areaCode: plan.code,
	name: `${plan.name}安全生产监督管理办公室`,
	shortName: '示例',
	mayEnforce: true,
	isSample: true
});

export interface StreetStaff {
	inspectors: SamplePerson[];
	workers: SamplePerson[];
	leader: SamplePerson;
}

export interface Registrar {
	random: Random;
	seed: number;
	until: IsoDate;
	/** Ids that the accounts were given by the sign-in service, by e-mail; the others get one from the seed. */
	userIds: ReadonlyMap<string, string>;
	takenNames: Set<string>;
	nextPhone(): string;
}

export function createRegistrar(
	seed: number,
	until: IsoDate,
	userIds: ReadonlyMap<string, string>,
	random: Random
): Registrar {
	let phones = 0;
	return { random, seed, until, userIds, takenNames: new Set(), nextPhone: () => samplePhone(phones++) };
}

type Draft = Pick<SamplePerson, 'role'> & Partial<Omit<SamplePerson, 'id' | 'role'>>;

/** One person; the e-mail names the role of a sample account and is a running number for the others. */
export function register(registrar: Registrar, email: string, draft: Draft): SamplePerson {
	return {
		id: registrar.userIds.get(`${email}@example.test`) ?? stableId(registrar.seed, `person/${email}`),
		name: distinct(registrar.takenNames, () => personName(registrar.random)),
		email: `${email}@example.test`,
		phone: registrar.nextPhone(),
		licence: null,
		areaCode: null,
		agencyId: null,
		enterpriseId: null,
		isSampleAccount: false,
		...draft
	};
}

/**
 * The people of one street. In the first one the sample accounts are its leader, two inspectors with a licence,
 * the first one without, and the first community worker; in the second, one inspector: the neighbour.
 */
export function staffOf(registrar: Registrar, plan: StreetPlan, index: number): StreetStaff {
	const isFirst = index === 0;
	const suffix = isFirst ? '' : `.${plan.code}`;
	const agencyId = agencyOf(registrar.seed, plan).id;
	const inspectors = Array.from({ length: plan.inspectors }, (_, i) => {
		const isLicensed = i < plan.licensedInspectors;
		const number = `示例${plan.code.slice(-3)}${String(i + 1).padStart(4, '0')}`;
		const isNeighbour = index === 1 && i === 0;
		return register(registrar, isNeighbour ? 'neighbour' : `inspector${i + 1}${suffix}`, {
			role: 'inspector',
			areaCode: plan.code,
			agencyId,
			licence: isLicensed ? { number, validUntil: addDays(registrar.until, 400 + 30 * i) } : null,
			isSampleAccount: isNeighbour || (isFirst && (i < 2 || i === plan.licensedInspectors))
		});
	});
	const workers = Array.from({ length: plan.communityWorkers }, (_, i) =>
		register(registrar, `worker${i + 1}${suffix}`, {
			role: 'community_worker',
			areaCode: plan.code + String(i + 1).padStart(3, '0'),
			agencyId,
			isSampleAccount: isFirst && i === 0
		})
	);
	const leader = register(registrar, `leader${suffix}`, {
		role: 'leader',
		areaCode: plan.code,
		agencyId,
		isSampleAccount: isFirst
	});
	return { inspectors, workers, leader };
}
