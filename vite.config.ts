import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig, type Plugin } from 'vite';

/** What rolldown tells of a module when it shares modules out among files. */
interface Modules {
	getModuleInfo(id: string): { importedIds: string[] } | null;
}

const known = new Map<string, Set<string>>();

/** Whether a page needs a module before anything else is asked for: by way of what it imports at once. */
function isNeededBy(page: string, id: string, modules: Modules): boolean {
	const start = new URL(page, import.meta.url).pathname;
	// Server and browser get different modules of the same page.
	const key = [page, ...(modules.getModuleInfo(start)?.importedIds ?? [])].join();
	let needed = known.get(key);
	if (!needed) {
		known.set(key, (needed = new Set([start])));
		for (const each of needed) modules.getModuleInfo(each)?.importedIds.forEach((next) => needed!.add(next));
	}
	return needed.has(id);
}

/** Pages that strangers open, on whatever phone they have. */
const strangersPages = /\/src\/routes\/(o|t|v|tipoff)\/.*\.svelte\?.*type=style/;

/**
 * Svelte scopes with `:where()`, which no phone from before 2021 knows: it throws the whole rule away. On the pages of
 * strangers the class alone does.
 */
const scopesForOldPhones: Plugin = {
	name: 'scopes-for-old-phones',
	transform: {
		filter: { id: strangersPages },
		handler: (css) => css.replaceAll(/:where\((\.svelte-[a-z0-9]+)\)/g, '$1')
	}
};

export default defineConfig({
	plugins: [sveltekit(), scopesForOldPhones],
	// These carry WASM, native code or worker files of their own and are loaded by Node, never bundled.
	ssr: {
		external: [
			'@electric-sql/pglite',
			'@electric-sql/pglite-postgis',
			'@supabase/lite',
			'@myriaddreamin/typst-ts-node-compiler',
			'postgres',
			'pino'
		]
	},
	build: {
		target: 'es2022',
		// Styles reach further back than script: the pages of strangers work without it.
		cssTarget: ['chrome69', 'safari12.1'],
		rolldownOptions: {
			output: {
				// On a slow network fifty small files are fifty waits.
				codeSplitting: {
					groups: [
						{
							// What every page needs is one file …
							name: (id, modules) => (isNeededBy('src/routes/+layout.svelte', id, modules) ? 'frame' : null),
							priority: 3
						},
						{
							// … with what nearly every page needs …
							name: 'frame',
							test: /node_modules\/(svelte|@sveltejs|@lucide|intl-messageformat|@formatjs)\/|src\/lib\/(ui\/[^/]+|messages\/[^/]+|[^/]+)$/,
							minShareCount: 6,
							priority: 2
						},
						{
							// … and what the leader's first look shares with some others is a second one.
							name: (id, modules) => (isNeededBy('src/routes/+page.svelte', id, modules) ? 'overview' : null),
							minShareCount: 2,
							priority: 1
						}
					]
				}
			}
		}
	}
});
