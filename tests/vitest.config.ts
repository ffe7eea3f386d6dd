import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const root = new URL('..', import.meta.url).pathname;

/** Those that start servers and fill folders, a minute and more each: begun last, one of them would run alone at the end. */
const longest = ['commands/terminal', 'crash/crash', 'assessment/swap', 'backend/dataFolder'];
const placeOf = ({ moduleId }: TestSpecification): number => {
	const place = longest.findIndex((name) => moduleId.endsWith(`${name}.test.ts`));
	return place === -1 ? longest.length : place;
};
class LongestFirst extends BaseSequencer {
	override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
		return (await super.sort(files)).toSorted((a, b) => placeOf(a) - placeOf(b));
	}
}

// Two suites: `unit` is pure and fast; `database` runs every file on the backend named by MINGCHA_TEST_DATABASE.
export default defineConfig({
	plugins: [svelte()],
	root,
	test: {
		sequence: { sequencer: LongestFirst },
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
					// bcrypt at its usual cost takes a quarter of a second an account, and every file makes a dozen.
					env: { LITE_AUTH_BCRYPT_COST: '4' },
					testTimeout: 60_000,
					hookTimeout: 120_000,
					fileParallelism: true,
					maxWorkers: 2
				}
			}
		]
	}
});
