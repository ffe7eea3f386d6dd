import { ratePrior, smoothRate, type RatePrior } from '#lib/spatial/smoothing.ts';
import { intervalPercent, smallBelow, type MeasuredRow, type RankingMeasure } from './measure.ts';
import type { RankingRow } from './ranking.ts';

export interface MeasuredRanking {
	rows: MeasuredRow[];
	/** Smoothed: what chance leaves between places; null for other measures, or where nothing was found at all. */
	prior: RatePrior | null;
}

const perHundredOf = (count: number, of: number): number | null => (of === 0 ? null : (count / of) * 100);

function measureOf(row: RankingRow, measure: RankingMeasure, prior: RatePrior | null): number | null {
	const { found, inspections, sites, previous } = row;
	switch (measure) {
		case 'count':
			return found;
		case 'per_inspection':
			return perHundredOf(found, inspections);
		case 'per_site':
			return perHundredOf(found, sites);
		case 'smoothed':
			if (inspections === 0 || prior === null) return null;
			return smoothRate({ count: found, exposure: inspections }, prior, null).rate * 100;
		case 'change':
			return previous && found - previous.found;
	}
}

function isSmallFor(row: RankingRow, measure: RankingMeasure): boolean {
	if (measure === 'count') return false;
	if (measure === 'per_site') return row.sites < smallBelow.sites;
	if (measure === 'change') return Math.max(row.found, row.previous?.found ?? 0) < smallBelow.found;
	return row.inspections < smallBelow.inspections;
}

/** Every row with its value; the prior of a smoothed ranking is learned from all of them. */
export function measureRanking(rows: readonly RankingRow[], measure: RankingMeasure): MeasuredRanking {
	const prior =
		measure === 'smoothed'
			? ratePrior(rows.map(({ found, inspections }) => ({ count: found, exposure: inspections })))
			: null;
	const measured = rows.map((row) => ({
		...row,
		value: measureOf(row, measure, prior),
		interval: null,
		isSmall: isSmallFor(row, measure)
	}));
	return { rows: measured, prior };
}

/**
 * The rows with the bounds of their smoothed rates: a few quantiles each, so for those only that are shown. Where chance
 * explains every difference there are none: all have the common rate, and how sure that is was not asked.
 */
export const withIntervals = (rows: readonly MeasuredRow[], prior: RatePrior | null): MeasuredRow[] =>
	rows.map((row) => {
		if (prior === null || prior.variance === 0 || row.value === null) return row;
		const { low, high } = smoothRate(
			{ count: row.found, exposure: row.inspections },
			prior,
			intervalPercent / 100
		);
		return { ...row, interval: { low: low * 100, high: high * 100 } };
	});
