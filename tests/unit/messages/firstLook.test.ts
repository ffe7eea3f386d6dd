import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { zhFirst } from '#lib/messages/zh-CN/first.ts';
import { zhCN } from '#lib/messages/zh-CN/index.ts';
import { problemStatus } from '#lib/problem.ts';

const source = join(import.meta.dirname, '../../../src');
const routes = join(source, 'routes');
const texts = join(source, 'lib/messages/');
const keys = Object.keys(zhCN);

/** Every file of ours that the map page brings into a browser. */
function importsOf(entries: string[]): string[] {
	const found = new Set<string>();
	const todo = [...entries];
	for (let file = todo.pop(); file; file = todo.pop()) {
		if (found.has(file) || file.startsWith(texts)) continue;
		found.add(file);
		// Types weigh nothing.
		const text = readFileSync(file, 'utf8').replaceAll(/import type [^;]*;/g, '');
		for (const [, name] of text.matchAll(/(?:from|import\(?)\s*'([.#$][^']+)'/g)) {
			const path = name!.startsWith('.')
				? join(dirname(file), name!)
				: name!.replace(/^[#$]lib/, `${source}/lib`);
			if (path.startsWith(source) && existsSync(path) && /\.(ts|svelte)$/.test(path)) todo.push(path);
		}
	}
	return [...found];
}

/** Texts a file names: in full, or by the beginning of `` `domain.${…}` ``. Kinds of events and codes of problems look alike. */
function textsIn(file: string): string[] {
	const text = readFileSync(file, 'utf8').replaceAll(/kind === '[^']+'/g, '');
	const whole = [...text.matchAll(/'([a-z]+\.[\w.]+)'/g)].map(([, key]) => key!);
	const begun = [...text.matchAll(/`([a-z]+\.[\w.]*)\$\{/g)].map(([, start]) => start!);
	return [
		...whole.filter((key) => keys.includes(key) && !(key in problemStatus)),
		...begun.flatMap((start) => keys.filter((key) => key.startsWith(start)))
	];
}

test('the texts that the map page fetches hold every text its scripts can say', () => {
	const files = importsOf(
		['+page.svelte', '+layout.svelte', '+layout.ts', '+error.svelte'].map((name) => join(routes, name))
	);
	expect(files.length).toBeGreaterThan(80);
	const said = files.flatMap((file) =>
		textsIn(file).map((key) => ({ key, file: file.slice(source.length + 1) }))
	);
	expect(said.length).toBeGreaterThan(200);
	expect(said.filter(({ key }) => !(key in zhFirst))).toEqual([]);
});
