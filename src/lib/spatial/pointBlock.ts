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

const nowhere: Extent = { west: Infinity, north: Infinity, east: -Infinity, south: -Infinity };

export function pointBlock({ rows, xs, ys }: Points): PointBlock {
	const keys = Float64Array.from(rows, (_, place) => zKey(xs[place]!, ys[place]!));
	const order = sortedOrder(keys);
	const inOrder = {
		keys: Float64Array.from(order, (place) => keys[place]!),
		rows: Uint32Array.from(order, (place) => rows[place]!),
		xs: Uint32Array.from(order, (place) => xs[place]!),
		ys: Uint32Array.from(order, (place) => ys[place]!)
	};
	return { ...inOrder, extent: extentOf(inOrder, 0, rows.length) };
}

/**
 * The points of many places at once: sorted together, then dealt out, which is several times quicker than sorting
 * each place's own.
 * @param places which block each point belongs to, 0 … count − 1
 */
export function pointBlocks({ rows, xs, ys }: Points, places: Uint32Array, count: number): PointBlock[] {
	const total = rows.length;
	const unsorted = new Float64Array(total);
	for (let point = 0; point < total; point++) unsorted[point] = zKey(xs[point]!, ys[point]!);
	const order = sortedOrder(unsorted);
	const starts = new Uint32Array(count + 1);
	for (let point = 0; point < total; point++) starts[places[point]! + 1]!++;
	for (let place = 0; place < count; place++) starts[place + 1]! += starts[place]!;
	const next = starts.slice(0, count);
	const all = {
		keys: new Float64Array(total),
		rows: new Uint32Array(total),
		xs: new Uint32Array(total),
		ys: new Uint32Array(total)
	};
	for (let turn = 0; turn < total; turn++) {
		const point = order[turn]!;
		const at = next[places[point]!]!++;
		all.keys[at] = unsorted[point]!;
		all.rows[at] = rows[point]!;
		all.xs[at] = xs[point]!;
		all.ys[at] = ys[point]!;
	}
	return Array.from({ length: count }, (_, place) => {
		const [from, to] = [starts[place]!, starts[place + 1]!];
		return {
			keys: all.keys.subarray(from, to),
			rows: all.rows.subarray(from, to),
			xs: all.xs.subarray(from, to),
			ys: all.ys.subarray(from, to),
			extent: extentOf(all, from, to)
		};
	});
}

function extentOf({ xs, ys }: Pick<Points, 'xs' | 'ys'>, from: number, to: number): Extent {
	let { west, north, east, south } = nowhere;
	for (let at = from; at < to; at++) {
		const [x, y] = [xs[at]!, ys[at]!];
		if (x < west) west = x;
		if (x > east) east = x;
		if (y < north) north = y;
		if (y > south) south = y;
	}
	return { west, north, east, south };
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
