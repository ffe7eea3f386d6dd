import type { Client } from '#lib/backend/backend.server.ts';
import { addDays } from '#lib/calendar.ts';
import { bandLevels, type Band } from '../band.ts';
import { readLines } from './mapLines.server.ts';
import type { MapEnterprise } from './mapEnterprise.ts';
import type { Bounds, MapFilter } from './mapFilter.ts';
import type { MapAnswer } from './mapAnswer.ts';
import { totalOf, type MapIndex } from './mapIndex.ts';
import { mapList, type Listed } from './mapList.ts';
import { dayNumber, neverSeen } from './mapTable.ts';
import type { Counts } from './mapMeasures.ts';

export interface MapQuestion {
	/** Scopes that the asker may see. */
	visible: readonly string[];
	filter: MapFilter;
	/** What the words of the filter were found in. */
	found: ReadonlySet<number> | null;
	/** What is in sight; null: everything. */
	bounds: Bounds | null;
	offset: number;
	limit: number;
}

/** Counts come from the index, names from the database in the asker's own name. */
export async function readMapAnswer(
	client: Client,
	index: MapIndex,
	question: MapQuestion
): Promise<MapAnswer> {
	const { visible, filter, found } = question;
	const selection = index.select(visible, filter, found);
	const listed = listOf(index, question);
	const without = (more: Partial<MapFilter>): Counts =>
		totalOf(index.select(visible, { ...filter, ...more }, found));
	return {
		position: index.position,
		today: index.today,
		total: totalOf(selection).all,
		counts: totalOf(selection),
		pointsFrom: selection.pointsFrom,
		inView: listed.total,
		bandCounts: without({ bands: [], onlyPending: false }),
		riskCounts: without({ riskLevels: [] }),
		rows: await linesOf(client, index, listed)
	};
}

/** Only the list of it. */
export const readMapRows = (
	client: Client,
	index: MapIndex,
	question: MapQuestion
): Promise<MapEnterprise[]> => linesOf(client, index, listOf(index, question));

const listOf = (index: MapIndex, { visible, filter, found, bounds, ...page }: MapQuestion): Listed =>
	mapList(index.table, index.select(visible, filter, found), bounds, page);

async function linesOf(client: Client, index: MapIndex, { ordinals }: Listed): Promise<MapEnterprise[]> {
	const rows = await readLines(client, ordinals);
	return index.isPast ? rows.map((row) => asItStood(index, row)) : rows;
}

/** What the database tells is of today; on the map of a past day an enterprise is told as it stood then. */
function asItStood({ table, today }: MapIndex, row: MapEnterprise): MapEnterprise {
	const at = table.rowOf(row.ordinal)!;
	const lastSeen = table.lastSeen[at]!;
	return {
		...row,
		band: bandOfCode(table.band[at]!),
		pendingBand: bandOfCode(table.pending[at]!),
		openHazards: table.openHazards[at]!,
		openMajor: table.openMajor[at]!,
		isOverdue: table.overdue[at]! > 0,
		lastInspectedOn: lastSeen === neverSeen ? null : addDays(today, lastSeen - dayNumber(today)),
		points: null
	};
}

/** The scheme's own name for it is not kept for every day: the ladder's word stands for it. */
const bandOfCode = (code: number): Band | null =>
	code === 0 ? null : { level: bandLevels[code - 1]!, name: '' };
