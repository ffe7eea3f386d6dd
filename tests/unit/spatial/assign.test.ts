import { booleanPointInPolygon } from '@turf/turf';
import fc from 'fast-check';
import type { MultiPolygon, Position } from 'geojson';
import { describe, expect, test } from 'vitest';
import { gridOf } from '#lib/spatial/assign.ts';

const box = (west: number, south: number, east: number, north: number): Position[] => [
	[west, south],
	[east, south],
	[east, north],
	[west, north],
	[west, south]
];
const at = (grid: ReturnType<typeof gridOf>, points: Position[]) => [
	...grid.assign(Float64Array.from(points.flat()))
];

describe('a border belongs to both, and the first in the list has it', () => {
	const west = [[box(0, 0, 1, 1)]];
	const east = [[box(1, 0, 2, 1)]];
	const shared: Position[] = [
		[1, 0.5],
		[1, 0],
		[1, 1],
		[0, 0],
		[2, 1],
		[0.999999, 0.5],
		[1.000001, 0.5],
		[2.000001, 0.5],
		[NaN, 0.5]
	];
	test.each([1, 2, 7, 64])('%i cells a side', (side) => {
		expect(at(gridOf([west, east], side), shared)).toEqual([0, 0, 0, 0, 1, 0, 1, -1, -1]);
		expect(at(gridOf([east, west], side), shared)).toEqual([0, 0, 0, 1, 0, 1, 0, -1, -1]);
	});
});

test('a hole belongs to nobody, its rim to the area, and an island in it to its own', () => {
	const ring = [[box(0, 0, 3, 3), box(1, 1, 2, 2).toReversed()]];
	const island = [[box(1.25, 1.25, 1.75, 1.75)]];
	const points: Position[] = [
		[1.5, 1.5],
		[1.1, 1.1],
		[1, 1.5],
		[0.5, 0.5]
	];
	expect(at(gridOf([ring, island], 16), points)).toEqual([1, -1, 0, 0]);
});

test('a small area within a large one comes first when it is first', () => {
	const community = [[box(0, 0, 10, 10)]];
	const grid = [[box(2, 2, 3, 3)]];
	expect(
		at(gridOf([grid, community], 32), [
			[2.5, 2.5],
			[5, 5],
			[3, 3]
		])
	).toEqual([0, 1, 0]);
});

test('nothing at all, and areas of nothing', () => {
	expect(at(gridOf([]), [[1, 1]])).toEqual([-1]);
	expect(at(gridOf([[], [[box(0, 0, 1, 1)]]], 8), [[0.5, 0.5]])).toEqual([1]);
});

test('random stars, random points, any grid: what Turf says', () => {
	const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
	const star = fc
		.record({
			x: number(0, 10),
			y: number(0, 10),
			radii: fc.array(number(0.5, 4), { minLength: 3, maxLength: 12 })
		})
		.map(({ x, y, radii }) => {
			const ring = radii.map((radius, place): Position => {
				const turn = (2 * Math.PI * place) / radii.length;
				return [x + radius * Math.cos(turn), y + radius * Math.sin(turn)];
			});
			return [[[...ring, ring[0]!]]];
		});
	fc.assert(
		fc.property(
			fc.array(star, { minLength: 1, maxLength: 6 }),
			fc.array(fc.tuple(number(-2, 12), number(-2, 12)), { minLength: 20, maxLength: 60 }),
			fc.constantFrom(1, 3, 16, 200),
			(areas, points, side) => {
				const expected = points.map((point) =>
					areas.findIndex((coordinates) =>
						booleanPointInPolygon(point, { type: 'MultiPolygon', coordinates } satisfies MultiPolygon)
					)
				);
				expect(at(gridOf(areas, side), points)).toEqual(expected);
			}
		),
		{ numRuns: 200 }
	);
});
