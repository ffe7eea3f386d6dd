import type { Page } from '@playwright/test';
import { noticeText } from '#lib/plan/notice/notice.ts';
import { makeDevice } from '../unit/plan/notice/servers.ts';
import { expect, openDevice, test } from './support/fixtures.ts';

const facts = { role: 'principal', hazards: 2, deadline: '2026-11-30', days: 3 } as const;

/** As the browser does when its push service has something for the page's worker, once decrypted. */
async function deliverPush(page: Page, origin: string, data: string): Promise<void> {
	const session = await page.context().newCDPSession(page);
	const registered = new Promise<string>((resolve) =>
		session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
			if (registrations[0]) resolve(registrations[0].registrationId);
		})
	);
	await session.send('ServiceWorker.enable');
	await session.send('ServiceWorker.deliverPushMessage', { origin, registrationId: await registered, data });
}

test('notices are asked for by a tap and never before; where push does not work the page says why and goes on', async ({
	browser,
	server
}) => {
	const { context, page } = await openDevice(browser, server, 'principal');
	const workers = () => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length);
	await page.goto('/my');
	const panel = page.getByRole('region', { name: '在这台设备上提醒我' });
	const button = panel.getByRole('button', { name: '开启提醒' });
	await expect(panel).toContainText('锁屏上不显示单位名称');
	await expect(button).toBeVisible();
	expect(await workers()).toBe(0);

	// Nobody answers the question of a browser without a window: it is closed.
	await button.click();
	await expect(panel).toContainText(/没有选择「允许」|不允许本网站发通知/);
	expect(await workers()).toBe(0);

	// Allowed, but the browser of the tests has no push service it could reach.
	await context.grantPermissions(['notifications'], { origin: server.url });
	await page.reload();
	await button.click();
	await expect(panel).toContainText('浏览器连不上它的推送服务');
	expect(await workers()).toBe(1);
	await expect(button).toBeVisible();
	await page.getByRole('link', { name: '查看提醒与其他方式' }).click();
	await expect(page.getByRole('heading', { name: '收到的提醒' })).toBeVisible();

	// The worker is there all the same: what a push service would hand it stands on the screen, and nothing besides.
	await deliverPush(page, server.url, JSON.stringify(noticeText(facts)));
	await expect
		.poll(() =>
			page.evaluate(async () => {
				const shown = await (await navigator.serviceWorker.ready).getNotifications();
				return shown.map(({ title, body }) => ({ title, text: body }));
			})
		)
		.toEqual([noticeText(facts)]);
});

test('a browser that was switched on is on record for its person alone, and can be forgotten from another', async ({
	browser,
	server
}) => {
	const { context } = await openDevice(browser, server, 'principal', { opensHome: false });
	const { p256dh, auth } = makeDevice();
	const save = (endpoint: string, more: object = {}) =>
		context.request.post('/api/notices/device', { data: { endpoint, keys: { p256dh, auth }, ...more } });
	const known = 'https://fcm.googleapis.com/fcm/send/abc';
	expect((await save('https://169.254.169.254/latest/')).status()).toBe(422);
	expect((await save(known, { keys: {} })).status()).toBe(400);
	const leader = await openDevice(browser, server, 'leader', { opensHome: false });
	expect((await leader.context.request.post('/api/notices/device', { data: {} })).status()).toBe(403);
	expect((await save(known)).status()).toBe(200);

	const wechat = await browser.newContext({
		baseURL: server.url,
		locale: 'zh-CN',
		storageState: await context.storageState(),
		userAgent: 'Mozilla/5.0 (Linux; Android 14) Chrome/130.0 Mobile Safari/537.36 MicroMessenger/8.0.50'
	});
	const page = await wechat.newPage();
	await page.goto('/notices');
	await expect(page.getByText('微信里不能接收推送。')).toBeVisible();
	await expect(page.getByText('已在 1 台设备上开启。')).toBeVisible();
	await page.getByRole('button', { name: '全部关闭' }).click();
	await expect(page.getByText('已保存')).toBeVisible();
	await expect(page.getByText(/已在 \d 台设备上开启/)).toHaveCount(0);
});
