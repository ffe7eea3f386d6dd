import { existsSync, readFileSync } from 'node:fs';
import { packageRoot } from '#lib/backend/packageRoot.server.ts';
import type { Extent, Locale } from '#lib/messages/index.ts';
import { clientFiles } from '../commands/server/build.ts';

const entries: Record<Extent, string> = { first: 'first.ts', all: 'index.ts' };
let built: Record<string, { file: string; imports?: string[] }> | undefined;

/**
 * The texts of the page's language, fetched with its scripts: SvelteKit links only to what is imported at once, and the
 * page would wait for one file more before it is alive. Nothing where nothing was built (`npm run dev`).
 */
export function textsLink(locale: Locale, extent: Extent): string {
	built ??= readBuilt();
	const entry = built[`src/lib/messages/${locale}/${entries[extent]}`];
	if (!entry) return '';
	const files = [entry.file, ...(entry.imports ?? []).map((name) => built![name]!.file)];
	return files.map((file) => `<link rel="modulepreload" href="/${file}" />`).join('');
}

function readBuilt(): NonNullable<typeof built> {
	const list = clientFiles(packageRoot());
	return existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : {};
}
