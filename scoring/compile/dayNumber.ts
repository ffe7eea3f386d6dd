import type { IsoDay } from '../value/day.ts';

const dayMilliseconds = 86_400_000;

/** Days since 1970-01-01 of a day that exists. */
export const dayNumber = (day: IsoDay): number => Date.parse(`${day}T00:00:00Z`) / dayMilliseconds;

export const isoDay = (number: number): IsoDay =>
	new Date(number * dayMilliseconds).toISOString().slice(0, 10);
