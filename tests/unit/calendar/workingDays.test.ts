import { describe, expect, test } from 'vitest';
import { addDays, daysBetween } from '#lib/calendar.ts';
import { addWorkingDays, holidayOn, isWorkingDay } from '#lib/calendar/workingDays.ts';
import { calendarYears } from '#lib/calendar/years.ts';

describe('a day is worked', () => {
	test.each([
		['a Monday', '2026-11-23', true],
		['a Saturday', '2026-11-21', false],
		['a Sunday that makes up for 国庆节', '2026-09-20', true],
		['a Saturday that makes up for 春节', '2026-02-14', true],
		['a Monday of 春节', '2026-02-16', false],
		['the first Friday of 中秋节', '2026-09-25', false],
		['the day after 国庆节', '2026-10-08', true],
		['a Wednesday of 国庆节 and 中秋节 in one', '2025-10-08', false]
	])('%s', (_, day, expected) => expect(isWorkingDay(day)).toEqual({ ok: true, value: expected }));
});

describe('seven working days', () => {
	test.each([
		['over one weekend', '2026-11-23', '2026-12-02'],
		['decided on a Friday', '2026-11-20', '2026-12-01'],
		['over 国庆节, with a Saturday that is worked', '2026-09-28', '2026-10-13'],
		['over 春节, which takes nine days and gives one back', '2026-02-12', '2026-02-28'],
		['over the turn of a year', '2025-12-29', '2026-01-08']
	])('%s', (_, from, until) => expect(addWorkingDays(from, 7)).toEqual({ ok: true, value: until }));

	test('are not guessed in a year whose holidays nobody has entered', () => {
		expect(addWorkingDays('2026-12-25', 7)).toEqual({ ok: false, unknownYear: 2027 });
		expect(isWorkingDay('2031-05-05')).toEqual({ ok: false, unknownYear: 2031 });
		expect(holidayOn('2031-05-01')).toBeNull();
	});
});

test('half a day or none is no period', () => {
	expect(() => addWorkingDays('2026-11-23', 0)).toThrow(/got 0 days/);
	expect(() => addWorkingDays('2026-11-23', 1.5)).toThrow(/got 1.5 days/);
});

test('every year names its notice, lies within itself, and makes up for days on weekends only', () => {
	for (const { year, source, holidays, worked } of calendarYears) {
		expect(source).toContain(`关于${year}年部分节假日安排的通知`);
		for (const { from, to } of holidays) {
			expect(daysBetween(from, to)).toBeGreaterThanOrEqual(0);
			expect([from, to].every((day) => day.startsWith(String(year)))).toBe(true);
		}
		for (const day of worked) {
			expect(holidayOn(day)).toBeNull();
			expect([0, 6]).toContain(new Date(`${day}T00:00:00Z`).getUTCDay());
		}
		// 法定工作日 of a year: 248 in 2025 and in 2026.
		const days = Array.from({ length: 365 }, (_, index) => addDays(`${year}-01-01`, index));
		expect(
			days.filter((day) => {
				const answer = isWorkingDay(day);
				return answer.ok && answer.value;
			})
		).toHaveLength(248);
	}
});
