import type { IsoDate } from '#lib/calendar.ts';

export const rankingKinds = ['community', 'site_type'] as const;
export type RankingKind = (typeof rankingKinds)[number];

/** One community or kind of site. `found` … `sites` are of the period, `open` and `overdue` as of today. */
export interface RankingRow {
	/** The scope of the community, or the code of the kind of site. */
	key: string;
	label: string;
	found: number;
	foundMajor: number;
	closed: number;
	/** 检查家次. */
	inspections: number;
	/** Distinct sites inspected. */
	sites: number;
	open: number;
	overdue: number;
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
export type RankingSortKey = RankingColumn | 'label';

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

export const isRankingSortKey = (text: string | null): text is RankingSortKey =>
	text === 'label' || rankingColumns.includes(text as RankingColumn);

/** Sorted by a column; what has no value stands last either way, and equals keep the order of their keys. */
export function sortRanking(
	rows: readonly RankingRow[],
	by: RankingSortKey,
	direction: 'ascending' | 'descending',
	locale: string
): RankingRow[] {
	const sign = direction === 'ascending' ? 1 : -1;
	const compare = (a: RankingRow, b: RankingRow): number => {
		if (by === 'label') return sign * a.label.localeCompare(b.label, locale);
		const [left, right] = [valueOf(a, by), valueOf(b, by)];
		if (left === null || right === null) return Number(left === null) - Number(right === null);
		return sign * (left - right);
	};
	return rows.toSorted((a, b) => compare(a, b) || (a.key < b.key ? -1 : 1));
}
