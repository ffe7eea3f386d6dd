import gammaQuantile from '@stdlib/stats-base-dists-gamma-quantile';

/** How often something happened where, out of how many occasions for it (hazards out of checks). */
export interface Rate {
	count: number;
	/** In the same unit for all; nought where there was no occasion. */
	exposure: number;
}

/** What is believed of any place before its own numbers are looked at: a gamma distribution of rates. */
export interface RatePrior {
	/** Events an occasion over all places together. */
	mean: number;
	/** Between places, beyond what chance alone would make; 0: chance explains every difference. */
	variance: number;
}

/** Of the rate behind the numbers, in events an occasion. */
export interface SmoothedRate {
	rate: number;
	/** Bounds that hold the rate with the probability asked for; equal to the rate when none was asked for. */
	low: number;
	high: number;
	/** How much the own numbers say against those of all, 0 to 1. */
	ownWeight: number;
}

/**
 * The prior of gamma–Poisson smoothing, from the places themselves by the method of moments:
 * m = Σy / Σn, s² = Σ nᵢ(yᵢ/nᵢ − m)² / Σn, variance = max(0, s² − m / n̄), n̄ = Σn / number of places.
 * Source: R. J. Marshall, “Mapping disease and mortality rates using empirical Bayes estimators”, Journal of the Royal
 * Statistical Society C 40 (1991) 283–294, the global estimator.
 * @returns null where nothing was counted at all: there is nothing to learn a prior from
 */
export function ratePrior(rates: readonly Rate[]): RatePrior | null {
	const looked = rates.filter(({ exposure }) => exposure > 0);
	const exposure = sum(looked.map((rate) => rate.exposure));
	const count = sum(looked.map((rate) => rate.count));
	if (exposure === 0 || count === 0) return null;
	const mean = count / exposure;
	const spread = sum(looked.map((rate) => rate.exposure * (rate.count / rate.exposure - mean) ** 2));
	return { mean, variance: Math.max(0, spread / exposure - mean / (exposure / looked.length)) };
}

/**
 * The rate of one place after its own numbers: the mean of the gamma posterior, and the bounds of its middle part.
 * Equal to Marshall's weighted mean w·(y/n) + (1 − w)·m with w = variance / (variance + m/n). Where chance explains all
 * differences every place has the common rate, and the bounds are that rate.
 * @param within probability that the bounds hold, e.g. 0.9 leaves 5 % on either side; null: no bounds are wanted, which is
 * a hundred times faster
 */
export function smoothRate(
	{ count, exposure }: Rate,
	prior: RatePrior,
	within: number | null = 0.9
): SmoothedRate {
	const { mean, variance } = prior;
	if (variance === 0) return { rate: mean, low: mean, high: mean, ownWeight: 0 };
	const shape = mean ** 2 / variance + count;
	const scale = 1 / (mean / variance + exposure);
	const [rate, ownWeight] = [shape * scale, exposure * scale];
	if (within === null) return { rate, low: rate, high: rate, ownWeight };
	const tail = (1 - within) / 2;
	return {
		rate,
		low: gammaQuantile(tail, shape, 1 / scale),
		high: gammaQuantile(1 - tail, shape, 1 / scale),
		ownWeight
	};
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
