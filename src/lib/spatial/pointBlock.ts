import { cellAt, keyBits, lowerBound, sortedOrder, zKey } from './zOrder.ts';

/** Where the points of a block lie, in world units. */
export interface Extent {
	west: number;
	north: number;
	east: number;
	south: number;
}

/**
 * Points of one place (a community) in Z-order. `rows` says whose points they are: numbers of rows in a table that
 * somebody else keeps, so that what changes all the time never touches what hardly ever does. 28 bytes a point.
 */
export interface PointBlock {
	keys: Float64Array;
	rows: Uint32Array;
	xs: Uint32Array;
	ys: Uint32Array;
	extent: Extent;
}

export interface Points {
	rows: Uint32Array;
	/** World units. */
	xs: Uint32Array;
	ys: Uint32Array;
}

export function pointBlock({ rows, xs, ys }: Points): PointBlock {
	const count = rows.length;
	const unsorted = new Float64Array(count);
	for (let point = 0; point < count; point++) unsorted[point] = zKey(xs[point]!, ys[point]!);
	const order = sortedOrder(unsorted);
	const block: PointBlock = {
		keys: new Float64Array(count),
		rows: new Uint32Array(count),
		xs: new Uint32Array(count),
		ys: new Uint32Array(count),
		extent: { west: Infinity, north: Infinity, east: -Infinity, south: -Infinity }
	};
	const { extent } = block;
	for (let turn = 0; turn < count; turn++) {
		const point = order[turn]!;
		const x = xs[point]!;
		const y = ys[point]!;
		block.keys[turn] = unsorted[point]!;
		block.rows[turn] = rows[point]!;
		block.xs[turn] = x;
		block.ys[turn] = y;
		if (x < extent.west) extent.west = x;
		if (x > extent.east) extent.east = x;
		if (y < extent.north) extent.north = y;
		if (y > extent.south) extent.south = y;
	}
	return block;
}

export const areApart = (a: Extent, b: Extent): boolean =>
	a.east < b.west || a.west > b.east || a.south < b.north || a.north > b.south;

/** The points of one tile: places from … to − 1 in the block. */
export function rangeOfTile(
	{ keys }: Pick<PointBlock, 'keys'>,
	zoom: number,
	x: number,
	y: number
): { from: number; to: number } {
	const width = 4 ** (keyBits - zoom);
	const first = cellAt(x, y) * width;
	const from = lowerBound(keys, first);
	return { from, to: lowerBound(keys, first + width, from) };
}
