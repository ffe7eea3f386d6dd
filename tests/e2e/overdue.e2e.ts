import { rm } from 'node:fs/promises';
import { expect, test, type Page } from '@playwright/test';
import { addDays, shanghaiDate } from '#lib/calendar.ts';
import type { SealAnswer } from '#lib/record/sealAnswer.ts';
import { expectAccessible } from './support/accessible.ts';
import { daysLater } from './support/clock.ts';
import { openDevice } from './support/fixtures.ts';
import { copySampleFolder } from './support/sampleFolder.ts';
import { readPaper } from './support/paper.ts';
import { sealSigned, signVisit } from './support/sealByApi.ts';
import { startServer, type RunningServer } from './support/server.ts';
import { neverInspected } from './support/visit.ts';

let server: RunningServer;
test.beforeAll(async () => {
	server = await startServer(await copySampleFolder(), { keepFolder: true });
});
test.afterAll(async () => {
	await server.stop();
	await rm(server.folder, { recursive: true, force: true });
});

/** From the list to the paper: the draft is looked at, issued, and says which step it took. */
async function issueStep(page: Page, enterpriseId: string, kind: string): Promise<string> {
	await page.goto(`/escalations?enterprise=${enterpriseId}`);
	await page.getByRole('link', { name: `办理：签发${kind}` }).click();
	await expect(page.getByRole('heading', { name: `${kind}草稿` })).toBeVisible();
	if (kind === '提示单') await expectAccessible(page);
	await page.getByRole('button', { name: `签发${kind}，办结这一步` }).click();
	const issued = page.getByRole('status').filter({ hasText: '已出具：' });
	await expect(issued).toBeVisible();
	await expect(page.getByRole('link', { name: /^逾期阶梯：第.步/ })).toBeVisible();
	return /（示例）.+号/.exec((await issued.textContent())!)![0];
}

test('an order is objected to and answered, becomes overdue, and goes from 提示单 to 督办卡 to the report upward', async ({
	browser
}) => {
	test.setTimeout(240_000);
	const inspector = await openDevice(browser, server, 'inspector', { opensHome: false });
	const site = await neverInspected(inspector.context, 21);
	const visit = await signVisit(inspector.context, site.id, {
		failing: 0,
		finding: [
			{
				part: '后厨',
				description: '燃气软管老化开裂',
				measure: 'deadline',
				deadline: addDays(shanghaiDate(new Date()), 1)
			}
		]
	});
	const sealed = (await (await sealSigned(inspector.context, visit)).json()) as SealAnswer;
	if (sealed.state !== 'sealed') throw new Error(`seal: got ${sealed.state}, expected sealed`);

	const enterprise = (await openDevice(browser, server, null)).page;
	await enterprise.goto(`/o/${sealed.screenToken}`);
	await enterprise.getByText('我有异议', { exact: true }).click();
	await enterprise.getByLabel('异议和理由').fill('软管上月刚换过。');
	await enterprise.getByRole('textbox', { name: '您的姓名' }).last().fill('周示例');
	await enterprise.getByRole('button', { name: '提交异议' }).click();
	await expect(enterprise.getByText('等答复')).toBeVisible();

	let leader = (await openDevice(browser, server, 'leader', { isPhone: false, opensHome: false })).page;
	await leader.goto('/?tab=matters');
	await leader
		.getByRole('link', { name: /异议待答复/ })
		.filter({ hasText: site.name })
		.click();
	await expect(leader.getByText('软管上月刚换过。')).toBeVisible();
	await leader.getByText('答复', { exact: true }).first().click();
	await leader.getByRole('textbox', { name: '答复' }).fill('已核对照片：开裂的是灶具连接管，请更换。');
	await expectAccessible(leader);
	await leader.getByRole('button', { name: '发出答复' }).click();
	await expect(leader.getByText('没有待答复的异议')).toBeVisible();
	await enterprise.reload();
	await expect(enterprise.getByText('已核对照片：开裂的是灶具连接管，请更换。')).toBeVisible();
	await expect(enterprise.getByText(/^许\S+ 于 \d{4}-\d\d-\d\d \d\d:\d\d 答复$/)).toBeVisible();
	await enterprise.context().close();
	await inspector.context.close();
	await leader.context().close();

	const numbers: string[] = [];
	for (const [days, kind] of [
		[2, '提示单'],
		[9, '督办卡'],
		[17, '逾期未整改报告']
	] as const) {
		server = await daysLater(server, days);
		leader = (await openDevice(browser, server, 'leader', { isPhone: false, opensHome: false })).page;
		const number = await issueStep(leader, site.id, kind);
		await expect(leader.getByText('后厨：燃气软管老化开裂', { exact: false }).first()).toBeVisible();
		if (kind === '提示单') {
			const code = (await leader.locator('.code b').textContent())!.replace(/\D/g, '');
			const paper = `${new URL(leader.url()).pathname}.pdf`;
			const { qr } = readPaper(await (await leader.context().request.get(paper)).body());
			const { page, context } = await openDevice(browser, server, null);
			await page.goto(qr!);
			await page.getByRole('textbox', { name: '6 位领取码' }).fill(code);
			await page.getByRole('button', { name: '打开文书' }).click();
			await expect(page.getByRole('heading', { name: /提示单/ }).first()).toBeVisible();
			await expect(page.getByText(/燃气软管老化开裂.*请立即整改/)).toBeVisible();
			await expect(page.getByText(/整改期限届满1天仍未完成整改/)).toBeVisible();
			await context.close();
		} else await expect(leader.getByText('内部文书，不向企业送达')).toBeVisible();
		if (days === 17)
			for (const earlier of numbers) await expect(leader.getByText(earlier).first()).toBeVisible();
		numbers.push(number);
		await leader.context().close();
	}
});
