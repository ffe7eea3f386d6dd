import fc from 'fast-check';
import type { Position } from 'geojson';
import { describe, expect, test } from 'vitest';
import {
	changedIds,
	cornersOf,
	dropCorner,
	insertCorner,
	moveCorner,
	removeCorner,
	sharedBy,
	snapTarget,
	type Shapes
} from '#lib/area/boundaryEdit.ts';
import { readBoundaryText } from '#lib/area/boundaryText.ts';

const ring = (...corners: Position[]): Position[] => [...corners, corners[0]!];
const square = (x: number, y: number): Position[][][] => [
	[ring([x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1])]
];
/** West and east share the edge at 1; the island lies apart. */
const shapes = (): Shapes =>
	new Map([
		['west', square(0, 0)],
		['east', square(1, 0)],
		['island', square(5, 5)]
	]);

/** Each edge that west and east both have, whichever way round. */
const edgesOf = (polygons: Position[][][]) =>
	polygons
		.flat()
		.flatMap((each) =>
			each.slice(1).map((corner, index) => [each[index]!, corner].map(String).sort().join('|'))
		);
const sharedEdges = (all: Shapes) => {
	const east = new Set(edgesOf(all.get('east')!));
	return edgesOf(all.get('west')!).filter((edge) => east.has(edge));
};

describe('a shared border stays shared', () => {
	test('a corner moves for everyone who has it, and for nobody else', () => {
		const before = shapes();
		const after = moveCorner(before, [1, 1], [1.2, 1.1])!;
		expect(changedIds(before, after)).toEqual(['west', 'east']);
		expect(sharedBy(after, [1.2, 1.1])).toEqual(['west', 'east']);
		expect(sharedEdges(after)).toHaveLength(1);
	});

	test('the first corner of a ring moves at both its ends', () => {
		const after = moveCorner(shapes(), [0, 0], [-0.5, 0])!;
		expect(after.get('west')![0]![0]!.at(-1)).toEqual([-0.5, 0]);
	});

	test('a new corner on the shared edge is in both', () => {
		const after = insertCorner(
			shapes(),
			[
				[1, 0],
				[1, 1]
			],
			[1, 0.5]
		);
		expect(sharedBy(after, [1, 0.5])).toEqual(['west', 'east']);
		expect(sharedEdges(after)).toHaveLength(2);
		expect(removeCorner(after, [1, 0.5])).toEqual(shapes());
	});

	test('whatever is moved, inserted and let go: as many shared edges as the steps make', () => {
		const place = fc.tuple(
			fc.double({ min: 0.8, max: 1.2, noNaN: true }),
			fc.double({ min: 0.1, max: 0.9, noNaN: true })
		);
		fc.assert(
			fc.property(fc.array(place, { minLength: 1, maxLength: 6 }), (places) => {
				let all = shapes();
				let [from, count]: [Position, number] = [[1, 0], 1];
				for (const at of places) {
					if (sharedBy(all, at).length > 0) continue;
					all = insertCorner(all, [from, [1, 1]], at);
					[from, count] = [at, count + 1];
				}
				expect(sharedEdges(all)).toHaveLength(count);
				expect(cornersOf(all.get('west')!)).toHaveLength(3 + count);
			})
		);
	});
});

describe('catching', () => {
	test('a corner before an edge, an edge before nothing', () => {
		expect(snapTarget(shapes(), [1.00001, 1.00001], 5)).toEqual({ at: [1, 1], edge: null });
		expect(snapTarget(shapes(), [1.00001, 0.5], 5)).toMatchObject({
			at: [1, 0.5],
			edge: [
				[1, 0],
				[1, 1]
			]
		});
		expect(snapTarget(shapes(), [1.1, 0.5], 5)).toBeNull();
	});

	test('caught on a neighbour’s edge, the neighbour gets the corner too', () => {
		const apart: Shapes = new Map([
			['west', square(0, 0)],
			['far', square(1.5, -0.5)]
		]);
		const dropped = dropCorner(apart, [1, 0], [1.50001, 0], 5)!;
		expect(dropped.at[0]).toBeCloseTo(1.5, 9);
		expect(sharedBy(dropped.shapes, dropped.at)).toEqual(['west', 'far']);
	});

	test('onto its own neighbour: the two become one, and a triangle keeps its three', () => {
		const merged = dropCorner(shapes(), [5, 5], [5.00001, 6], 5)!;
		expect(cornersOf(merged.shapes.get('island')!)).toHaveLength(3);
		expect(dropCorner(merged.shapes, [6, 5], [6, 6], 5)).toBeNull();
		expect(removeCorner(merged.shapes, [6, 5])).toBeNull();
	});
});

describe('pasted', () => {
	const corners = [
		[121, 31],
		[121.01, 31],
		[121.01, 31.01]
	];
	const polygon = { type: 'Polygon', coordinates: [[...corners, corners[0]]] };
	test.each([
		['corners, one a line', corners.map(String).join('\n')],
		['a geometry', JSON.stringify(polygon)],
		['a feature', JSON.stringify({ type: 'Feature', properties: {}, geometry: polygon })],
		[
			'a collection',
			JSON.stringify({ type: 'FeatureCollection', features: [{ type: 'Feature', geometry: polygon }] })
		]
	])('%s', (_, text) => {
		const read = readBoundaryText(text, 'wgs84');
		expect(read).toEqual({ ok: true, value: { type: 'MultiPolygon', coordinates: [polygon.coordinates] } });
	});

	test('two parts, and what cannot be read is named', () => {
		const two = `${corners.join('\n')}\n\n122,31\n122.01,31\n122.01,31.01`;
		expect(readBoundaryText(two, 'wgs84')).toMatchObject({ ok: true, value: { coordinates: { length: 2 } } });
		for (const [text, got] of [
			['', '0 positions'],
			['东经121度', '东经121度'],
			['31,121\n31,121.01\n31.01,121', '31,121'],
			['{"type":"Point","coordinates":[121,31]}', 'Point']
		])
			expect(readBoundaryText(text!, 'wgs84')).toMatchObject({
				ok: false,
				problem: { code: 'area.coordinates', details: { got } }
			});
	});
});
