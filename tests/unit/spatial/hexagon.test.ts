import fc from 'fast-check';
import { cellToParent, latLngToCell } from 'h3-js';
import { expect, test } from 'vitest';
import {
	finestHexagon,
	hexagonAround,
	hexagonIndex,
	hexagonKey,
	hexagonRing,
	resolutionOf
} from '#lib/spatial/hexagon.ts';

const place = fc.tuple(
	fc.double({ min: -180, max: 180, noNaN: true }),
	fc.double({ min: -89, max: 89, noNaN: true })
);

test('the number of a hexagon is the index of H3, and the one around it is its parent', () => {
	fc.assert(
		fc.property(place, fc.integer({ min: 0, max: finestHexagon }), ([longitude, latitude], resolution) => {
			const cell = latLngToCell(latitude, longitude, finestHexagon);
			const key = hexagonKey(longitude, latitude);
			expect(hexagonIndex(key, finestHexagon)).toBe(cell);
			expect(hexagonIndex(hexagonAround(key, resolution), resolution)).toBe(cellToParent(cell, resolution));
		})
	);
});

test('its ring is closed and longitude comes first', () => {
	const ring = hexagonRing(hexagonAround(hexagonKey(121.47, 31.23), 8), 8);
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
