import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

export default defineConfig({
	plugins: [sveltekit()],
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
		rolldownOptions: {
			output: {
				// What nearly every page needs is one file: on a slow network fifty small ones are fifty waits.
				codeSplitting: {
					groups: [
						{
							name: 'frame',
							test: /node_modules\/(svelte|@sveltejs|@lucide|intl-messageformat|@formatjs)\/|src\/lib\/(ui\/[^/]+|messages\/[^/]+|[^/]+)$/,
							minShareCount: 6
						}
					]
				}
			}
		}
	}
});
