import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { ratePrior, smoothRate, type Rate } from '#lib/spatial/smoothing.ts';

const anyRate = fc.record({
	count: fc.integer({ min: 0, max: 500 }),
	exposure: fc.integer({ min: 1, max: 400 })
});
const places = fc.array(anyRate, { minLength: 2, maxLength: 40 });
const crude = ({ count, exposure }: Rate) => count / exposure;

/** Three communities: the same rate by hand as by the formula. Σy = 60, Σn = 100, m = 0.6, n̄ = 100/3. */
const three: Rate[] = [
	{ count: 45, exposure: 50 },
	{ count: 12, exposure: 40 },
	{ count: 3, exposure: 10 }
];

describe('the prior', () => {
	test('of three communities is the one reckoned by hand', () => {
		// s² = (50·0.3² + 40·0.3² + 10·0.3²) / 100 = 0.09; variance = 0.09 − 0.6·3/100 = 0.072
		const prior = ratePrior(three)!;
		expect(prior.mean).toBeCloseTo(0.6, 12);
		expect(prior.variance).toBeCloseTo(0.072, 12);
	});
	test('is unknown where nothing was counted, and says that chance explains differences no larger than its own', () => {
		expect(ratePrior([{ count: 0, exposure: 9 }])).toBeNull();
		expect(ratePrior([{ count: 4, exposure: 0 }])).toBeNull();
		expect(ratePrior([1, 2, 1].map((count) => ({ count, exposure: 10 })))!.variance).toBe(0);
	});
	test('does not see places where nobody looked', () =>
		fc.assert(
			fc.property(places, (rates) => {
				expect(ratePrior([...rates, { count: 0, exposure: 0 }])).toEqual(ratePrior(rates));
			})
		));
});

describe('a smoothed rate', () => {
	test('of three communities is Marshall’s weighted mean, reckoned by hand', () => {
		// w = 0.072 / (0.072 + 0.6/n): 50 → 6/7, 10 → 6/11; rate = w·own + (1 − w)·0.6
		const prior = ratePrior(three)!;
		const [often, , seldom] = three.map((rate) => smoothRate(rate, prior));
		expect(often!.ownWeight).toBeCloseTo(6 / 7, 12);
		expect(often!.rate).toBeCloseTo((6 / 7) * 0.9 + 0.6 / 7, 12);
		expect(seldom!.ownWeight).toBeCloseTo(6 / 11, 12);
		expect(seldom!.rate).toBeCloseTo((6 / 11) * 0.3 + (5 / 11) * 0.6, 12);
	});
	test('has the gamma bounds that tables give: shape 5, rate 1 → 1.970 and 9.154 at 90 %', () => {
		// χ² of 10 degrees of freedom, halved: 3.940 / 2 and 18.307 / 2.
		const { low, high } = smoothRate({ count: 4, exposure: 0.5 }, { mean: 2, variance: 4 });
		// posterior shape 2²/4 + 4 = 5, rate 2/4 + 0.5 = 1
		expect(low).toBeCloseTo(3.9403 / 2, 3);
		expect(high).toBeCloseTo(18.307 / 2, 3);
	});
	test('lies between the own rate and that of all, within its bounds', () =>
		fc.assert(
			fc.property(places, (rates) => {
				const prior = ratePrior(rates);
				if (prior === null) return;
				for (const rate of rates) {
					const smoothed = smoothRate(rate, prior);
					const ends = [crude(rate), prior.mean].sort((a, b) => a - b);
					expect(smoothed.rate).toBeGreaterThanOrEqual(ends[0]! - 1e-9);
					expect(smoothed.rate).toBeLessThanOrEqual(ends[1]! + 1e-9);
					expect(smoothed.low).toBeLessThanOrEqual(smoothed.high);
					expect(smoothed.ownWeight).toBeGreaterThanOrEqual(0);
					expect(smoothed.ownWeight).toBeLessThan(1);
				}
			})
		));
	test('believes the own numbers more, and is surer, the more often was looked at the same rate', () =>
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 60 }),
				fc.double({ min: 0.05, max: 2, noNaN: true }),
				(n, variance) => {
					const prior = { mean: 1, variance };
					const little = smoothRate({ count: 2 * n, exposure: n }, prior);
					const much = smoothRate({ count: 8 * n, exposure: 4 * n }, prior);
					expect(much.ownWeight).toBeGreaterThan(little.ownWeight);
					expect(Math.abs(much.rate - 2)).toBeLessThan(Math.abs(little.rate - 2));
					expect((much.high - much.low) / much.rate).toBeLessThan((little.high - little.low) / little.rate);
				}
			)
		));
	test('leaves nobody the worst by one look: one hazard in one check stands behind ninety in a hundred', () => {
		const rates = [
			{ count: 1, exposure: 1 },
			{ count: 90, exposure: 100 },
			{ count: 20, exposure: 100 },
			{ count: 10, exposure: 80 }
		];
		const prior = ratePrior(rates)!;
		expect(smoothRate(rates[0]!, prior).rate).toBeLessThan(smoothRate(rates[1]!, prior).rate);
	});
});
