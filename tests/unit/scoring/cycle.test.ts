import { describe, expect, it } from 'vitest';
import { evaluate, type PackDocument } from '#scoring';
import { dayBefore, isDay, lastDayOfMonths } from '../../../scoring/value/day.ts';
import { fact, ladderUp, loaded, opinion, streetBase } from './packs.ts';

const balanceOn = (cycle: PackDocument['cycle'], days: [string, number][], asOf: string): number => {
	const facts = days.map(([day, points]) => opinion(day, points));
	return evaluate(loaded({ ...ladderUp, cycle }), facts, asOf).balance / 100;
};

describe('a period of months', () => {
	it.each([
		['2025-03-05', 12, '2026-03-05'],
		['2024-02-29', 12, '2025-02-28'],
		['2024-02-29', 48, '2028-02-29'],
		['2023-02-28', 12, '2024-02-28'],
		['2026-01-31', 1, '2026-02-28'],
		['2024-01-31', 1, '2024-02-29'],
		['2026-11-30', 3, '2027-02-28'],
		['2026-12-31', 6, '2027-06-30']
	])('set going on %s for %d months ends with %s', (day, months, last) => {
		expect(lastDayOfMonths(day, months)).toBe(last);
	});

	it.each([
		['2026-03-02', '2026-03-01'],
		['2026-03-01', '2026-02-28'],
		['2024-03-01', '2024-02-29'],
		['2026-01-01', '2025-12-31'],
		['2026-12-01', '2026-11-30']
	])('the day before %s is %s', (day, before) => expect(dayBefore(day)).toBe(before));

	it('knows which days exist', () => {
		expect(['2024-02-29', '2000-02-29', '2026-12-31'].every(isDay)).toBe(true);
		const wrong = ['2026-02-29', '1900-02-29', '2026-04-31', '2026-13-01', '2026-1-1', '', 20260101, null];
		expect(wrong.some(isDay)).toBe(false);
	});
});

describe('cycles', () => {
	it('calendar year: 31 December counts, 1 January starts anew', () => {
		const days: [string, number][] = [
			['2026-01-01', 1],
			['2026-12-31', 2]
		];
		expect(balanceOn({ kind: 'calendar_year', at_end: '清零' }, days, '2026-12-31')).toBe(3);
		expect(balanceOn({ kind: 'calendar_year', at_end: '清零' }, days, '2027-01-01')).toBe(0);
	});

	it('rolling months: each entry ends by itself', () => {
		const cycle = { kind: 'rolling_months', months: 12, at_end: '失效' } as const;
		const days: [string, number][] = [
			['2024-02-29', 1],
			['2024-08-31', 2]
		];
		expect(balanceOn(cycle, days, '2025-02-28')).toBe(3);
		expect(balanceOn(cycle, days, '2025-03-01')).toBe(2);
		expect(balanceOn(cycle, days, '2025-09-01')).toBe(0);
	});

	it('from the first entry: all within the cycle end with it, the next entry opens another', () => {
		const cycle = { kind: 'first_entry', months: 12, at_end: '失效' } as const;
		const days: [string, number][] = [
			['2024-03-10', 1],
			['2025-03-01', 2],
			['2025-03-10', 3],
			['2025-06-01', 4]
		];
		expect(balanceOn(cycle, days, '2025-03-10')).toBe(6);
		expect(balanceOn(cycle, days, '2025-03-11')).toBe(0);
		expect(balanceOn(cycle, days, '2025-06-01')).toBe(4);
		expect(balanceOn(cycle, days, '2026-06-02')).toBe(0);
	});

	it('from the first entry: a reversed entry opens no cycle', () => {
		const first = opinion('2024-03-10', 1);
		const second = opinion('2024-09-10', 2);
		const pack = loaded({ ...ladderUp, cycle: { kind: 'first_entry', months: 12, at_end: '失效' } });
		const reversed = fact('decision.reversed', '2024-09-20', { entry: first.id });
		expect(evaluate(pack, [first, second], '2025-05-01').balance).toBe(0);
		expect(evaluate(pack, [first, second, reversed], '2025-05-01').balance).toBe(200);
	});

	it('none: points stay', () => {
		expect(balanceOn({ kind: 'none' }, [['2020-01-01', 1]], '2099-12-31')).toBe(1);
	});

	it('a reduction ends with the entry it reduces, and never lowers another', () => {
		const facts = [
			fact('hazard.found', '2025-01-10', { severity: 'general', hazardId: 'old' }),
			fact('hazard.rectified', '2025-02-10', { onTime: true, hazardId: 'old' }),
			fact('hazard.found', '2025-12-01', { severity: 'general', hazardId: 'new' })
		];
		expect(evaluate(streetBase, facts, '2026-01-10').balance).toBe(75);
		expect(evaluate(streetBase, facts, '2026-01-11').balance).toBe(50);
	});
});
