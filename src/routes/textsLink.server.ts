import { existsSync, readFileSync } from 'node:fs';
import { packageRoot } from '#lib/backend/packageRoot.server.ts';
import { locales, type Locale } from '#lib/messages/index.ts';
import { clientFiles } from '../commands/server/build.ts';

const links = new Map(locales.map((locale) => [locale, linkOf(locale)]));

/**
 * The texts of the page's language, fetched with its scripts: SvelteKit links only to what is imported at once, and the
 * page would wait for one file more before it is alive. Nothing where nothing was built (`npm run dev`).
 */
export const textsLink = (locale: Locale): string => links.get(locale) ?? '';

function linkOf(locale: Locale): string {
	const list = clientFiles(packageRoot());
	if (!existsSync(list)) return '';
	const files = JSON.parse(readFileSync(list, 'utf8')) as Record<string, { file: string }>;
	const file = files[`src/lib/messages/${locale}/index.ts`]?.file;
	return file ? `<link rel="modulepreload" href="/${file}" />` : '';
}
