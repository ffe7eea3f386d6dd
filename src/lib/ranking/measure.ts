import { rankingColumns, valueOf, type RankingColumn, type RankingRow } from './ranking.ts';

/**
 * By what a ranking is ordered. `count`: hazards found. `per_inspection`: per hundred checks. `per_site`: per hundred
 * inspected sites. `smoothed`: per hundred checks by empirical Bayes. `change`: hazards more than in the period before.
 */
export const rankingMeasures = ['count', 'per_inspection', 'per_site', 'smoothed', 'change'] as const;
export type RankingMeasure = (typeof rankingMeasures)[number];

export interface MeasuredRow extends RankingRow {
	/** null: nobody looked, or there is nothing to compare with. */
	value: number | null;
	/** Bounds of the smoothed rate; only the rows that are shown have them. */
	interval: { low: number; high: number } | null;
	/** So little was counted that one hazard more would move it far. */
	isSmall: boolean;
}

/**
 * Below these a value is marked 数量少. Chance alone moves a count of ten by a third (1/√10), and a rate with it.
 * A sample: no source states a limit.
 */
export const smallBelow = { inspections: 10, sites: 10, found: 10 } as const;
/** How sure the bounds of a smoothed rate are. */
export const intervalPercent = 90;

/** A change as a share of what was before, in whole per cent; null: there was nothing before. */
export const changePercent = ({ found, previous }: RankingRow): number | null =>
	previous === null || previous.found === 0
		? null
		: Math.round(((found - previous.found) / previous.found) * 100);

export type RankingSortKey = RankingColumn | 'label' | 'measure';
export interface RankingSort {
	key: RankingSortKey;
	direction: 'ascending' | 'descending';
}

const isSortKey = (text: string | null): text is RankingSortKey =>
	text === 'label' || text === 'measure' || rankingColumns.includes(text as RankingColumn);

/** Sorted by a column; what has no value stands last either way, and equals keep the order of their keys. */
export function sortRanking(
	rows: readonly MeasuredRow[],
	{ key, direction }: RankingSort,
	locale: string
): MeasuredRow[] {
	const sign = direction === 'ascending' ? 1 : -1;
	const byKey = (a: MeasuredRow, b: MeasuredRow): number => (a.key < b.key ? -1 : 1);
	if (key === 'label') {
		const { compare } = new Intl.Collator(locale);
		return rows.toSorted((a, b) => sign * compare(a.label, b.label) || byKey(a, b));
	}
	// What has no value comes last, whichever way: asked of each row once, not in every comparison.
	const places = rows.map((row) => ({
		row,
		place: sign * ((key === 'measure' ? row.value : valueOf(row, key)) ?? sign * Infinity)
	}));
	return places
		.sort((a, b) => (a.place === b.place ? byKey(a.row, b.row) : a.place - b.place))
		.map(({ row }) => row);
}

/** What an address asks of a ranking besides the period. */
export interface RankingQuery {
	measure: RankingMeasure;
	sort: RankingSort;
	/** Only below this place; '' is everywhere. */
	area: string;
}

export function rankingQueryFrom(query: Pick<URLSearchParams, 'get'>): RankingQuery {
	const asked = query.get('sort');
	const area = query.get('area') ?? '';
	return {
		measure: rankingMeasures.find((measure) => measure === query.get('measure')) ?? 'count',
		sort: {
			key: isSortKey(asked) ? asked : 'measure',
			direction: query.get('order') === 'ascending' ? 'ascending' : 'descending'
		},
		area: /^(\d{4}){1,10}$/.test(area) ? area : ''
	};
}
