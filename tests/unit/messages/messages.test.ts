import { IntlMessageFormat } from 'intl-messageformat';
import { expect, test } from 'vitest';
import { en as enShown } from '#lib/messages/en/index.ts';
import {
	createTranslate,
	loadCatalogue,
	loadTranslate,
	locales,
	problemDetails,
	problemText,
	resolveLocale,
	type Catalogue,
	type MessageKey
} from '#lib/messages/index.ts';
import { zhCN as zhShown } from '#lib/messages/zh-CN/index.ts';
import { enServer } from '#lib/messages/en/server.ts';
import { zhServer } from '#lib/messages/zh-CN/server.ts';
import { problemStatus, type ProblemCode } from '#lib/problem.ts';

type Element = { type: number; value: string; options?: Record<string, { value: Element[] }> };

/** Names of all placeholders in a text, also inside plural and select. */
function placeholders(text: string, locale: string): string[] {
	const names = new Set<string>();
	const walk = (elements: Element[]): void => {
		for (const element of elements) {
			// 0 literal and 7 the # of a plural have no name; all others do.
			if (element.type !== 0 && element.type !== 7) names.add(element.value);
			for (const option of Object.values(element.options ?? {})) walk(option.value);
		}
	};
	walk(new IntlMessageFormat(text, locale).getAst() as Element[]);
	return [...names].sort();
}

/** What pages show, and what only the server says. */
const zhCN = { ...zhShown, ...zhServer };
const en = { ...enShown, ...enServer };
const keys = Object.keys(zhCN) as MessageKey[];
const codes = Object.keys(problemStatus) as ProblemCode[];
const catalogues: Record<string, Catalogue> = { 'zh-CN': zhCN, en };

test('every text exists in both languages, and neither has texts the other lacks', () => {
	expect(Object.keys(en).sort()).toEqual([...keys].sort());
	for (const key of keys)
		for (const locale of locales) expect(catalogues[locale]![key].trim(), key).not.toBe('');
});

test('a key begins with the name of its file, so that no two files can take the same key', async () => {
	const files = import.meta.glob<Record<string, Record<string, string>>>(
		['../../../src/lib/messages/*/*.ts', '!**/{first,index,server}.ts'],
		{ eager: true }
	);
	expect(Object.keys(files).length).toBeGreaterThanOrEqual(6);
	for (const [path, module] of Object.entries(files)) {
		const domain = path.match(/([^/]+)\.ts$/)![1]!;
		for (const texts of Object.values(module)) {
			for (const key of Object.keys(texts))
				expect(key.startsWith(`${domain}.`), `${path}: ${key}`).toBe(true);
		}
	}
});

test('both languages name the same placeholders', () => {
	for (const key of keys) expect(placeholders(en[key], 'en'), key).toEqual(placeholders(zhCN[key], 'zh-CN'));
});

test.each(codes)('problem %s says what happened and what to do next, in both languages', async (code) => {
	for (const locale of locales) {
		const { happened, next } = problemText(await loadTranslate(locale), { code });
		expect(happened.length).toBeGreaterThan(5);
		expect(next.length).toBeGreaterThan(5);
		expect(happened + next).not.toMatch(/操作失败|unknown|undefined|[{}]/);
		expect(catalogues[locale]![`problem.${code}`].split('\n')).toHaveLength(2);
	}
});

test('a problem text names only details that are declared', () => {
	for (const code of codes) {
		for (const name of placeholders(zhCN[`problem.${code}`], 'zh-CN'))
			expect(problemDetails, code).toContain(name);
	}
});

test('a problem tells its details where they are known', async () => {
	const zh = await loadTranslate('zh-CN');
	const english = await loadTranslate('en');
	const locked = { code: 'folder.locked', details: { pid: 4711 } } as const;
	expect(problemText(zh, locked).happened).toContain('另一个程序（进程 4711）');
	expect(problemText(english, locked).happened).toContain('another program (process 4711)');
	expect(problemText(zh, { code: 'folder.locked' }).happened).toContain('正被另一个程序使用');
	const suspect = { code: 'import.crs_suspect', details: { expected: 'gcj02', inside: 73 } } as const;
	expect(problemText(zh, suspect).next).toContain('很可能是 gcj02');
});

test('Chinese unless a known language was chosen', () => {
	expect(resolveLocale(undefined)).toBe('zh-CN');
	expect(resolveLocale('en')).toBe('en');
	expect(resolveLocale('fr')).toBe('zh-CN');
	expect(resolveLocale('../en')).toBe('zh-CN');
});

test('numbers and plurals follow the language', async () => {
	const english = await loadTranslate('en');
	expect(english('ui.files_chosen', { count: 1 })).toBe('1 file chosen');
	expect(english('ui.files_chosen', { count: 3 })).toBe('3 files chosen');
	expect((await loadTranslate('zh-CN'))('ui.files_chosen', { count: 3 })).toBe('已选 3 个文件');
});

test('a key that is not in the catalogue is a broken invariant and says which', async () => {
	const t = createTranslate('zh-CN', await loadCatalogue('zh-CN'));
	expect(() => t('common.nothing' as MessageKey)).toThrow('got key "common.nothing"');
});
