import { lastDayOfMonths, type IsoDay } from './day.ts';
import type { Cycle } from './packSchema.ts';

/** The last day on which something of that day still counts; null: it counts for good. */
export type LastDay = (day: IsoDay) => IsoDay | null;

/**
 * How long entries count. Calendar year: to 31 December. Rolling months: each for that many months of its own.
 * From the first entry: an entry opens a cycle, those within it end with it, the next one after it opens another.
 * @param chargeDays the days of all charges, in order; only `first_entry` asks for them
 */
export function lastDayIn(cycle: Cycle, chargeDays: readonly IsoDay[]): LastDay {
	switch (cycle.kind) {
		case 'calendar_year':
			return (day) => `${day.slice(0, 4)}-12-31`;
		case 'rolling_months':
			return (day) => lastDayOfMonths(day, cycle.months);
		case 'first_entry':
			return lastDayFromFirst(chargeDays, cycle.months);
		case 'none':
			return () => null;
	}
}

function lastDayFromFirst(chargeDays: readonly IsoDay[], months: number): LastDay {
	const cycles: { from: IsoDay; last: IsoDay }[] = [];
	for (const day of chargeDays) {
		const current = cycles.at(-1);
		if (!current || day > current.last) cycles.push({ from: day, last: lastDayOfMonths(day, months) });
	}
	// Before any charge there is no cycle: what happened then (a credit) counts for months of its own.
	return (day) => cycles.findLast(({ from }) => from <= day)?.last ?? lastDayOfMonths(day, months);
}

export const countsOn = (lastDay: IsoDay | null, asOf: IsoDay): boolean =>
	lastDay === null || asOf <= lastDay;
