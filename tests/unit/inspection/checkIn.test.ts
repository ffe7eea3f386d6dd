import { describe, expect, test } from 'vitest';
import { isEmptySignature, judgeCheckIn, type CheckInVerdict } from '#lib/inspection/inspection.ts';
import { clockMinutesOff } from '#lib/inspection/deviceClock.ts';
import { distanceMetres } from '#lib/spatial/distance.ts';

const limits = {
	softAccuracyMetres: 50,
	hardAccuracyMetres: 500,
	softDistanceMetres: 150,
	hardDistanceMetres: 3000
};

describe('what a fix is worth', () => {
	const situations: [
		string,
		{ accuracyMetres: number | null; distanceMetres: number | null } | null,
		CheckInVerdict
	][] = [
		['at the door, well fixed', { accuracyMetres: 9, distanceMetres: 18 }, 'good'],
		['on the limit itself', { accuracyMetres: 50, distanceMetres: 150 }, 'good'],
		['indoors, poorly fixed', { accuracyMetres: 51, distanceMetres: 18 }, 'reason_accuracy'],
		[
			'the device says nothing of its accuracy',
			{ accuracyMetres: null, distanceMetres: 18 },
			'reason_accuracy'
		],
		['another gate of a large site', { accuracyMetres: 9, distanceMetres: 151 }, 'reason_distance'],
		['no fix', null, 'reason_no_position'],
		['a place without a position', { accuracyMetres: 9, distanceMetres: null }, 'reason_no_position'],
		['a fix that says nothing', { accuracyMetres: 501, distanceMetres: 9000 }, 'reason_no_position'],
		['another part of town', { accuracyMetres: 9, distanceMetres: 3010 }, 'too_far'],
		['far, but perhaps near', { accuracyMetres: 400, distanceMetres: 3300 }, 'reason_distance']
	];
	test.each(situations)('%s', (_, fix, verdict) => expect(judgeCheckIn(fix, limits)).toBe(verdict));
});

test('a kilometre along the meridian is a kilometre, and nowhere is no distance', () => {
	const door = { longitude: 121, latitude: 31 };
	expect(distanceMetres(door, { longitude: 121, latitude: 31 + 1 / 111.195 })).toBeCloseTo(1000, 0);
	expect(distanceMetres(door, door)).toBe(0);
});

test('a tap or a dot is no signature', () => {
	const pad = { widthPixels: 300, heightPixels: 150 };
	expect(isEmptySignature({ ...pad, strokes: [] })).toBe(true);
	expect(isEmptySignature({ ...pad, strokes: [[{ x: 5, y: 5, t: 0 }]] })).toBe(true);
	expect(
		isEmptySignature({
			...pad,
			strokes: [
				[
					{ x: 0, y: 0, t: 0 },
					{ x: 41, y: 0, t: 90 }
				]
			]
		})
	).toBe(false);
});

test('how far a clock is off, either way', () => {
	expect([clockMinutesOff(-86_400_000), clockMinutesOff(61_000), clockMinutesOff(null)]).toEqual([
		1440, 1, 0
	]);
});
