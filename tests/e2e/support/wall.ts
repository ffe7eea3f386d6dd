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

/**
 * Lets minutes pass on a page whose clock is held; each ends when the wall shows a newer answer. An answer under way when
 * the minute jumps by may be given up, and is asked for again in the next one.
 */
export async function passMinutes(page: Page, minutes: number): Promise<void> {
	const state = page.locator('.state');
	const readAt = () => state.getAttribute('data-read-at');
	for (let minute = 0; minute < minutes; minute++) {
		const before = await readAt();
		for (let attempt = 1; (await readAt()) === before; attempt++) {
			if (attempt > 10) throw new Error(`wall: got "${await state.textContent()}", expected a newer answer`);
			await page.clock.runFor(61_000);
			for (let look = 0; look < 150 && (await readAt()) === before; look++)
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
