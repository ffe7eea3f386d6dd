import { violations } from './support/accessible.ts';
import { expect, openDevice, test } from './support/fixtures.ts';
import { takePhoto } from './support/photo.ts';
import { sealSigned, signVisit } from './support/sealByApi.ts';
import { neverInspected } from './support/visit.ts';

test('somebody tells without a script; a leader takes it up, an inspector goes and looks, and the code says so', async ({
	browser,
	server
}) => {
	test.setTimeout(120_000);
	const leader = await openDevice(browser, server, 'leader', { isPhone: false, opensHome: false });
	const inspector = await openDevice(browser, server, 'inspector', { opensHome: false });
	const site = await neverInspected(inspector.context, 5);
	const photo = await takePhoto(leader.page, '燃气软管', { width: 320, height: 240 });

	const plain = { baseURL: server.url, locale: 'zh-CN', viewport: { width: 360, height: 740 } };
	const visitor = await browser.newContext({ ...plain, javaScriptEnabled: false });
	const page = await visitor.newPage();
	await page.goto('/tipoff');
	await page.getByLabel('在哪里').fill(`${site.name}后厨`);
	await page.getByLabel('所在街道、社区').selectOption({ index: 1 });
	await page.getByLabel('是什么隐患').fill('燃气软管老化开裂，路过能闻到气味。');
	await page.getByLabel('照片').setInputFiles(photo);
	await page.getByLabel('姓名').fill('知情人');
	await page.getByLabel('联系电话').fill('13800000000');
	await page.getByRole('button', { name: '提交举报' }).click();
	const code = (await page.locator('code').textContent())!;
	expect(code).toMatch(/^\w{4}-\w{4}-\w{4}$/);
	expect(page.url()).not.toContain(code);

	await leader.page.goto('/tipoffs');
	await leader.page.getByRole('link', { name: new RegExp(`${site.name}后厨`) }).click();
	await expect(leader.page.getByRole('img', { name: '举报照片 1' })).toBeVisible();
	await expect(leader.page.getByText('知情人')).toHaveCount(0);
	await leader.page.getByRole('button', { name: '查看举报人（将留痕）' }).click();
	await expect(leader.page.getByText('知情人，13800000000')).toBeVisible();
	await leader.page.getByRole('searchbox').fill(site.name);
	await leader.page.getByRole('button', { name: '查找' }).click();
	await leader.page.getByText('受理并安排核查', { exact: true }).click();
	await leader.page.getByRole('radio', { name: new RegExp(site.name) }).check();
	expect(await violations(leader.page)).toEqual([]);
	await leader.page.getByRole('button', { name: '受理，列入检查任务' }).click();
	await expect(leader.page.getByText('已受理，待核查', { exact: true })).toBeVisible();

	await inspector.page.goto('/round');
	const task = inspector.page.getByRole('link', { name: /有人举报/ }).filter({ hasText: site.name });
	await expect(task).toContainText('燃气软管老化开裂');
	await expect(task).toHaveAttribute('href', /kind=triggered/);
	await sealSigned(inspector.context, await signVisit(inspector.context, site.id));

	await leader.page.reload();
	await leader.page.getByText('答复举报人', { exact: true }).click();
	await leader.page.getByLabel('给举报人的话').fill('已到场检查，责令更换软管。');
	await leader.page.getByRole('button', { name: '提交答复，办结' }).click();
	await expect(leader.page.getByText('已答复', { exact: true })).toBeVisible();

	await page.goto('/tipoff/follow');
	await page.getByLabel('查询码').fill(code.toLowerCase());
	await page.getByRole('button', { name: '查询' }).click();
	await expect(page.getByText('答复：已到场检查，责令更换软管。')).toBeVisible();
	for (const { context } of [leader, inspector]) await context.close();
	await visitor.close();
});
