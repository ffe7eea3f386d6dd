import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromWgs84, type LonLat } from '#lib/spatial/coordinateSystem.ts';
import { gcj02Pieces } from '#lib/spatial/gcj02Tile.ts';

const size = 256;
/** Pixels of the world at a zoom. */
const pixelsOf = ([longitude, latitude]: LonLat, zoom: number): [number, number] => {
	const sine = Math.sin((latitude * Math.PI) / 180);
	const world = size * 2 ** zoom;
	return [
		((longitude + 180) / 360) * world,
		(0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * world
	];
};

/** How far, in pixels, a place of a GCJ-02 map comes to lie from where WGS-84 data draws it. */
function errorAt(place: LonLat, zoom: number): number {
	const [x, y] = pixelsOf(place, zoom);
	const [sourceX, sourceY] = pixelsOf(fromWgs84(place, 'gcj02'), zoom);
	const tile = [Math.floor(x / size), Math.floor(y / size)] as const;
	const pieces = gcj02Pieces(zoom, tile[0], tile[1], size);
	const piece = pieces.find(
		(each) => each.x === Math.floor(sourceX / size) && each.y === Math.floor(sourceY / size)
	);
	// Within a pixel of the tile's own edge the place may stand on the piece next to it.
	const [left, top] = piece
		? [piece.left + sourceX - piece.x * size, piece.top + sourceY - piece.y * size]
		: [pieces[0]!.left + sourceX - pieces[0]!.x * size, pieces[0]!.top + sourceY - pieces[0]!.y * size];
	return Math.hypot(left - (x - tile[0] * size), top - (y - tile[1] * size));
}

describe('a GCJ-02 base lies under WGS-84 data', () => {
	const inChina = fc.tuple(
		fc.double({ min: 75, max: 134, noNaN: true }),
		fc.double({ min: 20, max: 50, noNaN: true })
	);
	// What is left is how much the shift changes from the middle of a tile to its corner; unshifted it is some 250 pixels at zoom 16.
	test.each([
		[10, 1],
		[13, 1],
		[16, 1],
		[18, 1]
	])('at zoom %i within %d px', (zoom, limit) => {
		fc.assert(
			fc.property(inChina, (place) => {
				expect(errorAt(place, zoom)).toBeLessThan(limit);
			}),
			{ numRuns: 500 }
		);
	});

	test('on average less than a pixel at zoom 16', () => {
		const places = Array.from({ length: 400 }, (_, n): LonLat => [100 + (n % 20), 22 + Math.floor(n / 20)]);
		const mean = places.reduce((sum, place) => sum + errorAt(place, 16), 0) / places.length;
		expect(mean).toBeLessThan(0.5);
	});
});

test('four pieces at most cover the tile wholly', () => {
	const pieces = gcj02Pieces(16, 54915, 26711, size);
	expect(pieces.length).toBeLessThanOrEqual(4);
	expect(Math.min(...pieces.map(({ left }) => left))).toBeLessThanOrEqual(0);
	expect(Math.max(...pieces.map(({ left }) => left + size))).toBeGreaterThanOrEqual(size);
	expect(Math.max(...pieces.map(({ top }) => top + size))).toBeGreaterThanOrEqual(size);
});

test('outside China nothing is shifted', () => {
	const [piece, ...others] = gcj02Pieces(12, 655, 1583, size);
	expect(others).toEqual([]);
	expect(piece).toMatchObject({ x: 655, y: 1583 });
	expect(Math.hypot(piece!.left, piece!.top)).toBeLessThan(1e-6);
});
