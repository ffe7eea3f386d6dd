import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { expect, nameOf, openDevice, phoneSize, test } from './support/fixtures.ts';
import { sealSigned, signVisit } from './support/sealByApi.ts';
import { neverInspected, standAtDoor } from './support/visit.ts';

/** What the QR on the phone carries, from the phone's own database. */
const addressOn = (page: Page): Promise<string> =>
	page.evaluate(
		() =>
			new Promise<string>((resolve, reject) => {
				const opening = indexedDB.open('mingcha');
				opening.onerror = () => reject(opening.error!);
				opening.onsuccess = () => {
					const asking = opening.result.transaction('drafts').objectStore('drafts').getAll();
					asking.onsuccess = () => resolve(asking.result.at(-1).taskCode.address);
				};
			})
	);

test('before the check the enterprise reads who comes and why; afterwards the result, and rates it; all without script', async ({
	browser,
	server
}) => {
	test.setTimeout(120_000);
	const { page, context } = await openDevice(browser, server, 'inspector', { opensHome: false });
	const place = await neverInspected(context, 3);
	await standAtDoor(context, place);
	await page.goto(`/visit/new?enterprise=${place.id}`);
	await page.getByRole('button', { name: '出示任务核验码' }).last().click();
	const sheet = page.getByRole('dialog', { name: '任务核验码' });
	const code = sheet.getByRole('img', { name: '本次检查的任务核验码' });
	await expect(code).toBeVisible();
	await expect(sheet.getByText('本系统任务核验码，非官方检查码')).toBeVisible();
	const source = sheet.getByRole('textbox', { name: /任务来源/ });
	await source.fill('第四季度餐饮燃气专项（示例）');
	const restated = page.waitForResponse((response) => response.url().endsWith('/task'));
	await source.blur();
	expect((await restated).status()).toBe(200);
	await expectAccessible(page);
	const visitId = new URL(page.url()).pathname.split('/').at(-1)!;
	const path = new URL(await addressOn(page)).pathname;
	expect(path).toMatch(/^\/t\/[\w-]{27}$/);

	// In a basement it still shows.
	await context.setOffline(true);
	await page.keyboard.press('Escape');
	await page.getByRole('button', { name: '出示任务核验码' }).first().click();
	await expect(code).toBeVisible();
	await context.setOffline(false);

	const visitor = await (
		await browser.newContext({
			baseURL: server.url,
			locale: 'zh-CN',
			viewport: phoneSize,
			javaScriptEnabled: false
		})
	).newPage();
	await visitor.goto(path);
	await expect(visitor.getByRole('heading', { name: '任务核验码' })).toBeVisible();
	await expect(visitor.getByText(nameOf(server, 'inspector'), { exact: true })).toBeVisible();
	await expect(visitor.getByText(/^执法证号/)).toBeVisible();
	await expect(visitor.getByText('第四季度餐饮燃气专项（示例）')).toBeVisible();
	await expect(visitor.getByText('《中华人民共和国安全生产法》第九条第二款')).toBeVisible();
	await expect(visitor.getByText('本年度第 1 次检查')).toBeVisible();
	await expect(visitor.getByRole('button', { name: '提交评价' })).toHaveCount(0);

	const visit = await signVisit(context, place.id, { id: visitId });
	const sealed = await sealSigned(context, visit);
	expect(sealed.status()).toBe(200);
	await visitor.goto(`/o/${(await sealed.json()).screenToken}`);
	await visitor.getByRole('link', { name: '评价本次检查' }).click();
	await expect(visitor).toHaveURL(new RegExp(path));
	await expect(visitor.getByText('发现隐患 1 项')).toBeVisible();
	await expect(visitor.getByText(/安检改〔\d{4}〕\d+号/)).toBeVisible();

	// Who checks rates nothing, and learns nothing of what is said.
	await page.goto(path);
	await expect(page.getByText(/^评价由被检查单位填写/)).toBeVisible();
	await expectAccessible(page);
	expect((await context.request.get('/ratings')).status()).toBe(403);

	await visitor.getByRole('radio', { name: '2 分 · 不满意' }).check();
	for (const [question, answer] of [
		['检查人员出示证件了吗？', '否'],
		['按检查事项（清单）检查了吗？', '是'],
		['检查人员廉洁、文明吗？', '是']
	] as const)
		await visitor.getByRole('group', { name: question }).getByRole('radio', { name: answer }).check();
	await visitor.getByRole('textbox', { name: /意见和建议/ }).fill('问了才出示证件');
	await visitor.getByRole('button', { name: '提交评价' }).click();
	await expect(visitor.getByText('评价已提交，谢谢')).toBeVisible();
	await visitor.goto(path);
	await expect(visitor.getByText('本次检查已经评价过了。')).toBeVisible();

	const { page: leader } = await openDevice(browser, server, 'leader', { isPhone: false, opensHome: false });
	await leader.goto('/ratings?show=critical');
	const row = leader.getByRole('row').filter({ hasText: '问了才出示证件' });
	await expect(row).toContainText('未出示证件');
	await expect(row.getByRole('link')).toHaveAttribute('href', `/inspections/${visitId}`);
	await expectAccessible(leader);
});

test('whatever is wrong with a code, the answer is the same', async ({ browser, server, request }) => {
	const { page, context } = await openDevice(browser, server, null);
	await page.goto(`/t/${'x'.repeat(27)}`, { waitUntil: 'networkidle' });
	await expect(page.getByRole('heading', { name: '打不开这个任务核验码' })).toBeVisible();
	await context.close();
	const answers = await Promise.all(
		['x', 'x'.repeat(27), 'y'.repeat(27), '..%2f..%2fadmin'].map(async (token) => {
			const response = await request.get(`${server.url}/t/${token}`);
			// A nonce is made for every answer.
			return [response.status(), (await response.text()).replaceAll(/nonce="[^"]+"/g, '')];
		})
	);
	expect(answers[0]![0]).toBe(404);
	for (const answer of answers) expect(answer).toEqual(answers[0]);
});
