import { areApart, type Extent } from '#lib/spatial/pointBlock.ts';
import type { Bounds } from './mapFilter.ts';
import { extentOf, isWithin } from './mapExtent.ts';
import type { Selection } from './mapIndex.ts';
import type { MapTable } from './mapTable.ts';

/** Worst first: open 重大 hazards, overdue ones, the band, the number open. 12 bits, so that they can be counted. */
const urgencies = 1 << 12;
const urgencyOf = ({ openMajor, overdue, band, openHazards }: MapTable, row: number): number =>
	(Math.min(openMajor[row]!, 7) << 9) |
	(Number(overdue[row]! > 0) << 8) |
	(band[row]! << 5) |
	Math.min(openHazards[row]!, 31);

export interface Listed {
	/** How many there are in all. */
	total: number;
	/** The asked page of them. */
	ordinals: number[];
}

/**
 * A page of what is looked at, the worst first, equals in the order of the register. Counts instead of sorting, so
 * that the first page of a million costs a look at each.
 * @param bounds only what lies in them; null: everything, also what has no position
 */
export function mapList(
	table: MapTable,
	selection: Selection,
	bounds: Bounds | null,
	{ offset, limit }: { offset: number; limit: number }
): Listed {
	const rows = bounds ? rowsWithin(table, selection, extentOf(bounds)) : allRows(selection);
	const counts = new Uint32Array(urgencies);
	for (const row of rows) counts[urgencyOf(table, row)]!++;
	// What comes before each urgency.
	const starts = new Uint32Array(urgencies);
	let total = 0;
	for (let urgency = urgencies - 1; urgency >= 0; urgency--) {
		starts[urgency] = total;
		total += counts[urgency]!;
	}
	const page: number[] = [];
	rows.sort();
	for (const row of rows) {
		const place = starts[urgencyOf(table, row)]!++;
		if (place >= offset && place < offset + limit) page[place - offset] = table.ordinal[row]!;
	}
	return { total, ordinals: page };
}

function allRows({ places, matches }: Selection): Uint32Array {
	let count = 0;
	for (const place of places) count += place.rows.size;
	const rows = new Uint32Array(count);
	count = 0;
	for (const place of places) for (const row of place.rows) if (matches(row)) rows[count++] = row;
	return rows.subarray(0, count);
}

function rowsWithin(table: MapTable, { places, matches }: Selection, within: Extent): Uint32Array {
	const rows: number[] = [];
	for (const { block } of places)
		if (!areApart(block.extent, within))
			for (const row of block.rows) if (isWithin(table, row, within) && matches(row)) rows.push(row);
	return Uint32Array.from(rows);
}
