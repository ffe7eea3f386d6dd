import { IntlMessageFormat } from 'intl-messageformat';
import { zhCN } from './zh-CN/index.ts';

/**
 * Interface texts. zh-CN is the source of the keys; `en` must have every one of them (the compiler checks).
 * Texts are ICU messages, so numbers and plurals are the library's business.
 */
export const locales = ['zh-CN', 'en'] as const;
export type Locale = (typeof locales)[number];
export type MessageKey = keyof typeof zhCN;
export type Catalogue = Record<MessageKey, string>;
export type MessageValues = Record<string, string | number>;
export type Translate = (key: MessageKey, values?: MessageValues) => string;

export const isLocale = (value: unknown): value is Locale => locales.includes(value as Locale);

/** A translator for one catalogue. Messages without placeholders are returned as they stand. */
export function createTranslate(locale: Locale, catalogue: Catalogue): Translate {
	const parsed = new Map<MessageKey, IntlMessageFormat>();
	return (key, values) => {
		const text = catalogue[key];
		if (text === undefined) throw new RangeError(`messages: got key "${key}", expected one of the catalogue`);
		if (!text.includes('{')) return text;
		let message = parsed.get(key);
		if (!message) parsed.set(key, (message = new IntlMessageFormat(text, locale)));
		return String(message.format(values));
	};
}

/** Loads one language only: a page never ships both. */
export async function loadCatalogue(locale: Locale): Promise<Catalogue> {
	return locale === 'en' ? (await import('./en/index.ts')).en : zhCN;
}
