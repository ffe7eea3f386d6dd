import type { CellTree } from './cellTree.ts';
import { cellAt, cellOf, lowerBound } from './zOrder.ts';

/**
 * What is counted of each point: `length` whole numbers, which `addTo` adds to the sums that begin at `at`. A point that
 * does not count adds nothing.
 */
export interface Measures {
	length: number;
	addTo(row: number, sums: Int32Array, at: number): void;
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
	readonly tree: CellTree;
	/** Level by level, `measures` numbers a cell. */
	readonly #sums: readonly Int32Array[];

	constructor(tree: CellTree, measures: Measures) {
		this.measures = measures.length;
		this.tree = tree;
		const sums = [baseSums(tree, measures)];
		for (let level = tree.deepest; level > 0; level--)
			sums.push(sumsAbove(tree, level, sums.at(-1)!, measures.length));
		this.#sums = sums.reverse();
	}

	/** The sums of everything. */
	get total(): Int32Array {
		const [sums] = this.#sums;
		return sums!.length > 0 ? sums! : new Int32Array(this.measures);
	}

	/** How many numbers it holds. */
	get size(): number {
		return this.#sums.reduce((sum, { length }) => sum + length, 0);
	}

	/** A point that was and stays under this key counts differently now. @param difference a number a measure */
	change(key: number, difference: Int32Array): void {
		const { levels, deepest } = this.tree;
		const { cells } = levels[deepest]!;
		const cell = cellOf(key, deepest);
		let at = lowerBound(cells, cell);
		if (cells[at] !== cell)
			throw new RangeError(`pyramid: got key ${key}, expected one that was there when it was built`);
		for (let depth = deepest; depth >= 0; depth--) {
			const sums = this.#sums[depth]!;
			const first = at * this.measures;
			for (let measure = 0; measure < this.measures; measure++)
				sums[first + measure]! += difference[measure]!;
			at = levels[depth]!.above[at]!;
		}
	}

	/** Cells of a tile, 2^detail along each side; all of them have points, though none may count. */
	tile(zoom: number, x: number, y: number, detail: number): TileCells {
		const { cells } = this.tree.levels[zoom + detail]!;
		const width = 4 ** detail;
		const first = lowerBound(cells, cellAt(x, y) * width);
		const end = lowerBound(cells, (cellAt(x, y) + 1) * width, first);
		return { cells, sums: this.#sums[zoom + detail]!, first, count: end - first };
	}

	/** The greatest sum of one measure that a cell of this level has: how crowded a tile of this zoom can be. */
	most(level: number, measure: number): number {
		const sums = this.#sums[level]!;
		let most = 0;
		for (let at = measure; at < sums.length; at += this.measures) most = Math.max(most, sums[at]!);
		return most;
	}
}

/** Of the cells of the deepest level. */
function baseSums({ blocks, levels, runs, deepest }: CellTree, { length, addTo }: Measures): Int32Array {
	const sums = new Int32Array(levels[deepest]!.cells.length * length);
	for (let run = 0; run < runs.count; run++) {
		const { rows } = blocks[runs.blocks[run]!]!;
		const first = runs.cells[run]! * length;
		for (let at = runs.from[run]!; at < runs.to[run]!; at++) addTo(rows[at]!, sums, first);
	}
	return sums;
}

/** Of the level above one. */
function sumsAbove({ levels }: CellTree, level: number, below: Int32Array, length: number): Int32Array {
	const { above } = levels[level]!;
	const sums = new Int32Array(levels[level - 1]!.cells.length * length);
	for (let at = 0; at < above.length; at++) {
		const [target, source] = [above[at]! * length, at * length];
		for (let measure = 0; measure < length; measure++) sums[target + measure]! += below[source + measure]!;
	}
	return sums;
}
