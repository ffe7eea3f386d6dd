/** A calendar day as `2026-11-30`. Such days compare as text. The engine knows no clock and no time zone. */
export type IsoDay = string;

const shape = /^(\d{4})-(\d{2})-(\d{2})$/;

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function monthLength(year: number, month: number): number {
	const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
	return month === 2 && isLeap ? 29 : monthLengths[month - 1]!;
}

/** True for a day that exists: 2024-02-29 does, 2026-02-29 does not. */
export function isDay(text: unknown): text is IsoDay {
	const parts = typeof text === 'string' ? shape.exec(text) : null;
	if (!parts) return false;
	const [year, month, date] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
	return year >= 1000 && month >= 1 && month <= 12 && date >= 1 && date <= monthLength(year, month);
}

export function assertDay(day: unknown, name: string): asserts day is IsoDay {
	if (!isDay(day)) throw new RangeError(`${name}: got ${JSON.stringify(day)}, expected a day YYYY-MM-DD`);
}

/** 2024-03-01 → 2024-02-29. */
export function dayBefore(day: IsoDay): IsoDay {
	assertDay(day, 'dayBefore');
	const [year, month, date] = [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8))];
	if (date > 1) return `${day.slice(0, 8)}${String(date - 1).padStart(2, '0')}`;
	if (month === 1) return `${String(year - 1).padStart(4, '0')}-12-31`;
	const last = monthLength(year, month - 1);
	return `${day.slice(0, 5)}${String(month - 1).padStart(2, '0')}-${last}`;
}

/**
 * The last day of a period of whole months that a day sets going. The day itself is not counted and the
 * same date is the last day; where that month has no such date, its last day is
 * (民法典第二百零一条、第二百零二条): 2024-02-29 and twelve months → 2025-02-28.
 */
export function lastDayOfMonths(day: IsoDay, months: number): IsoDay {
	assertDay(day, 'lastDayOfMonths');
	const monthIndex = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
	const year = Math.floor(monthIndex / 12);
	const month = (monthIndex % 12) + 1;
	const date = Math.min(Number(day.slice(8)), monthLength(year, month));
	return `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
}
