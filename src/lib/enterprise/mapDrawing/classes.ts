/** How many shades a map of areas has: more are not told apart. */
export const shadeCount = 4;

/**
 * Bounds between shades, so that each has about as many of the values; fewer when the values are few or alike.
 * @returns the least value of the second shade, of the third …
 */
export function breaksOf(values: readonly number[]): number[] {
	const sorted = values.toSorted((a, b) => a - b);
	const breaks = Array.from(
		{ length: shadeCount - 1 },
		(_, shade) => sorted[Math.ceil(((shade + 1) / shadeCount) * sorted.length)]
	).filter((value) => value !== undefined && value > sorted[0]!);
	return [...new Set(breaks)] as number[];
}

/** 0 … breaks.length */
export const shadeOf = (value: number, breaks: readonly number[]): number =>
	breaks.filter((bound) => value >= bound).length;
