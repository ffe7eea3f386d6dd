/**
 * Days are ISO dates (`2026-11-30`) in Asia/Shanghai; there is no clock here: "today" is an argument.
 * Shanghai has had no daylight saving since 1991, so a day is a fixed UTC+8 interval.
 */
export type IsoDate = string;

/** Whether a text is a day of the calendar, written as we write days. */
export const isIsoDate = (text: string | null | undefined): text is IsoDate =>
	text != null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

const dayMilliseconds = 86_400_000;
const shanghaiOffsetMilliseconds = 8 * 3_600_000;

/** The calendar day in Shanghai on which an instant falls. */
export function shanghaiDate(instant: Date | string): IsoDate {
	return new Date(new Date(instant).getTime() + shanghaiOffsetMilliseconds).toISOString().slice(0, 10);
}

/** The minute in Shanghai of an instant, as `2026-11-22 14:32`. */
export function shanghaiMinute(instant: Date | string): string {
	const shifted = new Date(new Date(instant).getTime() + shanghaiOffsetMilliseconds).toISOString();
	return `${shifted.slice(0, 10)} ${shifted.slice(11, 16)}`;
}

const epochDay = (day: IsoDate): number => {
	const milliseconds = Date.parse(`${day}T00:00:00Z`);
	if (Number.isNaN(milliseconds)) throw new RangeError(`calendar: got "${day}", expected YYYY-MM-DD`);
	return milliseconds / dayMilliseconds;
};

export const addDays = (day: IsoDate, days: number): IsoDate =>
	new Date((epochDay(day) + days) * dayMilliseconds).toISOString().slice(0, 10);

/** Whole days from one day to another; negative when `to` is earlier. */
export const daysBetween = (from: IsoDate, to: IsoDate): number => epochDay(to) - epochDay(from);

/** 11月30日 · used where the year is plain from the context. */
export function chineseMonthDay(day: IsoDate): string {
	const [, month, date] = day.split('-').map(Number);
	return `${month}月${date}日`;
}

/** 2026年11月30日, without leading zeros. */
export function chineseDate(day: IsoDate): string {
	const [year, month, date] = day.split('-').map(Number);
	return `${year}年${month}月${date}日`;
}
