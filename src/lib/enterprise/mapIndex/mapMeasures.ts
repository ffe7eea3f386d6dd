import type { Measures } from '#lib/spatial/countPyramid.ts';
import { bandCodes, noAttention, type MapTable } from './mapTable.ts';
import type { RowMatcher } from './rowMatcher.ts';

/**
 * What is counted of enterprises, in this order: in cells of tiles, in legends, in areas. `open` … are of hazards,
 * all others of enterprises. `heat` is in hundredths.
 */
export const measureNames = [
	...bandCodes,
	'all',
	'pending',
	'open',
	'overdue',
	'overdueSites',
	'major',
	'riskNone',
	'riskLow',
	'riskGeneral',
	'riskConsiderable',
	'riskMajor',
	'heat',
	'today',
	'key',
	'seen'
] as const;
export type MeasureName = (typeof measureNames)[number];
export type Counts = Record<MeasureName, number>;

/** Where each stands among the sums. */
export const placeOf = Object.fromEntries(measureNames.map((name, place) => [name, place])) as Counts;
const firstRisk = placeOf.riskNone;

/** From 80 on 动态风险分 says that an open 重大 hazard, or as much, is there. Sample, as its pack. */
const keyAttention = 80;

/** 重点对象 (DS-13): a band of the upper half, an open 重大 hazard, or a 动态风险分 of 80 and more. */
export const isKeyObject = ({ band, openMajor, attention }: MapTable, row: number): boolean =>
	band[row]! >= 3 ||
	openMajor[row]! > 0 ||
	(attention[row]! >= keyAttention && attention[row] !== noAttention);

/**
 * Open hazards by severity and days overdue, heavier where 动态风险分 is high: half at 0, one and a half at 100. Where
 * nothing is open nothing is warm, however many sites there are.
 */
export function heatOf({ heat, attention }: MapTable, row: number): number {
	const score = attention[row] === noAttention ? 50 : attention[row]!;
	return Math.round(heat[row]! * (0.5 + score / 100));
}

/** @param today `dayNumber` */
export function mapMeasures(table: MapTable, matches: RowMatcher, today: number): Measures {
	return {
		length: measureNames.length,
		addTo(row, sums, at) {
			if (!matches(row)) return;
			sums[at + table.band[row]!]! += 1;
			sums[at + placeOf.all]! += 1;
			sums[at + placeOf.open]! += table.openHazards[row]!;
			sums[at + placeOf.overdue]! += table.overdue[row]!;
			sums[at + placeOf.major]! += table.openMajor[row]!;
			sums[at + firstRisk + table.risk[row]!]! += 1;
			sums[at + placeOf.heat]! += heatOf(table, row);
			if (table.pending[row] !== 0) sums[at + placeOf.pending]! += 1;
			if (table.overdue[row] !== 0) sums[at + placeOf.overdueSites]! += 1;
			if (table.lastSeen[row] === today) sums[at + placeOf.today]! += 1;
			if (isKeyObject(table, row)) sums[at + placeOf.key]! += 1;
			if (table.lastSeen[row]! >= 0) sums[at + placeOf.seen]! += 1;
		}
	};
}

/** The sums by their names. */
export const countsOf = (sums: Int32Array, first = 0): Counts =>
	Object.fromEntries(measureNames.map((name, place) => [name, sums[first + place]!])) as Counts;
