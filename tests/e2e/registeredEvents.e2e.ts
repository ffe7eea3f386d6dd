import { expect, openDevice, test } from './support/fixtures.ts';
import { readEnterprises } from './support/visit.ts';

const paper = (text: string) => ({
	name: `${text}.pdf`,
	mimeType: 'application/pdf',
	buffer: Buffer.from(`%PDF-1.4\n${text} ${'x'.repeat(500)}\n%%EOF`)
});

test('a leader registers a penalty, sees what it does first, and corrects its number; all without script', async ({
	browser,
	server
}) => {
	const { context: signedIn } = await openDevice(browser, server, 'leader', { opensHome: false });
	const [clean] = (await readEnterprises(signedIn)).filter(({ openHazards }) => openHazards === 0);
	const context = await browser.newContext({
		baseURL: server.url,
		locale: 'zh-CN',
		storageState: await signedIn.storageState(),
		javaScriptEnabled: false
	});
	const page = await context.newPage();
	const account = `/enterprises/${clean!.id}/account`;

	await page.goto(account);
	await page.getByRole('link', { name: '登记事项', exact: true }).click();
	await page.getByRole('link', { name: /行政处罚/ }).click();
	const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
	await page.getByLabel('发生日期').fill(today);
	await page.getByLabel('文号').fill('示罚〔2026〕88号');
	await page.getByLabel('机关').fill('示例区应急管理局');
	await page.getByLabel('情况说明').fill('未按规定组织应急演练');
	await page
		.getByLabel('凭证')
		.setInputFiles({ name: 'decision.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<html>') });
	await page.getByRole('button', { name: '预览对记分的影响' }).click();

	// No paper: it is refused, and what was typed is still there.
	await expect(page.getByText('这个文件不是可用的照片')).toBeVisible();
	await expect(page.getByLabel('文号')).toHaveValue('示罚〔2026〕88号');
	await page.getByLabel('凭证').setInputFiles(paper('decision'));
	await page.getByRole('button', { name: '预览对记分的影响' }).click();
	await expect(page.getByText('还没有保存')).toBeVisible();
	await expect(page.getByText('登记后立即生效：+2 分')).toBeVisible();
	await page.getByRole('button', { name: '返回修改' }).click();
	await expect(page.getByLabel('文号')).toHaveValue('示罚〔2026〕88号');
	await page.getByRole('button', { name: '预览对记分的影响' }).click();
	await page.getByRole('button', { name: '确认登记' }).click();

	await expect(page.getByText('已登记')).toBeVisible();
	await page.getByRole('link', { name: '更正', exact: true }).click();
	await page.getByLabel('文号').fill('示罚〔2026〕89号');
	await page.getByLabel('更正理由').fill('文号录错');
	await page.getByRole('button', { name: '预览对记分的影响' }).click();
	await page.getByRole('button', { name: '确认更正' }).click();
	await expect(page.getByText('更正了原来的一笔登记')).toBeVisible();

	await page.goto(account);
	await expect(page.getByText('已更正', { exact: true })).toBeVisible();
	await expect(page.getByText(/已更正 · .*文号录错/)).toBeVisible();
	await page.getByRole('link', { name: '示罚〔2026〕89号' }).click();
	await expect(page.getByRole('heading', { name: '行政处罚', level: 1 })).toBeVisible();
	await context.close();
	await signedIn.close();
});
