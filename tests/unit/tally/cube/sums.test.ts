import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { RepeatVisits } from '#lib/tally/cube/repeatVisits.ts';
import { RunningTotals } from '#lib/tally/cube/runningTotals.ts';

const cells = 6;
const anyDay = fc.integer({ min: 1, max: 900 });
/** Also days that somebody mistyped. */
const oddDay = fc.oneof(
	{ weight: 9, arbitrary: anyDay },
	{ weight: 1, arbitrary: fc.constantFrom(1, 20_000, 65_534) }
);
const anyCell = fc.nat(cells - 1);
const anyWindow = fc.tuple(oddDay, oddDay).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);

describe('running totals', () => {
	const additions = fc.array(fc.tuple(anyCell, oddDay, fc.integer({ min: 1, max: 300 })), { maxLength: 60 });

	test('of any window are what was added on its days, read in at once or one by one', () =>
		fc.assert(
			fc.property(additions, fc.nat(60), anyWindow, (all, readIn, [from, to]) => {
				const totals = new RunningTotals(cells);
				totals.unsettle();
				for (const each of all.slice(0, readIn)) totals.add(...each);
				totals.settle(cells);
				for (const each of all.slice(readIn)) totals.add(...each);
				const counted = new Int32Array(cells);
				totals.addBetween(from, to, counted);
				const expected = new Int32Array(cells);
				for (const [cell, day, count] of all) if (day >= from && day <= to) expected[cell]! += count;
				expect(counted).toEqual(expected);
			})
		));
	test('hold when cells are added', () => {
		const totals = new RunningTotals(1);
		totals.add(0, 10, 2);
		totals.grow(40);
		totals.add(39, 500, 3);
		const counted = new Int32Array(40);
		totals.addBetween(1, 600, counted);
		expect([counted[0], counted[39]]).toEqual([2, 3]);
	});
	test('are not asked while they are being filled', () => {
		const totals = new RunningTotals();
		totals.unsettle();
		expect(() => totals.addBetween(1, 2, new Int32Array(1))).toThrow('expected settled ones');
	});
});

describe('repeat visits', () => {
	const pairs = fc.array(fc.tuple(anyCell, anyWindow, fc.constantFrom(1, 1, 1, 2, 700, -1)), {
		maxLength: 60
	});

	test('of any window are the pairs of days that lie within it, read in at once or one by one', () =>
		fc.assert(
			fc.property(pairs, fc.nat(60), anyWindow, (all, readIn, [from, to]) => {
				const repeats = new RepeatVisits(cells);
				repeats.unsettle();
				for (const [cell, [previous, day], count] of all.slice(0, readIn))
					repeats.add(cell, previous, day, count);
				repeats.settle(cells);
				for (const [cell, [previous, day], count] of all.slice(readIn))
					repeats.add(cell, previous, day, count);
				const counted = new Int32Array(cells);
				repeats.subtractBetween(from, to, counted);
				const expected = new Int32Array(cells);
				for (const [cell, [previous, day], count] of all)
					if (previous >= from && day <= to) expected[cell]! -= count;
				expect(counted).toEqual(expected);
			})
		));
});
