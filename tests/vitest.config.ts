import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const root = new URL('..', import.meta.url).pathname;

// Two suites: `unit` is pure and fast; `database` runs every file on the backend named by MINGCHA_TEST_DATABASE.
export default defineConfig({
	plugins: [svelte()],
	root,
	test: {
		projects: [
			{
				extends: true,
				test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], environment: 'node' }
			},
			{
				extends: true,
				test: {
					name: 'database',
					include: ['tests/database/**/*.test.ts'],
					globalSetup: ['tests/database/support/globalSetup.ts'],
					environment: 'node',
					testTimeout: 60_000,
					hookTimeout: 120_000,
					fileParallelism: true,
					maxWorkers: 2
				}
			}
		]
	}
});
