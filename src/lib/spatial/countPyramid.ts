import type { PointBlock } from './pointBlock.ts';
import { cellAt, cellOf, keyBits, lowerBound, sortedOrder } from './zOrder.ts';

/**
 * What is counted of each point: `length` whole numbers, which `addTo` adds to the sums that begin at `at`. A point that
 * does not count adds nothing.
 */
export interface Measures {
	length: number;
	addTo(row: number, sums: Int32Array, at: number): void;
}

interface Level {
	/** Of the cells with points in them, ascending. */
	cells: Float64Array;
	/** `length` numbers a cell. */
	sums: Int32Array;
	/** Which cell of the level above holds each. */
	above: Uint32Array;
}

/** The cells of one tile: `sums` of cell i begin at `first + i`, times the number of measures. */
export interface TileCells {
	cells: Float64Array;
	sums: Int32Array;
	first: number;
	count: number;
}

/**
 * Sums of measures for every cell of every level that has a point in it. A tile reads a run of neighbours, so it
 * costs as much as it has cells, however many points lie under them; a change of one point adds a difference to
 * one cell a level.
 */
export class CountPyramid {
	readonly measures: number;
	readonly deepest: number;
	readonly #levels: Level[];

	/** @param deepest the level of the smallest cells, 0 … 26 */
	constructor(blocks: readonly PointBlock[], measures: Measures, deepest: number) {
		if (deepest < 0 || deepest > keyBits)
			throw new RangeError(`pyramid: got level ${deepest}, expected 0 to ${keyBits}`);
		this.measures = measures.length;
		this.deepest = deepest;
		const levels = [base(blocks, measures, deepest)];
		for (let level = deepest; level > 0; level--) levels.push(summed(levels.at(-1)!, measures.length));
		this.#levels = levels.reverse();
	}

	/** The sums of everything. */
	get total(): Int32Array {
		const { sums } = this.#levels[0]!;
		return sums.length > 0 ? sums : new Int32Array(this.measures);
	}

	/** How many numbers it holds. */
	get size(): number {
		return this.#levels.reduce((sum, { sums }) => sum + sums.length, 0);
	}

	/** A point that was and stays under this key counts differently now. @param difference a number a measure */
	change(key: number, difference: Int32Array): void {
		const lowest = this.#levels[this.deepest]!;
		const cell = cellOf(key, this.deepest);
		let at = lowerBound(lowest.cells, cell);
		if (lowest.cells[at] !== cell)
			throw new RangeError(`pyramid: got key ${key}, expected one that was there when it was built`);
		for (let depth = this.deepest; depth >= 0; depth--) {
			const { sums, above } = this.#levels[depth]!;
			const first = at * this.measures;
			for (let measure = 0; measure < this.measures; measure++)
				sums[first + measure]! += difference[measure]!;
			at = above[at]!;
		}
	}

	/** Cells of a tile, 2^detail along each side; all of them have points, though none may count. */
	tile(zoom: number, x: number, y: number, detail: number): TileCells {
		const { cells, sums } = this.#levels[zoom + detail]!;
		const width = 4 ** detail;
		const first = lowerBound(cells, cellAt(x, y) * width);
		const end = lowerBound(cells, (cellAt(x, y) + 1) * width, first);
		return { cells, sums, first, count: end - first };
	}

	/** The greatest sum of one measure that a cell of this level has: how crowded a tile of this zoom can be. */
	most(level: number, measure: number): number {
		const { sums } = this.#levels[level]!;
		let most = 0;
		for (let at = measure; at < sums.length; at += this.measures) most = Math.max(most, sums[at]!);
		return most;
	}
}

/** The cells of the deepest level. Blocks overlap, so a cell may have points of several. */
function base(blocks: readonly PointBlock[], { length, addTo }: Measures, deepest: number): Level {
	const width = 4 ** (keyBits - deepest);
	const runs = runsOf(blocks, width);
	const order = blocks.length > 1 ? sortedOrder(runs.cells) : null;
	const cells = new Float64Array(runs.cells.length);
	const sums = new Int32Array(runs.cells.length * length);
	let count = 0;
	for (let turn = 0; turn < runs.cells.length; turn++) {
		const run = order ? order[turn]! : turn;
		const cell = runs.cells[run]!;
		if (count === 0 || cells[count - 1] !== cell) cells[count++] = cell;
		const { rows } = blocks[runs.blocks[run]!]!;
		const first = (count - 1) * length;
		for (let at = runs.from[run]!; at < runs.to[run]!; at++) addTo(rows[at]!, sums, first);
	}
	return { cells: cells.slice(0, count), sums: sums.slice(0, count * length), above: new Uint32Array(count) };
}

/** Stretches of points of one block in one cell. */
function runsOf(blocks: readonly PointBlock[], width: number) {
	const points = blocks.reduce((sum, { keys }) => sum + keys.length, 0);
	const cells = new Float64Array(points);
	const of = new Uint32Array(points);
	const from = new Uint32Array(points);
	const to = new Uint32Array(points);
	let runs = 0;
	blocks.forEach(({ keys }, block) => {
		for (let at = 0; at < keys.length; runs++) {
			const cell = Math.floor(keys[at]! / width);
			const bound = (cell + 1) * width;
			cells[runs] = cell;
			of[runs] = block;
			from[runs] = at;
			while (at < keys.length && keys[at]! < bound) at++;
			to[runs] = at;
		}
	});
	return { cells: cells.subarray(0, runs), blocks: of, from, to };
}

/** The level above one, whose cells are told where they went. */
function summed(below: Level, length: number): Level {
	const cells = new Float64Array(below.cells.length);
	const sums = new Int32Array(below.sums.length);
	let count = 0;
	for (let at = 0; at < below.cells.length; at++) {
		const cell = Math.floor(below.cells[at]! / 4);
		if (count === 0 || cells[count - 1] !== cell) cells[count++] = cell;
		below.above[at] = count - 1;
		const [target, source] = [(count - 1) * length, at * length];
		for (let measure = 0; measure < length; measure++)
			sums[target + measure]! += below.sums[source + measure]!;
	}
	return { cells: cells.slice(0, count), sums: sums.slice(0, count * length), above: new Uint32Array(count) };
}
