import type { BrowserContext, Page, Request } from '@playwright/test';

/** A lead of a device at this place, as its form sends it: one event for who watches. */
export async function recordAlarm(
	context: BrowserContext,
	origin: string,
	enterpriseId: string,
	device: string
): Promise<void> {
	const path = `/enterprises/${enterpriseId}/alarms?/record`;
	const alarmedAt = new Date(Date.now() + 8 * 3_600_000 - 60_000).toISOString().slice(0, 16);
	const answer = await context.request.post(path, {
		form: { id: crypto.randomUUID(), device, kind: '可燃气体报警', alarmedAt, note: '' },
		headers: { origin, accept: 'text/html' },
		maxRedirects: 0
	});
	if (answer.status() !== 303)
		throw new Error(`alarm: got ${answer.status()} ${await answer.text()}, expected 303`);
}

/** Shorter than the wall's patience with an answer, whose clock is held, too. */
const stepMilliseconds = 15_250;

/** Lets minutes pass on a page whose clock is held; in each of them the wall gets a newer answer. */
export async function passMinutes(page: Page, minutes: number): Promise<void> {
	const state = page.locator('.state');
	const underWay = new Set<Request>();
	const begun = (request: Request) => request.url().endsWith('/api/screen') && underWay.add(request);
	const ended = (request: Request) => underWay.delete(request);
	const until = async (isDone: () => boolean | Promise<boolean>) => {
		for (let look = 0; look < 2_000 && !(await isDone()); look++)
			await new Promise((resolve) => setTimeout(resolve, 10));
	};
	page.on('request', begun).on('requestfinished', ended).on('requestfailed', ended);
	for (let minute = 0; minute < minutes; minute++) {
		const before = await state.getAttribute('data-read-at');
		for (let step = 0; step < 4; step++) {
			await page.clock.runFor(stepMilliseconds);
			await until(() => underWay.size === 0);
		}
		const isNewer = async () => (await state.getAttribute('data-read-at')) !== before;
		await until(isNewer);
		if (!(await isNewer()))
			throw new Error(`wall: got "${await state.textContent()}" after a minute, expected a newer answer`);
	}
	page.off('request', begun).off('requestfinished', ended).off('requestfailed', ended);
}

/** What a page holds once everything that can be let go is gone. */
export async function heapOf(context: BrowserContext, page: Page): Promise<{ bytes: number; nodes: number }> {
	const session = await context.newCDPSession(page);
	await session.send('HeapProfiler.enable');
	for (let time = 0; time < 3; time++) await session.send('HeapProfiler.collectGarbage');
	const { usedSize } = await session.send('Runtime.getHeapUsage');
	const { nodes } = await session.send('Memory.getDOMCounters');
	await session.detach();
	return { bytes: usedSize, nodes };
}
