/**
 * The first look of a leader's phone: our overview beside the same figures without a map, and beside a plain page with
 * MapLibre over the same tiles. Slow 4G and a quarter of the processor as Lighthouse's mobile preset has them, nothing
 * kept from before, the pages in turn; the median of `RUNS` (5) visits.
 */
import { chromium, type Browser, type Page } from '@playwright/test';
import { boundsOf, type AreaBoundaries } from '#lib/area/boundary.ts';
import { openDevice } from '../e2e/support/fixtures.ts';
import { copySampleFolder } from '../e2e/support/sampleFolder.ts';
import { startServer } from '../e2e/support/server.ts';
import { installedChromium } from '../tools/systemPackages.ts';
import { comparedTimes, median, type Bench, type Comparison } from './bench.ts';
import { visit, type Visit } from './firstlook/measure.ts';
import { startPeers } from './firstlook/peers.ts';

const runs = Number(process.env.RUNS ?? 5);
/** performance.md */
const goals = { lcp: 1 / 1.3, tti: 3, tbt: 5, interactionMilliseconds: 100 };

const openBrowser = (): Promise<Browser> => {
	const executablePath = installedChromium();
	return chromium.launch({
		...(executablePath && { executablePath }),
		args: [
			...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
			// WebGL without a graphics card, for us and for the peer.
			'--use-angle=swiftshader',
			'--enable-unsafe-swiftshader',
			'--ignore-gpu-blocklist'
		]
	});
};

/** A band of the legend, once the map it stands under is there. */
async function tapLegend(page: Page): Promise<void> {
	const line = page.getByRole('navigation', { name: '图例' }).getByRole('link').first();
	await line.scrollIntoViewIfNeeded();
	await page.locator('.maplibregl-canvas').waitFor();
	await page.waitForLoadState('networkidle').catch(() => undefined);
	await page.waitForTimeout(3_000);
	// A finger alone: the driver's own tap looks first what lies under it, in the page's time.
	const { x, y, width, height } = (await line.boundingBox())!;
	await page.touchscreen.tap(x + width / 2, y + height / 2);
}

async function run(say: (line: string) => void): Promise<Comparison[]> {
	const server = await startServer(await copySampleFolder());
	const browser = await openBrowser();
	try {
		const { context, page } = await openDevice(browser, server, 'leader');
		const html = await (await context.request.get('/')).text();
		const storageState = await context.storageState();
		const cookie = storageState.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
		const areas = (await (await context.request.get('/api/areas?level=community')).json()) as AreaBoundaries;
		const peers = await startPeers({ url: server.url, cookie, html, page, bounds: boundsOf(areas)! });
		await page.goto('about:blank');
		const ours: Visit[] = [];
		const plain: Visit[] = [];
		const map: Visit[] = [];
		try {
			for (let turn = 0; turn < runs; turn++) {
				ours.push(await visit(browser, `${server.url}/`, storageState, tapLegend));
				plain.push(await visit(browser, peers.plain, undefined));
				map.push(await visit(browser, peers.map, undefined));
				for (const [name, visits] of Object.entries({ ours, plain, map }))
					say(`${name}: ${lineOf(visits.at(-1)!)}`);
			}
		} finally {
			await peers.close();
		}
		return compared(ours, plain, map);
	} finally {
		await browser.close();
		await server.stop();
	}
}

const lineOf = ({ lcp, tti, tbt, interaction }: Visit): string =>
	`LCP ${Math.round(lcp)}, TTI ${Math.round(tti)}, TBT ${Math.round(tbt)}` +
	(interaction === null ? '' : `, a tap ${Math.round(interaction)} ms`);

function compared(ours: readonly Visit[], plain: readonly Visit[], map: readonly Visit[]): Comparison[] {
	const middle = (visits: readonly Visit[], of: 'lcp' | 'tti' | 'tbt' | 'interaction') =>
		// Less than a millisecond is no measure of a ratio.
		Math.max(1, median(visits.map((each) => each[of] ?? 0)));
	const pair = (of: 'lcp' | 'tti' | 'tbt', peer: readonly Visit[]) => ({
		ours: middle(ours, of),
		peer: middle(peer, of),
		goal: Number(goals[of].toPrecision(4))
	});
	const tap = {
		ours: middle(ours, 'interaction'),
		peer: goals.interactionMilliseconds,
		goal: 1
	};
	return [
		comparedTimes('firstlook', 'the same figures without a map', pair('lcp', plain), 'ms to LCP'),
		comparedTimes('firstlook', 'plain MapLibre page', pair('tti', map), 'ms to TTI'),
		comparedTimes('firstlook', 'plain MapLibre page', pair('tbt', map), 'ms of TBT'),
		comparedTimes('firstlook', 'the most that feels at once', tap, 'ms from a tap to its paint')
	];
}

export const bench: Bench = { name: 'firstlook', run };
