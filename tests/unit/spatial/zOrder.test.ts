import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellAt, cellOf, keyBits, lowerBound, placeOfCell, sortedOrder, zKey } from '#lib/spatial/zOrder.ts';
import { latitudeOf, longitudeOf, worldBits, worldSize, worldX, worldY } from '#lib/spatial/world.ts';

const worldUnit = fc.integer({ min: 0, max: worldSize - 1 });

test('a place and its world units agree to a few centimetres', () => {
	fc.assert(
		fc.property(
			fc.double({ min: -180, max: 179.999999, noNaN: true }),
			fc.double({ min: -85, max: 85, noNaN: true }),
			(longitude, latitude) => {
				expect(Math.abs(longitudeOf(worldX(longitude) + 0.5) - longitude)).toBeLessThan(4e-7);
				expect(Math.abs(latitudeOf(worldY(latitude) + 0.5) - latitude)).toBeLessThan(4e-7);
			}
		)
	);
});

test('the tile of a known place is the one that maps of the web give it', () => {
	// 31.2304° N, 121.4737° E at zoom 10: tile 857/418 (the "slippy map" formula).
	const shift = worldBits - 10;
	expect([worldX(121.4737) >> shift, worldY(31.2304) >> shift]).toEqual([857, 418]);
});

test('what lies in a cell has a key that begins with the number of the cell, at every level', () => {
	fc.assert(
		fc.property(worldUnit, worldUnit, fc.integer({ min: 0, max: keyBits }), (x, y, level) => {
			const cell = cellOf(zKey(x, y), level);
			const at = { x: Math.floor(x / 2 ** (worldBits - level)), y: Math.floor(y / 2 ** (worldBits - level)) };
			expect(cell).toBe(cellAt(at.x, at.y));
			expect(placeOfCell(cell)).toEqual(at);
		})
	);
});

test('the order sorts, and equals stay as they were', () => {
	const keys = fc.array(fc.integer({ min: 0, max: 2 ** 52 - 1 }), { maxLength: 3_000, size: 'max' });
	fc.assert(
		fc.property(keys, fc.boolean(), (list, hasEquals) => {
			const all = Float64Array.from(hasEquals ? list.map((key) => key % 7) : list);
			const expected = Array.from(all.keys()).toSorted((a, b) => all[a]! - all[b]! || a - b);
			expect(Array.from(sortedOrder(all))).toEqual(expected);
		}),
		{ numRuns: 60 }
	);
});

test('the lower bound is the first place that is not below', () => {
	const sorted = fc.array(fc.integer({ min: 0, max: 50 })).map((list) => Float64Array.from(list).sort());
	fc.assert(
		fc.property(sorted, fc.integer({ min: -1, max: 52 }), (keys, bound) => {
			const expected = keys.findIndex((key) => key >= bound);
			expect(lowerBound(keys, bound)).toBe(expected === -1 ? keys.length : expected);
		})
	);
});
