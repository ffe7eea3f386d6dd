import type { Fact } from '../fact/fact.ts';
import type { Cycle } from '../pack/packSchema.ts';
import { dayBefore, lastDayOfMonths, type IsoDay } from '../value/day.ts';

/** The last day on which something that a fact wrote still counts; null: it counts for good. */
export type LastDay = (fact: Fact) => IsoDay | null;

/**
 * How long entries count. Calendar year: to 31 December. Rolling months: each for that many months of its own.
 * From the first entry: an entry opens a cycle, those within it end with it, the next one after it opens another.
 * Per inspection: until the day before the next inspection's first fact.
 * @param openers in the order of reading: for `first_entry` the charges, for `per_inspection` all that belongs
 * to an inspection; the other kinds of cycle do not ask for them
 */
export function lastDayIn(cycle: Cycle, openers: readonly Fact[]): LastDay {
	switch (cycle.kind) {
		case 'calendar_year':
			return ({ occurredOn }) => `${occurredOn.slice(0, 4)}-12-31`;
		case 'rolling_months':
			return ({ occurredOn }) => lastDayOfMonths(occurredOn, cycle.months);
		case 'first_entry':
			return lastDayFromFirst(openers, cycle.months);
		case 'per_inspection':
			return lastDayOfInspection(openers, cycle.by);
		case 'none':
			return () => null;
	}
}

function lastDayFromFirst(charges: readonly Fact[], months: number): LastDay {
	const cycles: { from: IsoDay; last: IsoDay }[] = [];
	for (const { occurredOn: day } of charges) {
		const current = cycles.at(-1);
		if (!current || day > current.last) cycles.push({ from: day, last: lastDayOfMonths(day, months) });
	}
	// Before any charge there is no cycle: what happened then (a credit) counts for months of its own.
	return ({ occurredOn }) =>
		cycles.findLast(({ from }) => from <= occurredOn)?.last ?? lastDayOfMonths(occurredOn, months);
}

function lastDayOfInspection(openers: readonly Fact[], by: string): LastDay {
	const first = new Map(openers.toReversed().map((fact) => [fact.data[by], fact]));
	const inspections = openers.filter((fact) => first.get(fact.data[by]) === fact);
	const placeOf = new Map(inspections.map(({ data }, place) => [data[by], place]));
	return ({ data, occurredOn }) => {
		// What names no inspection (a band's confirmation) belongs to the one that was the latest on its day.
		const place =
			placeOf.get(data[by]) ?? inspections.findLastIndex((other) => other.occurredOn <= occurredOn);
		const next = inspections[place + 1];
		return next ? dayBefore(next.occurredOn) : null;
	};
}

export const countsOn = (lastDay: IsoDay | null, asOf: IsoDay): boolean =>
	lastDay === null || asOf <= lastDay;
