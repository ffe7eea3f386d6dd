import type { BrowserContext, Page } from '@playwright/test';

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

/** Lets minutes pass on a page whose clock is held; each ends when the wall shows a newer answer. */
export async function passMinutes(page: Page, minutes: number): Promise<void> {
	const state = page.locator('.state');
	for (let minute = 0; minute < minutes; minute++) {
		const before = await state.getAttribute('data-read-at');
		await page.clock.runFor(61_000);
		for (let attempt = 1; (await state.getAttribute('data-read-at')) === before; attempt++) {
			// Not another minute: what is under way would run out of patience.
			if (attempt > 1_000) throw new Error('wall: got no newer answer in 20 s, expected one');
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
	}
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
