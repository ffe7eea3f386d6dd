import { chineseDate, chineseMonthDay, type IsoDate } from '../calendar.ts';
import type { Locale, Translate } from './index.ts';

/** 2026年11月30日 · 30 Nov 2026, in the language that the page speaks. */
export function dateText(day: IsoDate, { locale }: Pick<Translate, 'locale'>): string {
	if (locale === 'zh-CN') return chineseDate(day);
	const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });
	return format.format(new Date(`${day}T00:00:00Z`));
}

/** 11月30日 · 30 Nov; with its year when that is another one than today's. */
export function dayText(day: IsoDate, locale: Locale, today?: IsoDate): string {
	const hasYear = today !== undefined && day.slice(0, 4) !== today.slice(0, 4);
	if (locale === 'zh-CN') return hasYear ? chineseDate(day) : chineseMonthDay(day);
	const year = hasYear ? 'numeric' : undefined;
	const format = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year, timeZone: 'UTC' });
	return format.format(new Date(`${day}T00:00:00Z`));
}
