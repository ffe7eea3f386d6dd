import type { PointBlock } from './pointBlock.ts';
import { keyBits, sortedOrder } from './zOrder.ts';

interface Level {
	/** Of the cells with points in them, ascending. */
	cells: Float64Array;
	/** Which cell of the level above holds each. */
	above: Uint32Array;
}

/** Stretches of points of one block in one cell of the deepest level. */
interface Runs {
	count: number;
	blocks: Uint32Array;
	from: Uint32Array;
	to: Uint32Array;
	/** Its place among the cells. */
	cells: Uint32Array;
}

/** Cells with points in them, level by level, and whose they are: what every count over the same blocks shares. */
export class CellTree {
	readonly blocks: readonly PointBlock[];
	readonly deepest: number;
	/** From the one cell that is the world down to the deepest. */
	readonly levels: readonly Level[];
	readonly runs: Runs;

	/** @param deepest the level of the smallest cells, 0 … 26 */
	constructor(blocks: readonly PointBlock[], deepest: number) {
		if (deepest < 0 || deepest > keyBits)
			throw new RangeError(`cells: got level ${deepest}, expected 0 to ${keyBits}`);
		this.blocks = blocks;
		this.deepest = deepest;
		const { runs, cells } = runsOf(blocks, 4 ** (keyBits - deepest));
		this.runs = runs;
		const levels: Level[] = [{ cells, above: new Uint32Array(cells.length) }];
		for (let level = deepest; level > 0; level--) levels.push(levelAbove(levels.at(-1)!));
		this.levels = levels.reverse();
	}
}

/** Blocks overlap, so a cell may have runs of several. */
function runsOf(blocks: readonly PointBlock[], width: number): { runs: Runs; cells: Float64Array } {
	const points = blocks.reduce((sum, { keys }) => sum + keys.length, 0);
	const cellOfRun = new Float64Array(points);
	const runs = {
		count: 0,
		blocks: new Uint32Array(points),
		from: new Uint32Array(points),
		to: new Uint32Array(points)
	};
	blocks.forEach(({ keys }, block) => {
		for (let at = 0; at < keys.length; runs.count++) {
			const cell = Math.floor(keys[at]! / width);
			const bound = (cell + 1) * width;
			cellOfRun[runs.count] = cell;
			runs.blocks[runs.count] = block;
			runs.from[runs.count] = at;
			while (at < keys.length && keys[at]! < bound) at++;
			runs.to[runs.count] = at;
		}
	});
	const { count } = runs;
	const { cells, places } = numbered(cellOfRun.subarray(0, count));
	return {
		runs: {
			count,
			blocks: runs.blocks.slice(0, count),
			from: runs.from.slice(0, count),
			to: runs.to.slice(0, count),
			cells: places
		},
		cells
	};
}

/** The different numbers, ascending, and the place of each among them. */
function numbered(all: Float64Array): { cells: Float64Array; places: Uint32Array } {
	const cells = new Float64Array(all.length);
	const places = new Uint32Array(all.length);
	let count = 0;
	for (const run of sortedOrder(all)) {
		const cell = all[run]!;
		if (count === 0 || cells[count - 1] !== cell) cells[count++] = cell;
		places[run] = count - 1;
	}
	return { cells: cells.slice(0, count), places };
}

/** The cells around these, which are told where they went. */
function levelAbove(below: Level): Level {
	const cells = new Float64Array(below.cells.length);
	let count = 0;
	for (let at = 0; at < below.cells.length; at++) {
		const cell = Math.floor(below.cells[at]! / 4);
		if (count === 0 || cells[count - 1] !== cell) cells[count++] = cell;
		below.above[at] = count - 1;
	}
	return { cells: cells.slice(0, count), above: new Uint32Array(count) };
}
