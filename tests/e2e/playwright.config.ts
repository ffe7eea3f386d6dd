import { defineConfig } from '@playwright/test';
import { installedChromium } from '../tools/systemPackages.ts';

const executablePath = installedChromium();
const isRoot = process.getuid?.() === 0;

/** One worker: the story is told by several people on one server, and the machine has two cores. */
export default defineConfig({
	testDir: '.',
	testMatch: '**/*.e2e.ts',
	outputDir: '../../test-results',
	globalSetup: './support/prepare.ts',
	workers: 1,
	// On a busy machine a browser may miss its time once; what fails twice has failed.
	retries: process.env.CI ? 1 : 0,
	timeout: 120_000,
	expect: { timeout: 15_000 },
	// `npm test` counts from the JSON report; alone, the list is enough.
	reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ? [['list'], ['json']] : [['list']],
	use: {
		locale: 'zh-CN',
		timezoneId: 'Asia/Shanghai',
		actionTimeout: 20_000,
		// A trace is a tenth of the time: where a failed test is repeated, it is kept of the repetition.
		trace: process.env.CI ? 'on-first-retry' : 'retain-on-failure',
		launchOptions: {
			...(executablePath && { executablePath }),
			args: [
				...(isRoot ? ['--no-sandbox'] : []),
				'--disable-background-networking',
				'--disable-component-update',
				'--disable-sync',
				'--no-first-run',
				'--disable-quic',
				// WebGL in software, so that the map draws without a graphics card.
				'--use-angle=swiftshader',
				'--enable-unsafe-swiftshader',
				'--ignore-gpu-blocklist',
				// The pages around the map are painted by the processor itself: through software WebGL they cost twice a map page's time.
				'--disable-gpu-compositing'
			]
		}
	}
});
