import type { ScreenContent } from '#lib/live/screen/screen.ts';
import { expect, openDevice, test } from './support/fixtures.ts';
import { readEnterprises } from './support/visit.ts';
import { heapOf, passMinutes, recordAlarm } from './support/wall.ts';

const wallSize = { width: 1920, height: 1080 };
/** As many as `recent_changes` gives. */
const shownChanges = 8;

test('the wall keeps itself right: a change elsewhere, a lost connection', async ({ browser, server }) => {
	const { context, page } = await openDevice(browser, server, 'leader', { isPhone: false, opensHome: false });
	const inspector = await openDevice(browser, server, 'inspector', { opensHome: false });
	await page.setViewportSize(wallSize);
	await page.goto('/screen');
	await expect(page.getByText(/实时 · 更新/)).toBeVisible();

	// Nothing is cut off, nothing scrolls, nothing is too small to be read at five metres (2.2 vh).
	const { overflow, small } = await page.evaluate(() => ({
		overflow: document.documentElement.scrollHeight - innerHeight,
		small: [...document.querySelectorAll<HTMLElement | SVGElement>('.wall *')]
			.filter((one) =>
				[...one.childNodes].some((node) => node.nodeType === 3 && node.textContent!.trim() !== '')
			)
			.filter((one) => one.getBoundingClientRect().width > 0)
			.map((one) => {
				const scale = one instanceof SVGGraphicsElement ? one.getScreenCTM()!.a : 1;
				return {
					text: one.textContent!.trim(),
					pixels: Number.parseFloat(getComputedStyle(one).fontSize) * scale
				};
			})
			.filter(({ pixels }) => pixels < 0.0219 * innerHeight)
	}));
	expect([overflow, small]).toEqual([0, []]);

	const [site] = await readEnterprises(inspector.context);
	await recordAlarm(inspector.context, server.url, site!.id, '燃气探头一');
	await expect(page.getByText(site!.name, { exact: true })).toBeVisible({ timeout: 10_000 });
	await expect(page.getByText('设备报警线索').first()).toBeVisible();

	await page.route('**/api/screen', (route) => route.abort());
	await recordAlarm(inspector.context, server.url, site!.id, '燃气探头二');
	await expect(page.getByText(/连接中断，数据截至 \d\d:\d\d:\d\d/)).toBeVisible();
	await page.unroute('**/api/screen');
	await recordAlarm(inspector.context, server.url, site!.id, '燃气探头三');
	await expect(page.getByText(/实时 · 更新/)).toBeVisible();
	await inspector.context.close();
	await context.close();
});

test('after hours of it the wall holds no more than before, and it says what to do when the session ends', async ({
	browser,
	server
}) => {
	test.setTimeout(300_000);
	const { context, page } = await openDevice(browser, server, 'leader', { isPhone: false, opensHome: false });
	const inspector = await openDevice(browser, server, 'inspector', { opensHome: false });
	await page.setViewportSize(wallSize);
	await page.clock.install();
	await page.goto('/screen');
	const [site] = await readEnterprises(inspector.context);
	const day = page.locator('.clock span');
	const first = await day.textContent();
	// The list of changes is full from the first measure on, so that it does not grow between the two.
	for (let line = 0; line < shownChanges; line++)
		await recordAlarm(inspector.context, server.url, site!.id, `探头先 ${line}`);
	await passMinutes(page, 8);
	const before = await heapOf(context, page);
	for (let round = 0; round < 2; round++) {
		await recordAlarm(inspector.context, server.url, site!.id, `探头 ${round}`);
		await passMinutes(page, 8);
	}
	const after = await heapOf(context, page);
	expect(after.nodes).toBeLessThanOrEqual(before.nodes * 1.02);
	expect(after.bytes).toBeLessThanOrEqual(before.bytes * 1.05);
	console.log(`    wall: ${before.bytes} bytes, 16 refreshes later ${after.bytes}; ${after.nodes} nodes`);

	// The clock of the wall is the server's, which does not jump: the day is still the same.
	expect(await day.textContent()).toBe(first);
	await context.clearCookies();
	// A refresh that was under way when the minute passed lets the next one tell.
	await expect(async () => {
		await page.clock.runFor(61_000);
		await expect(page.getByText(/登录已结束，数据截至/)).toBeVisible({ timeout: 3_000 });
	}).toPass({ timeout: 30_000 });
	await expect(page.getByRole('link', { name: '去登录' })).toHaveAttribute('href', '/sign-in?next=/screen');
	await inspector.context.close();
	await context.close();
});

test('the wall goes into another day and into another build by itself', async ({ browser, server }) => {
	const { context, page } = await openDevice(browser, server, 'leader', { isPhone: false, opensHome: false });
	let answer: (content: ScreenContent) => ScreenContent = (content) => content;
	let asked = 0;
	await page.route('**/api/screen', async (route) => {
		const response = await route.fetch();
		asked++;
		await route.fulfill({ response, json: answer((await response.json()) as ScreenContent) });
	});
	await page.setViewportSize(wallSize);
	await page.clock.install();
	await page.goto('/screen');
	const day = page.locator('.clock span');
	const today = (await day.textContent())!;

	// Ten seconds before midnight by the server's clock: an answer is there at once, not after the minute it else takes.
	const [eve, next] = [
		`${today}T15:59:50Z`,
		new Date(Date.parse(today) + 86_400_000).toISOString().slice(0, 10)
	];
	answer = (content) => ({ ...content, overview: { ...content.overview, at: eve } });
	// A minute that passed before the page was alive has asked nothing.
	await expect(async () => {
		await page.clock.runFor(61_000);
		await expect(page.locator('.state')).toHaveAttribute('data-read-at', String(Date.parse(eve)), {
			timeout: 3_000
		});
	}).toPass({ timeout: 30_000 });
	await expect(day).toHaveText(today);
	answer = (content) => ({ ...content, overview: { ...content.overview, at: `${today}T16:00:01Z` } });
	const before = asked;
	await page.clock.runFor(14_000);
	await expect(page.locator('.state')).toContainText('00:00:01');
	await expect(day).toHaveText(next);
	expect(asked).toBe(before + 1);

	// Another build answers while its pages are not there yet: the wall stays, and goes once they are.
	const isOfThisPage = () => page.evaluate(() => 'ofThisPage' in globalThis);
	await page.evaluate(() => Object.assign(globalThis, { ofThisPage: true }));
	await page.route('**/screen', (route) => route.fulfill({ status: 502, body: 'Bad Gateway' }));
	answer = (content) => ({ ...content, version: 'another' });
	await page.clock.runFor(61_000);
	await expect(page.getByText(/连接中断，数据截至/)).toBeVisible();
	expect(await isOfThisPage()).toBe(true);
	await page.unroute('**/screen');
	await page.clock.runFor(61_000);
	await page.waitForFunction(() => !('ofThisPage' in globalThis));
	await expect(page.locator('.state')).toBeVisible();
	await context.close();
});
