import { addDays, daysBetween, type IsoDate } from '#lib/calendar.ts';

/** A period of whole days, both ends included. */
export interface Period {
	from: IsoDate;
	to: IsoDate;
}

export const periodKinds = ['week', 'month', 'last_month', 'year', 'custom'] as const;
export type PeriodKind = (typeof periodKinds)[number];

export interface ChosenPeriod extends Period {
	kind: PeriodKind;
}

/** Two years of days is what the history page can show; more would be a report, not a look. */
const longestDays = 1_100;

const isDay = (text: string | null): text is IsoDate =>
	text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));

/**
 * The period an address asks for: `?period=week|month|last_month|year`, or `?from=&to=`. 近30天 unless something else is
 * said well: a crossed, unreadable or endless period is as good as none.
 */
export function periodFrom(query: Pick<URLSearchParams, 'get'>, today: IsoDate): ChosenPeriod {
	const [from, to] = [query.get('from'), query.get('to')];
	if (isDay(from) && isDay(to) && from <= to && daysBetween(from, to) < longestDays)
		return { kind: 'custom', from, to };
	const kind = query.get('period');
	if (kind === 'week') return { kind, from: addDays(today, -6), to: today };
	if (kind === 'last_month') {
		const to = addDays(`${today.slice(0, 7)}-01`, -1);
		return { kind, from: `${to.slice(0, 7)}-01`, to };
	}
	if (kind === 'year') return { kind, from: `${today.slice(0, 4)}-01-01`, to: today };
	return { kind: 'month', from: addDays(today, -29), to: today };
}

/** The month that a period is, by its first day; null: it is not exactly one. */
export const monthOf = ({ from, to }: Period): IsoDate | null =>
	from.endsWith('-01') && from.slice(0, 7) === to.slice(0, 7) && addDays(to, 1).endsWith('-01') ? from : null;

/** The period that one is compared with: of a calendar month the one before, otherwise as many days just before. */
export function previousPeriod(period: Period): Period {
	const to = addDays(period.from, -1);
	return monthOf(period) === null
		? { from: addDays(to, -daysBetween(period.from, period.to)), to }
		: { from: `${to.slice(0, 7)}-01`, to };
}

/** What goes into a link so that the next page shows the same period. */
export const periodQuery = ({ kind, from, to }: ChosenPeriod): Record<string, string | null> => ({
	period: kind === 'custom' || kind === 'month' ? null : kind,
	from: kind === 'custom' ? from : null,
	to: kind === 'custom' ? to : null
});
