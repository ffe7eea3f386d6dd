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
	build: { target: 'es2022' }
});
