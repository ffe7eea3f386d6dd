import { addDays, type IsoDate } from '#lib/calendar.ts';
import { evaluate, type Fact, type Hundredths, type Pack } from '#scoring';

/** The balance from a day on, until the next one. */
export interface HistoryPoint {
	day: IsoDate;
	balance: Hundredths;
}

/** Further back nobody looks, and an account with more changes than this is a crowd of dots. */
const mostDays = 730;
const mostPoints = 150;

/**
 * How the balance came to be what it is: under today's rules and with what is known today, on every day on which
 * something happened or lapsed. Starts with the day before the first fact, ends today. Empty without facts.
 */
export function accountHistory(pack: Pack, facts: readonly Fact[], today: IsoDate): HistoryPoint[] {
	if (facts.length === 0) return [];
	const { entries } = evaluate(pack, facts, today);
	const happened = facts.map(({ occurredOn }) => occurredOn).sort();
	const earliest = addDays(today, -mostDays);
	const before = addDays(happened[0]!, -1);
	const from = before < earliest ? earliest : before;
	const lapsed = entries.flatMap(({ lastDay }) => (lastDay === null ? [] : [addDays(lastDay, 1)]));
	const days = [...new Set([from, ...happened, ...lapsed, today])]
		.filter((day) => day >= from && day <= today)
		.sort();
	return days.slice(-mostPoints).map((day) => ({ day, balance: evaluate(pack, facts, day).balance }));
}
