import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lecScales, lsScale, rateByLec, rateByLs, riskLevels, worstRisk } from '#scoring';

describe('LEC', () => {
	test.each([
		[{ likelihood: 10, exposure: 10, consequence: 100 }, 10_000, 'major'],
		[{ likelihood: 3, exposure: 3, consequence: 40 }, 360, 'major'],
		[{ likelihood: 0.5, exposure: 6, consequence: 100 }, 300, 'considerable'],
		[{ likelihood: 1, exposure: 10, consequence: 15 }, 150, 'general'],
		[{ likelihood: 6, exposure: 1, consequence: 40 }, 240, 'considerable'],
		[{ likelihood: 10, exposure: 1, consequence: 7 }, 70, 'general'],
		[{ likelihood: 3, exposure: 3, consequence: 7 }, 63, 'low'],
		[{ likelihood: 0.1, exposure: 0.5, consequence: 1 }, 0.05, 'low']
	] as const)('%o is %d, %s', (factors, value, level) => {
		expect(rateByLec(factors)).toEqual({ value, level });
	});

	test.each([
		{ likelihood: 5, exposure: 1, consequence: 1 },
		{ likelihood: 1, exposure: 4, consequence: 1 },
		{ likelihood: 1, exposure: 1, consequence: 0 },
		{ likelihood: Number.NaN, exposure: 1, consequence: 1 }
	])('%o is refused: not on the scale', (factors) => {
		expect(() => rateByLec(factors)).toThrow(/got .* expected one of/);
	});

	test('the lower end of a level belongs to it (以上含本数)', () => {
		const factors = { likelihood: 1, exposure: 10, consequence: 7 };
		expect(rateByLec(factors, { major: 70.01, considerable: 70, general: 1 }).level).toBe('considerable');
		expect(rateByLec(factors, { major: 70, considerable: 60, general: 1 }).level).toBe('major');
	});
});

describe('LS', () => {
	test.each([
		[5, 5, 'major'],
		[4, 4, 'considerable'],
		[3, 4, 'considerable'],
		[2, 5, 'general'],
		[1, 5, 'general'],
		[2, 2, 'low']
	] as const)('%d × %d is %s', (likelihood, severity, level) => {
		expect(rateByLs({ likelihood, severity })).toEqual({ value: likelihood * severity, level });
	});

	test.each([
		[0, 3],
		[3, 6],
		[2.5, 2]
	])('%d × %d is refused', (likelihood, severity) => {
		expect(() => rateByLs({ likelihood, severity })).toThrow(/whole number from 1 to 5/);
	});
});

test('a factor that is worse never makes a level better', () => {
	const rank = (level: (typeof riskLevels)[number]) => riskLevels.indexOf(level);
	const worse = (scale: readonly number[]) => fc.integer({ min: 1, max: scale.length - 1 });
	fc.assert(
		fc.property(
			worse(lecScales.likelihood),
			fc.constantFrom(...lecScales.exposure),
			fc.constantFrom(...lecScales.consequence),
			(index, exposure, consequence) => {
				const level = (at: number) =>
					rateByLec({ likelihood: lecScales.likelihood[at]!, exposure, consequence }).level;
				expect(rank(level(index - 1))).toBeLessThanOrEqual(rank(level(index)));
			}
		)
	);
	fc.assert(
		fc.property(worse(lsScale), fc.constantFrom(...lsScale), (index, severity) => {
			const level = (at: number) => rateByLs({ likelihood: lsScale[at]!, severity }).level;
			expect(rank(level(index - 1))).toBeLessThanOrEqual(rank(level(index)));
		})
	);
});

test('the worst of several stands for them all', () => {
	expect(worstRisk(['low', 'considerable', 'general'])).toBe('considerable');
	expect(worstRisk([])).toBeNull();
});
