import type { IsoDate } from '#lib/calendar.ts';

/** What is ranked: places and kinds of site. Never a person: a test goes through every key. */
export const rankingKinds = ['community', 'street', 'site_type'] as const;
export type RankingKind = (typeof rankingKinds)[number];

/** What a period came to, as far as a later one is compared with it. */
export interface CountedBefore {
	found: number;
	inspections: number;
	sites: number;
}

/** One community, street or kind of site. `found` … `sites` are of the period, `open` and `overdue` as of today. */
export interface RankingRow extends CountedBefore {
	/** The scope of the place, or the code of the kind of site. */
	key: string;
	label: string;
	foundMajor: number;
	closed: number;
	/** 检查家次. */
	inspections: number;
	/** Distinct sites inspected. */
	sites: number;
	open: number;
	overdue: number;
	/** The period before; null: not asked for. */
	previous: CountedBefore | null;
}

/** A month's numbers are frozen once it is over; what came in afterwards stands beside them (冻结后补入). */
export interface FrozenMonth {
	month: IsoDate;
	/** The day on which it was frozen. */
	on: IsoDate;
	lateFound: number;
	lateInspections: number;
}

export interface Ranking {
	by: RankingKind;
	from: IsoDate;
	to: IsoDate;
	/** Of a month that is frozen: then `open` and `overdue` are as of its end. null: counted as of now. */
	frozen: FrozenMonth | null;
	rows: RankingRow[];
}

export const rankingColumns = [
	'found',
	'foundMajor',
	'inspections',
	'sites',
	'per100',
	'closed',
	'open',
	'overdue'
] as const;
export type RankingColumn = (typeof rankingColumns)[number];

/**
 * Hazards per hundred inspections, to one decimal; null where nobody looked. A place with many hazards may only
 * be one that was looked at often, so this stands beside every count.
 */
export const perHundred = ({
	found,
	inspections
}: Pick<RankingRow, 'found' | 'inspections'>): number | null =>
	inspections === 0 ? null : Math.round((found / inspections) * 1000) / 10;

export const valueOf = (row: RankingRow, column: RankingColumn): number | null =>
	column === 'per100' ? perHundred(row) : row[column];

/** The first places of a ranking by number, for a short list; those with equal numbers by their keys. */
export const firstPlaces = (ranking: Ranking, most: number): Ranking => ({
	...ranking,
	rows: ranking.rows.toSorted((a, b) => b.found - a.found || (a.key < b.key ? -1 : 1)).slice(0, most)
});

/** The list of what a row counts: hazards found there in the period. */
export const hazardsBehind = ({ by, from, to }: Pick<Ranking, 'by' | 'from' | 'to'>, key: string): string =>
	`/hazards?state=all&${by === 'site_type' ? 'siteType' : 'community'}=${key}&from=${from}&to=${to}`;
