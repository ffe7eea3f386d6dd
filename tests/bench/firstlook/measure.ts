import type { Browser, BrowserContextOptions, Page } from '@playwright/test';

/** What one visit to a page cost, in milliseconds from the start of its navigation. */
export interface Visit {
	/** Largest contentful paint (web.dev/articles/lcp). */
	lcp: number;
	/** Time to interactive (web.dev/articles/tti). */
	tti: number;
	/** Total blocking time: what long tasks between first paint and TTI are longer than 50 ms (web.dev/articles/tbt). */
	tbt: number;
	/** From a tap to the paint that follows, as the event timing of the browser says; null: nothing was tapped. */
	interaction: number | null;
}

/** As Lighthouse's mobile preset names them: a slow 4G and a phone a quarter as fast. */
const network = {
	latency: 150,
	downloadThroughput: (1.6 * 1024 * 1024) / 8,
	uploadThroughput: (750 * 1024) / 8
};
const cpuSlowdown = 4;
/** TTI ends with so long a time without a long task and with at most two requests under way. */
const quietMilliseconds = 5_000;
const requestsAllowed = 2;
const patienceMilliseconds = 120_000;

export const phone = {
	viewport: { width: 412, height: 823 },
	deviceScaleFactor: 1.75,
	isMobile: true,
	hasTouch: true
};

interface Seen {
	firstPaint: number;
	lcp: number;
	tasks: { start: number; duration: number }[];
	events: number[];
	now: number;
}

/** Runs in the page before anything of it. */
function watch(): void {
	const seen = { firstPaint: 0, lcp: 0, tasks: [], events: [] } as unknown as Seen;
	(globalThis as unknown as { firstLook: Seen }).firstLook = seen;
	const observe = (type: string, take: (entry: PerformanceEntry) => void, more = {}) =>
		new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({
			type,
			buffered: true,
			...more
		});
	observe('paint', ({ name, startTime }) => {
		if (name === 'first-contentful-paint') seen.firstPaint = startTime;
	});
	observe('largest-contentful-paint', ({ startTime }) => (seen.lcp = startTime));
	observe('longtask', ({ startTime, duration }) => seen.tasks.push({ start: startTime, duration }));
	observe(
		'event',
		({ duration, name }) => /^(click|pointer(up|down))$/.test(name) && seen.events.push(duration),
		{
			durationThreshold: 16
		}
	);
}

/** Requests under way over time, as the browser tells them; a stream that stays open is one of them for good. */
class Traffic {
	readonly #open = new Set<string>();
	#busySince: number | null = null;
	/** Spans in which more than two were under way. */
	readonly #busy: { from: number; to: number }[] = [];

	start(id: string): void {
		this.#open.add(id);
		if (this.#open.size > requestsAllowed) this.#busySince ??= performance.now();
	}

	end(id: string): void {
		this.#open.delete(id);
		if (this.#open.size > requestsAllowed || this.#busySince === null) return;
		this.#busy.push({ from: this.#busySince, to: performance.now() });
		this.#busySince = null;
	}

	/** @param zero when the navigation started, by this clock */
	busy(zero: number): { start: number; end: number }[] {
		const open = this.#busySince === null ? [] : [{ from: this.#busySince, to: Infinity }];
		return [...this.#busy, ...open].map(({ from, to }) => ({ start: from - zero, end: to - zero }));
	}
}

/** The end of the last long task before the first quiet time after the first paint; null: it has not been quiet yet. */
function interactiveAt(
	{ firstPaint, tasks, now }: Seen,
	busy: { start: number; end: number }[]
): number | null {
	const long = tasks.map(({ start, duration }) => ({ start, end: start + duration }));
	let quietFrom = firstPaint;
	for (const { start, end } of [...long, ...busy].toSorted((a, b) => a.start - b.start)) {
		if (start - quietFrom >= quietMilliseconds) break;
		quietFrom = Math.max(quietFrom, end);
	}
	if (now - quietFrom < quietMilliseconds) return null;
	return Math.max(firstPaint, ...long.filter(({ end }) => end <= quietFrom).map(({ end }) => end));
}

/** One visit with nothing kept from before. @param tap what is tapped once the page is quiet */
export async function visit(
	browser: Browser,
	address: string,
	storageState: BrowserContextOptions['storageState'],
	tap?: (page: Page) => Promise<void>
): Promise<Visit> {
	const context = await browser.newContext({
		...phone,
		locale: 'zh-CN',
		...(storageState && { storageState })
	});
	try {
		const page = await context.newPage();
		const devtools = await context.newCDPSession(page);
		await devtools.send('Network.enable');
		await devtools.send('Network.emulateNetworkConditions', { offline: false, ...network });
		await devtools.send('Emulation.setCPUThrottlingRate', { rate: cpuSlowdown });
		const traffic = new Traffic();
		devtools.on('Network.requestWillBeSent', ({ requestId }) => traffic.start(requestId));
		for (const event of ['Network.loadingFinished', 'Network.loadingFailed'] as const)
			devtools.on(event, ({ requestId }) => traffic.end(requestId));
		await page.addInitScript(watch);
		await page.goto(address, { waitUntil: 'commit' });
		const { seen, tti } = await untilQuiet(page, traffic);
		const blocking = seen.tasks
			.filter(({ start, duration }) => start >= seen.firstPaint && start + duration <= tti)
			.map(({ duration }) => duration - 50);
		const interaction = tap ? await tapped(page, tap) : null;
		return { lcp: seen.lcp, tti, tbt: blocking.reduce((sum, each) => sum + each, 0), interaction };
	} finally {
		await context.close();
	}
}

const look = (page: Page): Promise<Seen & { origin: number }> =>
	page.evaluate(() => ({
		...(globalThis as unknown as { firstLook: Seen }).firstLook,
		now: performance.now(),
		origin: performance.timeOrigin
	}));

async function untilQuiet(page: Page, traffic: Traffic): Promise<{ seen: Seen; tti: number }> {
	for (const started = Date.now(); Date.now() - started < patienceMilliseconds;) {
		await page.waitForTimeout(1_000);
		const { origin, ...seen } = await look(page);
		const tti =
			seen.firstPaint > 0 ? interactiveAt(seen, traffic.busy(origin - performance.timeOrigin)) : null;
		if (tti !== null) return { seen, tti };
	}
	throw new Error(`${page.url()}: got no quiet time within ${patienceMilliseconds} ms, expected one`);
}

async function tapped(page: Page, tap: (page: Page) => Promise<void>): Promise<number> {
	await page.evaluate(() => ((globalThis as unknown as { firstLook: Seen }).firstLook.events.length = 0));
	await tap(page);
	await page.waitForTimeout(1_500);
	const { events } = await look(page);
	// The browser does not tell of what took less than a frame.
	return Math.max(16, ...events);
}
