import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import {
	falseDiscoveryThreshold,
	hotSpots,
	neighboursWithin,
	twoSidedChance,
	type Neighbours
} from '#lib/spatial/hotSpot.ts';

const around = (size: number, place: number): number[] =>
	[0, -1, 1, -size, size]
		.map((step) => place + step)
		.filter(
			(at) =>
				at >= 0 &&
				at < size * size &&
				(Math.abs(at - place) !== 1 || Math.floor(at / size) === Math.floor(place / size))
		);
/** A square of places, each with itself and those beside, above and below it. */
const grid = (size: number): Neighbours =>
	Array.from({ length: size * size }, (_, place) =>
		around(size, place).map((at) => ({ place: at, weight: 1 }))
	);

describe('Gi*', () => {
	test('of five places in a row is the one reckoned by hand', () => {
		// x = 1 2 3 4 10: x̄ = 4, S² = 130/5 − 16 = 10. Last place with its neighbour: Σw = Σw² = 2, seen = 14.
		// z = (14 − 4·2) / (√10 · √((5·2 − 4)/4)) = 6 / √15 = 1.549193
		const row = [0, 1, 2, 3, 4].map((place) =>
			[place - 1, place, place + 1].filter((at) => at >= 0 && at < 5).map((at) => ({ place: at, weight: 1 }))
		);
		const spots = hotSpots([1, 2, 3, 4, 10], row);
		expect(spots[4]!.z).toBeCloseTo(6 / Math.sqrt(15), 12);
		// Middle place: Σw = 3, seen = 9: (9 − 12) / (√10 · √((15 − 9)/4)) = −3 / √15
		expect(spots[2]!.z).toBeCloseTo(-3 / Math.sqrt(15), 12);
		// 1.55 is no discovery among five.
		expect(spots.map(({ kind }) => kind)).toEqual([null, null, null, null, null]);
	});
	test('finds the corner that burns and calls nothing else so', () => {
		const size = 12;
		const burns = (place: number) => place % size < 3 && Math.floor(place / size) < 3;
		const values = Array.from({ length: size * size }, (_, place) => (burns(place) ? 20 : 1 + (place % 2)));
		const spots = hotSpots(values, grid(size));
		expect(spots[0]).toMatchObject({ kind: 'hot', confidence: 99 });
		expect(spots[size + 1]).toMatchObject({ kind: 'hot', confidence: 99 });
		spots.forEach(({ kind }, place) => {
			if (kind !== null) expect(around(size, place).some(burns)).toBe(true);
		});
	});
	test('cannot tell anything where all values are equal', () => {
		expect(hotSpots([2, 2, 2, 2], grid(2))).toEqual(
			Array.from({ length: 4 }, () => ({ z: null, p: 1, kind: null, confidence: null }))
		);
	});
	test('is the same for values in other units, and turns round with their sign', () =>
		fc.assert(
			fc.property(
				fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 16, maxLength: 16 }),
				fc.integer({ min: 1, max: 9 }),
				(values, factor) => {
					const [plain, scaled, turned] = [
						values,
						values.map((value) => value * factor + 3),
						values.map((value) => -value)
					].map((each) => hotSpots(each, grid(4)));
					plain!.forEach(({ z, kind }, place) => {
						if (z === null) return expect(scaled![place]!.z).toBeNull();
						expect(scaled![place]!.z).toBeCloseTo(z, 6);
						expect(turned![place]!.z).toBeCloseTo(-z, 6);
						if (kind === 'hot') expect(turned![place]!.kind).toBe('cold');
					});
				}
			)
		));
	test('says what it got when the neighbours are not those of the values', () =>
		expect(() => hotSpots([1, 2], grid(2))).toThrow('got 4 lists of neighbours, expected 2'));
});

describe('many tests', () => {
	test('the published example of Benjamini and Hochberg (1995): of 15 chances four are discoveries at 5 %', () => {
		const chances = [
			0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
			0.759, 1
		];
		expect(falseDiscoveryThreshold(chances, 0.05)).toBe(0.0095);
		expect(falseDiscoveryThreshold([0.5, 0.9], 0.05)).toBe(-1);
	});
	test('chances are those of the normal table', () => {
		expect(twoSidedChance(1.959964)).toBeCloseTo(0.05, 6);
		expect(twoSidedChance(-2.575829)).toBeCloseTo(0.01, 6);
		expect(twoSidedChance(0)).toBe(1);
	});
});

test('neighbours within a distance are the place itself and whoever is near, both ways', () => {
	const at = [0, 1, 5].map((longitude) => ({ longitude, latitude: 0 }));
	const near = neighboursWithin(at, 2, (a, b) => Math.abs(a.longitude - b.longitude));
	expect(near.map((each) => each.map(({ place }) => place))).toEqual([[0, 1], [0, 1], [2]]);
});
