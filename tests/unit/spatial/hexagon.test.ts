import fc from 'fast-check';
import { latLngToCell } from 'h3-js';
import { expect, test } from 'vitest';
import { finestHexagon, hexagonIndex, hexagonKey, hexagonRing, resolutionOf } from '#lib/spatial/hexagon.ts';

const place = fc.tuple(
	fc.double({ min: -180, max: 180, noNaN: true }),
	fc.double({ min: -89, max: 89, noNaN: true })
);

test('the number of a hexagon is the index that H3 gives the place, at every resolution', () => {
	fc.assert(
		fc.property(place, fc.integer({ min: 0, max: finestHexagon }), ([longitude, latitude], resolution) => {
			expect(hexagonIndex(hexagonKey(longitude, latitude, resolution), resolution)).toBe(
				latLngToCell(latitude, longitude, resolution)
			);
		})
	);
});

test('its ring is closed and longitude comes first', () => {
	const ring = hexagonRing(hexagonKey(121.47, 31.23, 8), 8);
	expect(ring).toHaveLength(7);
	expect(ring[0]).toEqual(ring.at(-1));
	for (const [longitude, latitude] of ring) {
		expect(Math.abs(longitude - 121.47)).toBeLessThan(0.02);
		expect(Math.abs(latitude - 31.23)).toBeLessThan(0.02);
	}
});

test('nearer by, hexagons are smaller, never larger', () => {
	const resolutions = Array.from({ length: 20 }, (_, zoom) => resolutionOf(zoom));
	expect(resolutions).toEqual(resolutions.toSorted((a, b) => a - b));
	expect(resolutions.at(-1)).toBe(finestHexagon);
});
