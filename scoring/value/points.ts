/**
 * Points are whole hundredths inside the engine (0.5 分 is 50), so that sums are exact; people, packs and
 * facts write decimals with at most two places.
 */
export type Hundredths = number;

/** Beyond any scheme; it keeps sums of a million entries far inside the exact integers. */
const largestPoints = 100_000;

const decimal = /^-?\d+(\.\d{1,2})?$/;

/** True for a finite number with at most two decimals and no more than 100,000 either way. */
export const isPoints = (value: unknown): value is number =>
	typeof value === 'number' && Math.abs(value) <= largestPoints && decimal.test(String(value));

/** 0.5 → 50. Throws on a third decimal, NaN or infinity: a rounded point would be a point nobody gave. */
export function toHundredths(points: number): Hundredths {
	if (!isPoints(points)) {
		throw new RangeError(`points: got ${points}, expected a number with at most two decimals`);
	}
	return Math.round(points * 100) + 0;
}

/** 50 → 0.5, the nearest double, which prints as the same decimal. */
export const fromHundredths = (hundredths: Hundredths): number => hundredths / 100;

/** 50 → `0.5`, 1200 → `12`, -25 → `-0.25`. */
export const formatPoints = (hundredths: Hundredths): string => String(fromHundredths(hundredths));
