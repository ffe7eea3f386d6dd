import { describe, expect, test } from 'vitest';
import type { AreaBoundaries } from '#lib/area/boundary.ts';
import { boundsOf, labelPoint } from '#lib/area/boundary.ts';
import type { BandChoice } from '#lib/enterprise/band.ts';
import { drawFirstLook } from '#lib/enterprise/mapDrawing/firstLook.ts';
import type { Dot } from '#lib/enterprise/mapIndex/firstDots.ts';

const square = (west: number, south: number, size: number) => [
	[
		[west, south],
		[west + size, south],
		[west + size, south + size],
		[west, south + size],
		[west, south]
	]
];
const boundaries: AreaBoundaries = {
	type: 'FeatureCollection',
	features: [
		{
			type: 'Feature',
			properties: { id: 'a', scope: '00010001', name: '云溪社区', officialCode: null },
			geometry: { type: 'MultiPolygon', coordinates: [square(121, 31, 0.02), square(121.03, 31, 0.005)] }
		}
	]
};
const dot = (band: BandChoice, longitude: number): Dot => ({ band, longitude, latitude: 31.01 });

describe('the map before the map', () => {
	test('nothing to draw without boundaries', () => {
		expect(boundsOf({ type: 'FeatureCollection', features: [] })).toBeNull();
		expect(drawFirstLook({ type: 'FeatureCollection', features: [] }, [])).toBeNull();
	});
	test('a name stands in the middle of the largest part', () => {
		const [x, y] = labelPoint(boundaries.features[0]!.geometry);
		expect(x).toBeCloseTo(121.01, 6);
		expect(y).toBeCloseTo(31.01, 6);
	});
	test('north is up, every dot is drawn, the worst on top', () => {
		const look = drawFirstLook(boundaries, [dot('highest', 121.01), dot('none', 121.011)])!;
		expect(look.bounds).toEqual([121, 31, 121.035, 31.02]);
		expect(look.dots.map(({ band }) => band)).toEqual(['none', 'highest']);
		expect(look.dots.map(({ kind }) => kind)).toEqual(['hollow', 'shape']);
		const corners = [...look.areas[0]!.path.matchAll(/([\d.]+) ([\d.]+)/g)].map(([, , y]) => Number(y));
		expect(corners[0]).toBeGreaterThan(corners[2]!);
		expect(Math.max(...corners)).toBeLessThanOrEqual(look.height);
	});
});
