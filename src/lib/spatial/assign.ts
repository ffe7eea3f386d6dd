import type { Position } from 'geojson';

/**
 * Which area each of many points lies in: the answer of `ST_Intersects`, borders included, and of areas that share a
 * point the first in the list. A grid is laid over the areas once. A cell that no border touches has one answer for all
 * its points; in the others the borders of that row are asked, with the arithmetic that PostGIS uses (sign of the cross
 * product, half-open in y), so that even a point within rounding of a border gets the same answer.
 */
export interface AreaGrid {
	/** Areas that were given. */
	readonly size: number;
	/** The first area that has the point, or -1. */
	areaAt(x: number, y: number): number;
	/** `areaAt` of many points, x and y in turns. */
	assign(points: Float64Array, into?: Int32Array): Int32Array;
}

type Polygons = readonly (readonly Position[][])[];

/** Cells a side: so fine that few points fall into a cell with a border, so coarse that building it stays cheap. */
const defaultSide = 2048;
/** Shorter than this an edge is none, as in PostGIS. */
const zeroLengthSquared = 1e-24;
const noArea = -1;
const noneYet = 0x7fffffff;

/** Numbers that grow: what an edge or a cell needs is known only after it was walked. */
class Numbers {
	values: Int32Array = new Int32Array(1 << 16);
	length = 0;

	push(value: number): void {
		if (this.length === this.values.length) {
			const larger = new Int32Array(this.values.length * 2);
			larger.set(this.values);
			this.values = larger;
		}
		this.values[this.length++] = value;
	}
}

interface Frame {
	west: number;
	south: number;
	east: number;
	north: number;
	perX: number;
	perY: number;
	side: number;
}

function frameOf(areas: readonly Polygons[], side: number): Frame {
	let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
	for (const polygons of areas)
		for (const rings of polygons)
			for (const [x, y] of rings[0] ?? []) {
				west = Math.min(west, x!);
				east = Math.max(east, x!);
				south = Math.min(south, y!);
				north = Math.max(north, y!);
			}
	return {
		west,
		south,
		east,
		north,
		side,
		perX: side / (east - west || 1),
		perY: side / (north - south || 1)
	};
}

/** Edges of all areas, four numbers each, and of each area those of every row of cells. */
interface Edges {
	corners: Float64Array;
	/** By area: where its rows begin in `rowStart`, and its first row. */
	firstRow: Int32Array;
	rowBase: Int32Array;
	/** Where the edges of a row begin in `inRow`. */
	rowStart: Int32Array;
	inRow: Int32Array;
}

function edgesOf(areas: readonly Polygons[], { south, perY, side }: Frame): Edges {
	const rowOf = (y: number): number => Math.min(side - 1, Math.max(0, Math.floor((y - south) * perY)));
	const count = areas.reduce(
		(sum, polygons) =>
			sum + polygons.reduce((own, rings) => own + rings.reduce((n, ring) => n + ring.length - 1, 0), 0),
		0
	);
	const corners = new Float64Array(4 * count);
	const firstRow = new Int32Array(areas.length);
	const rowBase = new Int32Array(areas.length + 1);
	const rowStart = new Numbers();
	const inRow = new Numbers();
	let edge = 0;
	let counts = new Int32Array(side + 1);
	areas.forEach((polygons, area) => {
		const begin = edge;
		let [low, high] = [side, -1];
		for (const rings of polygons)
			for (const ring of rings)
				for (let i = 1; i < ring.length; i++) {
					corners.set([ring[i - 1]![0]!, ring[i - 1]![1]!, ring[i]![0]!, ring[i]![1]!], 4 * edge++);
					const [from, to] = [rowOf(ring[i - 1]![1]!), rowOf(ring[i]![1]!)];
					low = Math.min(low, from, to);
					high = Math.max(high, from, to);
				}
		firstRow[area] = low;
		rowBase[area] = rowStart.length;
		const rows = high < low ? 0 : high - low + 1;
		// Counting sort of this area's edges by row; an edge stands in every row that it touches.
		if (counts.length < rows + 1) counts = new Int32Array(rows + 1);
		counts.fill(0, 0, rows + 1);
		const spanOf = (each: number) => {
			const [a, b] = [rowOf(corners[4 * each + 1]!) - low, rowOf(corners[4 * each + 3]!) - low];
			return a < b ? [a, b] : [b, a];
		};
		for (let each = begin; each < edge; each++) {
			const [a, b] = spanOf(each) as [number, number];
			for (let row = a; row <= b; row++) counts[row + 1]!++;
		}
		for (let row = 0; row < rows; row++) counts[row + 1]! += counts[row]!;
		const base = inRow.length;
		for (let row = 0; row <= rows; row++) rowStart.push(base + counts[row]!);
		for (let n = counts[rows]!; n > 0; n--) inRow.push(0);
		for (let each = begin; each < edge; each++) {
			const [a, b] = spanOf(each) as [number, number];
			for (let row = a; row <= b; row++) inRow.values[base + counts[row]!++] = each;
		}
	});
	rowBase[areas.length] = rowStart.length;
	return { corners, firstRow, rowBase, rowStart: rowStart.values, inRow: inRow.values };
}

/** @param areas MultiPolygon coordinates, in the order of precedence; in one plane, e.g. WGS-84 degrees. */
export function gridOf(areas: readonly Polygons[], side = defaultSide): AreaGrid {
	const frame = frameOf(areas, side);
	const { west, south, east, north, perX, perY } = frame;
	const edges = edgesOf(areas, frame);
	const { corners, firstRow, rowBase, rowStart, inRow } = edges;
	const last = side - 1;

	/** Whether an area has a point of a row: on an edge, or an odd number of edges to its right. */
	function has(area: number, row: number, x: number, y: number): boolean {
		const place = rowBase[area]! + row - firstRow[area]!;
		const end = rowStart[place + 1]!;
		let isInside = false;
		for (let at = rowStart[place]!; at < end; at++) {
			const corner = 4 * inRow[at]!;
			const x1 = corners[corner]!;
			const y1 = corners[corner + 1]!;
			const x2 = corners[corner + 2]!;
			const y2 = corners[corner + 3]!;
			const [dx, dy] = [x2 - x1, y2 - y1];
			if (dx * dx + dy * dy < zeroLengthSquared) continue;
			const side = dx * (y - y1) - (x - x1) * dy;
			if (side === 0) {
				const isOnIt =
					x >= Math.min(x1, x2) && x <= Math.max(x1, x2) && y >= Math.min(y1, y2) && y <= Math.max(y1, y2);
				if (isOnIt) return true;
			} else if (y1 <= y ? y < y2 && side > 0 : y2 <= y && side < 0) isInside = !isInside;
		}
		return isInside;
	}

	const { whole, start, touching } = cellsOf(areas.length, frame, edges, has);

	function areaAt(x: number, y: number): number {
		if (!(x >= west && x <= east && y >= south && y <= north)) return noArea;
		const column = Math.min(last, Math.floor((x - west) * perX));
		const row = Math.min(last, Math.floor((y - south) * perY));
		const cell = row * side + column;
		const sure = whole[cell]!;
		for (let at = start[cell]!; at < start[cell + 1]!; at++) {
			const area = touching[at]!;
			if (area > sure) break;
			if (has(area, row, x, y)) return area;
		}
		return sure === noneYet ? noArea : sure;
	}

	return {
		size: areas.length,
		areaAt,
		assign(points, into = new Int32Array(points.length >>> 1)) {
			for (let point = 0; point < into.length; point++)
				into[point] = areaAt(points[2 * point]!, points[2 * point + 1]!);
			return into;
		}
	};
}

interface Cells {
	/** The first area that has the whole cell. */
	whole: Int32Array;
	/** Areas whose border touches a cell, in order of precedence: from `start` of it to that of the next. */
	start: Int32Array;
	touching: Int32Array;
}

function cellsOf(
	size: number,
	{ west, south, perX, perY, side }: Frame,
	{ corners, firstRow, rowBase, rowStart, inRow }: Edges,
	has: (area: number, row: number, x: number, y: number) => boolean
): Cells {
	const whole = new Int32Array(side * side).fill(noneYet);
	const stamp = new Int32Array(side * side).fill(noArea);
	const pairs = new Numbers(); // cell, area in turns
	const start = new Int32Array(side * side + 1);
	// Rounding of where an edge crosses a row is far below this share of a cell.
	const [slackX, slackY] = [1e-6 / perX, 1e-6 / perY];
	const columnOf = (x: number): number => Math.min(side - 1, Math.max(0, Math.floor((x - west) * perX)));
	for (let area = 0; area < size; area++) {
		const rows = rowBase[area + 1]! - rowBase[area]! - 1;
		for (let step = 0; step < rows; step++) {
			const row = firstRow[area]! + step;
			const base = row * side;
			const [below, above] = [south + row / perY - slackY, south + (row + 1) / perY + slackY];
			let [leftmost, rightmost] = [side, -1];
			for (let at = rowStart[rowBase[area]! + step]!; at < rowStart[rowBase[area]! + step + 1]!; at++) {
				const corner = 4 * inRow[at]!;
				const [x1, y1, x2, y2] = [
					corners[corner]!,
					corners[corner + 1]!,
					corners[corner + 2]!,
					corners[corner + 3]!
				];
				// The part of the edge within the row: of a flat one, all of it.
				const slope = y1 === y2 ? 0 : (x2 - x1) / (y2 - y1);
				const xAt = (y: number) => (y1 === y2 ? x1 : x1 + slope * (y - y1));
				const [low, high] =
					y1 < y2 ? [Math.max(y1, below), Math.min(y2, above)] : [Math.max(y2, below), Math.min(y1, above)];
				const [a, b] = y1 === y2 ? [x1, x2] : [xAt(low), xAt(high)];
				const from = columnOf(Math.min(a, b) - slackX);
				const to = columnOf(Math.max(a, b) + slackX);
				leftmost = Math.min(leftmost, from);
				rightmost = Math.max(rightmost, to);
				for (let cell = base + from; cell <= base + to; cell++) {
					if (stamp[cell] === area) continue;
					stamp[cell] = area;
					pairs.push(cell);
					pairs.push(area);
					start[cell + 1]!++;
				}
			}
			// Between two cells with a border the answer stays the same: one question a run.
			const middle = south + (row + 0.5) / perY;
			let isInside: boolean | null = null;
			for (let column = leftmost + 1; column < rightmost; column++) {
				const cell = base + column;
				if (stamp[cell] === area) isInside = null;
				else {
					isInside ??= has(area, row, west + (column + 0.5) / perX, middle);
					if (isInside && whole[cell]! > area) whole[cell] = area;
				}
			}
		}
	}
	for (let cell = 0; cell < side * side; cell++) start[cell + 1]! += start[cell]!;
	const touching = new Int32Array(pairs.length / 2);
	const next = start.slice();
	for (let at = 0; at < pairs.length; at += 2) touching[next[pairs.values[at]!]!++] = pairs.values[at + 1]!;
	return { whole, start, touching };
}
