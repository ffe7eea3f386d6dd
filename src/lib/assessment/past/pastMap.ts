import { daysBetween, type IsoDate } from '#lib/calendar.ts';
import type { Standing } from '#lib/enterprise/comparison/comparison.ts';
import { MapIndex } from '#lib/enterprise/mapIndex/mapIndex.ts';
import type { Pack } from '#scoring';
import { accountRow, type AccountRow, type StoredFact } from '../account/assess.ts';

/** A hazard over time; its deadline is the last one that was set. */
export type HazardSpan = [
	foundOn: IsoDate,
	closedOn: IsoDate | null,
	deadline: IsoDate | null,
	severity: string,
	/** 验收合格 (重大): no deadline runs from then on. */
	acceptedOn?: IsoDate | null
];

/** One site with all that ever happened there. */
export interface PastSite {
	ordinal: number;
	id: string;
	scope: string;
	siteType: string;
	longitude: number | null;
	latitude: number | null;
	riskLevel: string | null;
	tags: string[];
	department: string | null;
	facts: StoredFact[];
	hazards: HazardSpan[];
	/** Days of its checks. */
	seen: IsoDate[];
}

/** Which rules counted where, from a day (included) until a day (not included). */
export interface PastDeclaration {
	scope: string;
	/** null: every kind of site. */
	siteType: string | null;
	from: IsoDate;
	to: IsoDate | null;
	packId: string;
	packSha256: string;
}

/** The same rule as `app.declared_scheme`: the deepest place first, then the kind of site, then the latest. */
export function declaredOn(
	declarations: readonly PastDeclaration[],
	{ scope, siteType }: Pick<PastSite, 'scope' | 'siteType'>,
	day: IsoDate
): PastDeclaration | null {
	const inForce = declarations.filter(
		(each) =>
			scope.startsWith(each.scope) &&
			(each.siteType === null || each.siteType === siteType) &&
			each.from <= day &&
			(each.to === null || each.to > day)
	);
	const nearest = inForce.toSorted(
		(a, b) =>
			b.scope.length - a.scope.length ||
			Number(b.siteType !== null) - Number(a.siteType !== null) ||
			(a.from < b.from ? 1 : -1)
	);
	return nearest[0] ?? null;
}

/** The weights of `app.hazard_heat`. */
const heatHundredths = (severity: string, deadline: IsoDate | null, day: IsoDate): number => {
	const daysOver = deadline === null ? 0 : Math.min(Math.max(daysBetween(deadline, day), 0), 30);
	return Math.trunc(((severity === 'major' ? 500 : 100) * (30 + 2 * daysOver)) / 30);
};

/** Under which rules a site stood on a day. */
interface InForce {
	pack: Pack;
	declaration: PastDeclaration;
}

const accountOn = (site: PastSite, { pack, declaration }: InForce, day: IsoDate): AccountRow =>
	accountRow(pack, {
		enterpriseId: site.id,
		today: day,
		packId: declaration.packId,
		packSha256: declaration.packSha256,
		factsSeen: null,
		facts: site.facts.filter(({ occurredOn }) => occurredOn <= day)
	});

/** How a site stood at the end of a day, as a line of `map_rows`. 动态风险分 of the past is not kept, so it is left out. */
export function pastLine(
	site: PastSite,
	account: Pick<AccountRow, 'band' | 'pendingBand'> | null,
	day: IsoDate
): string {
	const open = site.hazards
		.filter(([foundOn, closedOn]) => foundOn <= day && (closedOn === null || closedOn > day))
		.map(([, , deadline, severity, acceptedOn]) => ({
			severity,
			deadline: acceptedOn && acceptedOn <= day ? null : deadline
		}));
	const overdue = open.filter(({ deadline }) => deadline !== null && deadline < day);
	return [
		site.ordinal,
		site.scope,
		site.longitude ?? '',
		site.latitude ?? '',
		site.siteType,
		account?.band?.level ?? '',
		account?.pendingBand?.level ?? '',
		open.length,
		open.filter(({ severity }) => severity === 'major').length,
		overdue.length,
		open.reduce((sum, { deadline, severity }) => sum + heatHundredths(severity, deadline, day), 0),
		site.seen
			.filter((each) => each <= day)
			.toSorted()
			.at(-1) ?? '',
		site.riskLevel ?? '',
		'',
		site.tags.join(','),
		(site.department ?? '').replace(/[\t\r\n]/g, ' ')
	].join('\t');
}

/** A day that is over: the map as it stood at its end, and the points behind the bands. */
export interface PastDay {
	index: MapIndex;
	/** By ordinal. */
	standings: ReadonlyMap<number, Standing>;
}

/** Every site at the end of a day, under the rules in force on that day. */
export function pastDay(
	sites: readonly PastSite[],
	declarations: readonly PastDeclaration[],
	packs: ReadonlyMap<string, Pack>,
	day: IsoDate
): PastDay {
	const index = new MapIndex(day, { isPast: true });
	const standings = new Map<number, Standing>();
	index.load(
		sites.map((site) => {
			const declaration = declaredOn(declarations, site, day);
			const inForce = declaration && { pack: packs.get(declaration.packSha256)!, declaration };
			const account = inForce && accountOn(site, inForce, day);
			if (account?.band)
				standings.set(site.ordinal, {
					level: account.band.level,
					points: account.points,
					scheme: account.packId,
					isMoreWorse: inForce!.pack.direction === 'up'
				});
			return pastLine(site, account, day);
		})
	);
	return { index, standings };
}

/** The first day of which anything is known; null: nothing is. */
export const beginningOf = (sites: readonly PastSite[]): IsoDate | null =>
	sites.reduce<IsoDate | null>((first, { facts, hazards, seen }) => {
		const days = [
			...facts.map(({ occurredOn }) => occurredOn),
			...hazards.map(([foundOn]) => foundOn),
			...seen
		];
		return days.reduce((earliest, day) => (earliest === null || day < earliest ? day : earliest), first);
	}, null);
