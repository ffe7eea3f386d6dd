import { addDays, daysBetween, type IsoDate } from '../calendar.ts';
import { calendarYears, type CalendarYear } from './years.ts';

/**
 * What a period counts. 自然日 for what an inspector orders to be put right (a day is chosen, and it is meant); 工作日
 * where the law says so: the short periods of 行政处罚法 (第八十五条) and 行政复议法 (第八十八条).
 */
export type CountedDays = 'calendar' | 'working';

/** 处罚决定公示: within seven working days of the decision (安全生产法第七十八条; 行政处罚法第八十五条: 工作日). */
export const publicationPeriod = { days: 7, counts: 'working' } as const satisfies {
	days: number;
	counts: CountedDays;
};

/** Counted, or the year that stood in the way: told as `calendar.unknown_year`. */
export type Counted<Value> = { ok: true; value: Value } | { ok: false; unknownYear: number };

/** Saturday or Sunday. */
const isWeekend = (day: IsoDate): boolean => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());

const yearOf = (day: IsoDate): CalendarYear | undefined =>
	calendarYears.find(({ year }) => year === Number(day.slice(0, 4)));

/** 国庆节; null for any other day, also in a year that nobody has entered. */
export const holidayOn = (day: IsoDate): string | null =>
	yearOf(day)?.holidays.find(({ from, to }) => daysBetween(from, day) >= 0 && daysBetween(day, to) >= 0)
		?.name ?? null;

/** Of a year whose holidays nobody has entered nothing is said. */
export function isWorkingDay(day: IsoDate): Counted<boolean> {
	const arranged = yearOf(day);
	if (!arranged) return { ok: false, unknownYear: Number(day.slice(0, 4)) };
	const value = arranged.worked.includes(day) || (!isWeekend(day) && holidayOn(day) === null);
	return { ok: true, value };
}

/**
 * The last day of a period of working days. The day from which it runs is not counted.
 * @param days at least 1
 * @returns the year where the period reaches into one that nobody has entered.
 */
export function addWorkingDays(from: IsoDate, days: number): Counted<IsoDate> {
	if (!Number.isInteger(days) || days < 1)
		throw new RangeError(`addWorkingDays: got ${days} days, expected a whole number from 1 on`);
	let day = from;
	for (let left = days; left > 0;) {
		day = addDays(day, 1);
		const worked = isWorkingDay(day);
		if (!worked.ok) return worked;
		if (worked.value) left -= 1;
	}
	return { ok: true, value: day };
}
