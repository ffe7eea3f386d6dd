/** From an order to its end, on the enterprise's phone without script: more time, new codes, and who tries codes. */
import { request as httpRequest } from 'node:http';
import type { Page } from '@playwright/test';
import { expect, openDevice, test } from './support/fixtures.ts';
import { expectAccessible } from './support/accessible.ts';
import { takePhoto } from './support/photo.ts';

/** A check of which something is still to be put right and not late. */
async function openOrder(page: Page): Promise<string> {
	for (let number = 1; number < 20; number++) {
		await page.goto(`/hazards?state=open&page=${number}`);
		const row = page.getByRole('row').filter({ hasText: '还剩' }).filter({ hasNotText: '重大' }).first();
		if ((await row.count()) > 0)
			return (await row.getByRole('link').first().getAttribute('href'))!.replace(/[?#].*/, '');
	}
	throw new Error('hazards: got none whose deadline runs, expected some in the sample street');
}

/** What the QR on the page carries, as the page knows it. */
async function codesOf(page: Page, path: string) {
	const html = await (await page.context().request.get(`${path}/delivery`)).text();
	const [screen, paper] = [...html.matchAll(/\/o\/([\w-]{27})/g)].map(([, token]) => token!);
	return { screen: screen!, paper: paper! };
}

test('more time is asked for without script, granted with another day, and read by the enterprise; a replaced code opens nothing', async ({
	browser,
	server
}) => {
	const { page: inspector } = await openDevice(browser, server, 'inspector');
	const photo = await takePhoto(inspector, '订单', { width: 320, height: 240 });
	const inspection = await openOrder(inspector);
	const codes = await codesOf(inspector, inspection);
	const plain = { baseURL: server.url, locale: 'zh-CN', javaScriptEnabled: false };
	const enterprise = await (
		await browser.newContext({ ...plain, viewport: { width: 360, height: 800 } })
	).newPage();
	await enterprise.goto(`/o/${codes.screen}`);
	await enterprise.getByText('申请延期', { exact: true }).first().click();
	const form = enterprise.locator('form[action="?/extend"]').first();
	await form.getByLabel('理由').fill('配件下周到货，附订单。');
	await form.getByLabel('证明照片').setInputFiles(photo);
	await form.getByLabel('您的姓名').fill('周店长');
	await form.getByRole('button', { name: '提交延期申请' }).click();
	await expect(enterprise.getByText('延期申请已提交，答复会显示在本页。')).toBeVisible();
	await expect(enterprise.getByText(/正在等答复；原期限 .* 照常计算/)).toBeVisible();

	const { page: leader } = await openDevice(browser, server, 'leader', { isPhone: false });
	await leader.goto('/?tab=matters');
	await leader
		.getByRole('link', { name: /延期申请/ })
		.first()
		.click();
	await expect(leader.getByText('配件下周到货，附订单。')).toBeVisible();
	await expect(leader.getByRole('img', { name: '延期证明照片 1' })).toBeVisible();
	await expectAccessible(leader);
	await leader.getByLabel('说明或理由').fill('同意，期间停用。');
	await leader.getByRole('button', { name: '同意延期', exact: true }).click();
	await expect(leader.getByText('没有等答复的延期申请')).toBeVisible();
	await enterprise.reload();
	await expect(enterprise.getByText(/同意延期至 .*（含当日）/)).toBeVisible();
	await expect(enterprise.getByText('说明：同意，期间停用。')).toBeVisible();

	await inspector.goto(`${inspection}/delivery`);
	await expectAccessible(inspector);
	await inspector.getByText('更换二维码（重新送达）').click();
	await inspector.getByLabel('原因').first().fill('二维码被转发');
	await inspector.getByRole('button', { name: '停用旧码，发新码' }).click();
	await expect(inspector.getByText(/第 1 次更换后的新码/)).toBeVisible();
	const fresh = await codesOf(inspector, inspection);
	expect(fresh.screen).not.toBe(codes.screen);

	// Status, words and length of an old code's page are those of a code that never was.
	const answerOf = async (token: string) => {
		const response = await enterprise.request.get(`/o/${token}`, { headers: { accept: 'text/html' } });
		const body = (await response.text()).replaceAll(token, '…').replaceAll(/nonce[-=]"?[\w+/=-]+/g, '');
		return [response.status(), body.replaceAll(/__sveltekit_\w+/g, '')];
	};
	expect(await answerOf(codes.screen)).toEqual(await answerOf('x'.repeat(27)));
	expect(await answerOf(codes.paper)).toEqual(await answerOf('y'.repeat(27)));
	await enterprise.goto(`/o/${codes.screen}`);
	await expect(enterprise.getByText(/已更换/)).toBeVisible();
	await enterprise.goto(`/o/${fresh.screen}`);
	await expect(enterprise.getByText(/同意延期至 .*（含当日）/)).toBeVisible();
});

test('paths that try to leave the page get nothing, and who tries too many codes waits, with a page that says so', async ({
	server
}) => {
	/** From an address of its own, so that nobody else of this file waits. */
	const ask = (path: string, localAddress: string) =>
		new Promise<{ status: number; body: string }>((resolve, reject) => {
			httpRequest(server.url + path, { localAddress, headers: { accept: 'text/html' } }, (response) => {
				let body = '';
				response.on('data', (chunk) => (body += chunk));
				response.on('end', () => resolve({ status: response.statusCode!, body }));
			})
				.once('error', reject)
				.end();
		});
	const token = 'z'.repeat(27);
	for (const path of [
		`/o/${token}/../../hazards`,
		`/o/..%2f..%2fhazards`,
		`/o/${token}%00`,
		`/o/${token}/evidence/..%2f..%2f..%2fetc%2fpasswd`,
		`/o/${token}/evidence/${'0'.repeat(64)}`,
		`/o/${token}%2f..%2f${token}`
	])
		expect([303, 400, 401, 404], path).toContain((await ask(path, '127.0.0.7')).status);
	let last = 0;
	for (let tries = 0; tries < 121; tries++) last = (await ask(`/o/${token}`, '127.0.0.9')).status;
	expect(last).toBe(429);
	const waits = await ask(`/o/${token}`, '127.0.0.9');
	expect(waits.body).toContain('从您的网络打开了太多不存在的二维码');
	expect((await ask(`/o/${token}`, '127.0.0.10')).status).toBe(404);
	expect(server.output()).not.toContain(token);
});
