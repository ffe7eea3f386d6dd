import erfc from '@stdlib/math-base-special-erfc';

/** The neighbours of each place with their weights; the place itself is among them where it counts too (the star in Gi*). */
export type Neighbours = readonly (readonly { place: number; weight: number }[])[];

/** How sure one may be that high (hot) or low (cold) values lie together here; null: chance may have done it. */
export type Significance = 99 | 95 | 90;

export interface HotSpot {
	/** Standard deviations from what a random spread of the same values lets expect; null: cannot be told. */
	z: number | null;
	/** Two-sided. */
	p: number;
	kind: 'hot' | 'cold' | null;
	/** After the correction for many tests; null: not significant. */
	confidence: Significance | null;
}

/**
 * Getis-Ord Gi* of every place. z = (Σⱼ wᵢⱼxⱼ − x̄ Σⱼ wᵢⱼ) / (S √((n Σⱼ wᵢⱼ² − (Σⱼ wᵢⱼ)²) / (n − 1))), S² = Σxⱼ²/n − x̄².
 * Source: J. K. Ord, A. Getis, “Local Spatial Autocorrelation Statistics”, Geographical Analysis 27 (1995) 286–306.
 * Many places are many tests, of which one in ten would look striking by chance alone: the classes follow the procedure of
 * Benjamini and Hochberg (Journal of the Royal Statistical Society B 57 (1995) 289–300), so that of the places called
 * significant at 90 % no more than a tenth are expected to be called so wrongly.
 * @param values one a place, such as a smoothed rate
 * @throws RangeError when there are not as many lists of neighbours as values
 */
export function hotSpots(values: readonly number[], neighbours: Neighbours): HotSpot[] {
	if (values.length !== neighbours.length)
		throw new RangeError(`hotSpots: got ${neighbours.length} lists of neighbours, expected ${values.length}`);
	const n = values.length;
	const mean = values.reduce((sum, value) => sum + value, 0) / n;
	const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n);
	const scores = neighbours.map((near) => zScore(near, values, { n, mean, deviation }));
	const chances = scores.map((z) => (z === null ? 1 : twoSidedChance(z)));
	const thresholds = ([99, 95, 90] as const).map((confidence) => ({
		confidence,
		atMost: falseDiscoveryThreshold(chances, 1 - confidence / 100)
	}));
	return scores.map((z, place) => {
		const p = chances[place]!;
		const confidence = thresholds.find(({ atMost }) => p <= atMost)?.confidence ?? null;
		const kind = confidence === null ? null : z! > 0 ? ('hot' as const) : ('cold' as const);
		return { z, p, kind, confidence };
	});
}

function zScore(
	near: Neighbours[number],
	values: readonly number[],
	{ n, mean, deviation }: { n: number; mean: number; deviation: number }
): number | null {
	const weights = near.reduce((sum, { weight }) => sum + weight, 0);
	const squares = near.reduce((sum, { weight }) => sum + weight ** 2, 0);
	const seen = near.reduce((sum, { place, weight }) => sum + weight * values[place]!, 0);
	const spread = deviation * Math.sqrt((n * squares - weights ** 2) / (n - 1));
	// All values equal, or a neighbourhood that is everything: nothing can be told apart.
	return spread > 1e-12 * Math.max(1, Math.abs(mean)) ? (seen - mean * weights) / spread : null;
}

/**
 * The largest chance that still counts as a discovery: the last p₍ₖ₎ ≤ k/m · rate of the sorted ones. −1: none does.
 * @param rate share of wrong discoveries that is borne, e.g. 0.1
 */
export function falseDiscoveryThreshold(chances: readonly number[], rate: number): number {
	const sorted = chances.toSorted((a, b) => a - b);
	return sorted.findLast((p, index) => p <= ((index + 1) / sorted.length) * rate) ?? -1;
}

/** The chance that a standard normal value lies at least so far from nought on either side. */
export const twoSidedChance = (z: number): number => erfc(Math.abs(z) / Math.SQRT2);

/** A place and those within a distance of it, each counting the same: the usual weights of Gi*. */
export function neighboursWithin(
	places: readonly { longitude: number; latitude: number }[],
	metres: number,
	distance: (from: (typeof places)[number], to: (typeof places)[number]) => number
): Neighbours {
	return places.map((from) =>
		places.flatMap((to, place) => (distance(from, to) <= metres ? [{ place, weight: 1 }] : []))
	);
}
