import { IntlMessageFormat } from 'intl-messageformat';
import type { Problem } from '../problem.ts';
import type { zhCN } from './zh-CN/index.ts';
import type { zhServer } from './zh-CN/server.ts';

/**
 * Interface texts. zh-CN is the source of the keys; `en` must have every one of them (the compiler checks).
 * Texts are ICU messages, so numbers and plurals are the library's business.
 */
export const locales = ['zh-CN', 'en'] as const;
export type Locale = (typeof locales)[number];
export type MessageKey = keyof typeof zhCN | keyof typeof zhServer;
export type Catalogue = Record<MessageKey, string>;
export type MessageValues = Record<string, string | number>;
export interface Translate {
	(key: MessageKey, values?: MessageValues): string;
	/** The language it speaks. */
	readonly locale: Locale;
}

export const defaultLocale: Locale = 'zh-CN';

/** The cookie in which a person's choice of language is kept. */
export const localeCookie = 'locale';

export const isLocale = (value: unknown): value is Locale => locales.includes(value as Locale);

/** The language to answer in, from the value of the cookie: Chinese unless another was chosen. */
export const resolveLocale = (cookie: string | undefined): Locale =>
	isLocale(cookie) ? cookie : defaultLocale;

/** Nothing but text and `{name}`: most of all. An ICU parser for each would take a slow phone's first second. */
const plainMessage = /^[^'{}]*(?:\{\w+\}[^'{}]*)*$/;

function fill(key: MessageKey, text: string, values: MessageValues = {}): string {
	return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
		if (values[name] === undefined)
			throw new RangeError(`messages: got no "${name}" for "${key}", expected one`);
		return String(values[name]);
	});
}

/** A translator for one catalogue. Messages without placeholders are returned as they stand. */
export function createTranslate(locale: Locale, catalogue: Catalogue): Translate {
	const parsed = new Map<MessageKey, IntlMessageFormat>();
	const translate = (key: MessageKey, values?: MessageValues): string => {
		const text = catalogue[key];
		if (text === undefined) throw new RangeError(`messages: got key "${key}", expected one of the catalogue`);
		if (!text.includes('{')) return text;
		if (plainMessage.test(text)) return fill(key, text, values);
		let message = parsed.get(key);
		if (!message) parsed.set(key, (message = new IntlMessageFormat(text, locale)));
		return String(message.format(values));
	};
	return Object.assign(translate, { locale });
}

/** How much of a language a page fetches: `first` is what the leaders' map says, on a slow phone in a hurry. */
export type Extent = 'first' | 'all';

/** Loads one language only: a page never ships both, nor what only the server says. */
export async function loadCatalogue(locale: Locale, extent: Extent = 'all'): Promise<Catalogue> {
	if (typeof window !== 'undefined') return (await shownTexts(locale, extent)) as Catalogue;
	const own =
		locale === 'en'
			? (await import('./en/server.ts')).enServer
			: (await import('./zh-CN/server.ts')).zhServer;
	return { ...(await shownTexts(locale, 'all')), ...own } as Catalogue;
}

async function shownTexts(locale: Locale, extent: Extent): Promise<Partial<Catalogue>> {
	if (extent === 'first')
		return locale === 'en'
			? (await import('./en/first.ts')).enFirst
			: (await import('./zh-CN/first.ts')).zhFirst;
	return locale === 'en' ? (await import('./en/index.ts')).en : (await import('./zh-CN/index.ts')).zhCN;
}

const translators = new Map<string, Promise<Translate>>();

/** The translator of a language, made once per process, or once per visit in a browser. */
export function loadTranslate(locale: Locale, extent: Extent = 'all'): Promise<Translate> {
	// Who has read another page has all texts; the map then needs no fewer.
	const whole = translators.get(`${locale} all`);
	if (whole) return whole;
	const name = `${locale} ${extent}`;
	let translator = translators.get(name);
	if (!translator) {
		translator = loadCatalogue(locale, extent).then((catalogue) => createTranslate(locale, catalogue));
		translators.set(name, translator);
		// A file that did not arrive is asked for again by the next page.
		translator.catch(() => translators.delete(name));
	}
	return translator;
}

/**
 * Details that problem texts may name. A text says with `select` what it reads when one is not known, because
 * a person who is told of a problem must never meet a second one.
 */
export const problemDetails = [
	'name',
	'accuracyMetres',
	'column',
	'distanceMetres',
	'expected',
	'got',
	'limitMegabytes',
	'line',
	'lines',
	'minutes',
	'number',
	'pid',
	'port'
] as const;

/** What happened, and what to do next: the two lines of a problem's text. */
export function problemText(translate: Translate, problem: Problem): { happened: string; next: string } {
	const unknown = Object.fromEntries(problemDetails.map((name) => [name, 'unknown']));
	const text = translate(`problem.${problem.code}`, { ...unknown, ...problem.details });
	const [happened = '', next = ''] = text.split('\n');
	return { happened, next };
}
