import { expectAccessible } from './support/accessible.ts';
import { expect, nameOf, openDevice, phoneSize, test } from './support/fixtures.ts';
import { plain, readPaper } from './support/paper.ts';
import { readEnterprises } from './support/visit.ts';

test('a 检查通知 is looked at, issued, scanned and received by the enterprise; corrected, the same code says so', async ({
	browser,
	server
}) => {
	const { page, context } = await openDevice(browser, server, 'inspector', { opensHome: false });
	const place = (await readEnterprises(context)).at(-1)!;
	await page.goto(`/enterprises/${place.id}/documents`);
	await page.getByRole('link', { name: /检查通知/ }).click();
	await page.getByRole('textbox', { name: '任务来源' }).fill('第四季度餐饮专项（示例）');
	await page.getByRole('textbox', { name: '检查内容' }).fill('燃气管线\n灭火器材');
	const looking = context.waitForEvent('page');
	await page.getByRole('button', { name: '预览 PDF' }).click();
	await (await looking).close();
	await page.getByRole('button', { name: '签发并出具' }).click();
	const issued = page.getByRole('status').filter({ hasText: '已出具：' });
	await expect(issued).toBeVisible();
	const paper = new URL(page.url()).pathname;
	const [number] = /（示例）.+号/.exec((await issued.textContent())!)!;
	const code = (await page.locator('.code b').textContent())!.replace(/\D/g, '');
	const { qr, text } = readPaper(await (await context.request.get(`${paper}.pdf`)).body());
	expect(plain(text)).toContain('燃气管线');

	const phone = await browser.newContext({
		baseURL: server.url,
		locale: 'zh-CN',
		viewport: phoneSize,
		javaScriptEnabled: false
	});
	const enterprise = await phone.newPage();
	await enterprise.goto(qr!);
	await expect(enterprise.getByText('燃气管线')).toHaveCount(0);
	await enterprise.getByRole('textbox', { name: '6 位领取码' }).fill(code);
	await enterprise.getByRole('button', { name: '打开文书' }).click();
	await expect(enterprise.getByRole('heading', { name: /检查通知/ })).toBeVisible();
	await expect(enterprise.getByText('燃气管线')).toBeVisible();
	await enterprise.getByRole('textbox', { name: '您的姓名' }).first().fill('周示例');
	await enterprise.getByRole('button', { name: '我已收到' }).click();
	await expect(enterprise.getByText(/周示例 于 .* 确认收到/)).toBeVisible();

	await page.goto(paper);
	await expect(page.getByText(/周示例 于 .* 确认收到/)).toBeVisible();
	await page.getByRole('link', { name: '更正', exact: true }).click();
	await expect(page.getByRole('textbox', { name: '任务来源' })).toHaveValue('第四季度餐饮专项（示例）');
	await page.getByRole('textbox', { name: '更正理由' }).fill('检查内容写错');
	await page.getByRole('textbox', { name: '检查内容' }).fill('配电箱\n灭火器材');
	await expectAccessible(page);
	await page.getByRole('button', { name: '签发并出具' }).click();
	await expect(page.getByText(`更正并替代 ${number}`)).toBeVisible();
	await enterprise.goto(qr!);
	await expect(enterprise.getByText(/文书已于 .* 更正（第 1 次）/)).toBeVisible();
	await expect(enterprise.getByText('配电箱')).toBeVisible();
	await expect(enterprise.getByRole('button', { name: '我已收到' })).toBeVisible();
});

test('a 现场检查方案 is drafted, sent back, written anew, approved by another, and printed; a 协查单 never reaches the enterprise', async ({
	browser,
	server
}) => {
	const { page, context } = await openDevice(browser, server, 'inspector', { opensHome: false });
	const { page: leader } = await openDevice(browser, server, 'leader', { isPhone: false, opensHome: false });
	const place = (await readEnterprises(context)).at(-2)!;
	await page.goto(`/plans/new?enterprise=${place.id}`);
	await page.getByRole('textbox', { name: '任务来源' }).fill('年度计划第十二项（示例）');
	await page.getByRole('textbox', { name: '检查内容' }).fill('疏散通道');
	await page.getByRole('textbox', { name: '依据' }).fill('《中华人民共和国安全生产法》第六十五条');
	await page.getByRole('button', { name: '提交审批' }).click();
	await expect(page.getByText('待审批', { exact: true })).toBeVisible();
	await expect(page.getByRole('button', { name: '批准并出具' })).toHaveCount(0);
	const path = new URL(page.url()).pathname;

	await leader.goto('/plans');
	await leader.locator(`a[href="${path}"]`).first().click();
	await leader.getByRole('textbox', { name: '退回原因' }).fill('检查内容请写全。');
	await leader.getByRole('button', { name: '退回修改' }).click();
	await expect(leader.getByText('已退回', { exact: true }).first()).toBeVisible();
	await page.reload();
	await page.getByRole('link', { name: '修改后再提交' }).click();
	await expect(page.getByText('检查内容请写全。')).toBeVisible();
	await page.getByRole('textbox', { name: '检查内容' }).fill('疏散通道\n消防设施');
	await page.getByRole('button', { name: '提交审批' }).click();
	await leader.goto(path);
	await leader.getByRole('button', { name: '批准并出具' }).click();
	await expect(leader.getByRole('status').filter({ hasText: '已出具：' })).toBeVisible();
	await page.reload();
	await expect(page.getByText('已批准', { exact: true })).toBeVisible();
	const pdf = await leader.context().request.get(`${new URL(leader.url()).pathname}.pdf`);
	const text = plain(readPaper(await pdf.body()).text);
	for (const words of ['现场检查方案', '消防设施', plain(place.name), nameOf(server, 'inspector')])
		expect(text).toContain(words);

	await leader.goto(`/enterprises/${place.id}/documents/new?kind=assistance_request`);
	await leader.getByRole('textbox', { name: '送交部门' }).fill('示例区市场监督管理局');
	await leader.getByRole('textbox', { name: '协查事由' }).fill('核实证照');
	await leader.getByRole('textbox', { name: '协查事项' }).fill('营业执照是否有效');
	await leader.getByRole('button', { name: '签发并出具' }).click();
	await expect(leader.getByRole('status').filter({ hasText: '已出具：' })).toBeVisible();
	await expect(leader.getByText('内部文书，不向企业送达')).toBeVisible();
	await expect(leader.getByRole('img', { name: '请企业扫码查收文书' })).toHaveCount(0);
});
