import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CellTree } from '#lib/spatial/cellTree.ts';
import { CountPyramid, type Measures } from '#lib/spatial/countPyramid.ts';
import { pointBlock, rangeOfTile, type PointBlock } from '#lib/spatial/pointBlock.ts';
import { worldBits, worldSize } from '#lib/spatial/world.ts';
import { cellAt, placeOfCell, zKey } from '#lib/spatial/zOrder.ts';

const deepest = 14;
const detail = 4;

/** A point: where it is, in which place, what it counts, and whether the filter looks at it. */
interface Sample {
	x: number;
	y: number;
	place: number;
	counts: [number, number];
	isLookedAt: boolean;
}

/** Near one another, so that cells are shared and tiles have neighbours. */
const nearby = fc.integer({ min: worldSize / 2 - 2 ** 20, max: worldSize / 2 + 2 ** 20 });
const anywhere = fc.integer({ min: 0, max: worldSize - 1 });
const sample = fc.record({
	x: fc.oneof(nearby, anywhere),
	y: fc.oneof(nearby, anywhere),
	place: fc.integer({ min: 0, max: 4 }),
	counts: fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: -5, max: 9 })),
	isLookedAt: fc.boolean()
});
const samples = fc.array(sample, { maxLength: 120, size: 'max' });

const blockOf = (points: readonly Sample[], rows: readonly number[]): PointBlock =>
	pointBlock({
		rows: Uint32Array.from(rows),
		xs: Uint32Array.from(rows, (row) => points[row]!.x),
		ys: Uint32Array.from(rows, (row) => points[row]!.y)
	});
const blocksOf = (points: readonly Sample[]): PointBlock[] =>
	[0, 1, 2, 3, 4].map((place) =>
		blockOf(
			points,
			[...points.keys()].filter((row) => points[row]!.place === place)
		)
	);

const measuresOf = (points: readonly Sample[]): Measures => ({
	length: 2,
	addTo(row, sums, at) {
		const { counts, isLookedAt } = points[row]!;
		if (!isLookedAt) return;
		sums[at]! += counts[0];
		sums[at + 1]! += counts[1];
	}
});

/** What lies in a tile, by asking every point. */
function recount(points: readonly Sample[], zoom: number, x: number, y: number): [number, number] {
	const width = 2 ** (worldBits - zoom);
	const inside = points.filter(
		(each) => each.isLookedAt && Math.floor(each.x / width) === x && Math.floor(each.y / width) === y
	);
	return [0, 1].map((measure) => inside.reduce((sum, each) => sum + each.counts[measure]!, 0)) as [
		number,
		number
	];
}

function tileSums(pyramid: CountPyramid, zoom: number, x: number, y: number): [number, number] {
	const { sums, first, count } = pyramid.tile(zoom, x, y, detail);
	const total: [number, number] = [0, 0];
	for (let at = first; at < first + count; at++) {
		total[0] += sums[at * 2]!;
		total[1] += sums[at * 2 + 1]!;
	}
	return total;
}

/** Every tile of a zoom that has a point in it, and one that has none. */
function tilesOf(points: readonly Sample[], zoom: number): [number, number][] {
	const width = 2 ** (worldBits - zoom);
	const places = new Set(points.map(({ x, y }) => cellAt(Math.floor(x / width), Math.floor(y / width))));
	return [...places, 0].map((cell) => {
		const { x, y } = placeOfCell(cell);
		return [x, y];
	});
}

describe('a pyramid of counts', () => {
	test('the cells of a tile add up to the points under it, at every zoom, for any filter', () => {
		fc.assert(
			fc.property(samples, (points) => {
				const pyramid = new CountPyramid(new CellTree(blocksOf(points), deepest), measuresOf(points));
				for (let zoom = 0; zoom <= deepest - detail; zoom++)
					for (const [x, y] of tilesOf(points, zoom))
						expect(tileSums(pyramid, zoom, x, y)).toEqual(recount(points, zoom, x, y));
			}),
			{ numRuns: 60 }
		);
	});

	test('the cells of a tile are those of its four children', () => {
		fc.assert(
			fc.property(samples, (points) => {
				const pyramid = new CountPyramid(new CellTree(blocksOf(points), deepest), measuresOf(points));
				for (let zoom = 0; zoom < deepest - detail; zoom++)
					for (const [x, y] of tilesOf(points, zoom)) {
						const children = [0, 1].flatMap((east) =>
							[0, 1].map((south) => tileSums(pyramid, zoom + 1, 2 * x + east, 2 * y + south))
						);
						const added = [0, 1].map((measure) => children.reduce((sum, each) => sum + each[measure]!, 0));
						expect(added).toEqual(tileSums(pyramid, zoom, x, y));
					}
			}),
			{ numRuns: 40 }
		);
	});

	test('changes in any order give what building anew gives', () => {
		const changes = fc.array(
			fc.tuple(fc.nat(), fc.tuple(fc.integer({ min: 0, max: 3 }), fc.nat({ max: 9 }))),
			{ maxLength: 60 }
		);
		fc.assert(
			fc.property(samples, changes, fc.nat(), (points, steps, turn) => {
				fc.pre(points.length > 0);
				const pyramid = new CountPyramid(new CellTree(blocksOf(points), deepest), measuresOf(points));
				const after = points.map((point) => ({ ...point, counts: [...point.counts] as [number, number] }));
				const rotated = steps.map((_, place) => steps[(place + turn) % steps.length]!);
				for (const [which, counts] of rotated) {
					const point = after[which % after.length]!;
					if (point.isLookedAt)
						pyramid.change(
							zKey(point.x, point.y),
							Int32Array.from(counts, (count, measure) => count - point.counts[measure]!)
						);
					point.counts = counts;
				}
				const anew = new CountPyramid(new CellTree(blocksOf(after), deepest), measuresOf(after));
				expect(Array.from(pyramid.total)).toEqual(Array.from(anew.total));
				for (let zoom = 0; zoom <= deepest - detail; zoom++)
					for (const [x, y] of tilesOf(points, zoom))
						expect(tileSums(pyramid, zoom, x, y)).toEqual(tileSums(anew, zoom, x, y));
			}),
			{ numRuns: 60 }
		);
	});

	test('many places together are the sum of each alone, and of nothing else', () => {
		fc.assert(
			fc.property(samples, fc.uniqueArray(fc.integer({ min: 0, max: 4 })), (points, seen) => {
				const blocks = blocksOf(points);
				const tree = new CellTree(
					seen.map((place) => blocks[place]!),
					deepest
				);
				const pyramid = new CountPyramid(tree, measuresOf(points));
				const visible = points.filter(({ place }) => seen.includes(place));
				for (const [x, y] of tilesOf(points, 6))
					expect(tileSums(pyramid, 6, x, y)).toEqual(recount(visible, 6, x, y));
			}),
			{ numRuns: 60 }
		);
	});

	test('a key that was not there is refused, not guessed', () => {
		const pyramid = new CountPyramid(new CellTree([], deepest), { length: 1, addTo: () => {} });
		expect(() => pyramid.change(zKey(1, 1), Int32Array.of(1))).toThrow('got key');
	});
});

test('the range of a tile holds the points that lie in it', () => {
	fc.assert(
		fc.property(samples, fc.integer({ min: 0, max: 16 }), (points, zoom) => {
			const block = blockOf(points, [...points.keys()]);
			for (const [x, y] of tilesOf(points, zoom)) {
				const { from, to } = rangeOfTile(block, zoom, x, y);
				const width = 2 ** (worldBits - zoom);
				const expected = points.filter(
					(each) => Math.floor(each.x / width) === x && Math.floor(each.y / width) === y
				);
				expect(to - from).toBe(expected.length);
			}
		}),
		{ numRuns: 60 }
	);
});
