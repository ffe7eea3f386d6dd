import type { Page } from '@playwright/test';
import { expect, openDevice, phoneSize, test } from './support/fixtures.ts';
import { takePhoto } from './support/photo.ts';
import { sealSigned, signVisit } from './support/sealByApi.ts';
import { neverInspected } from './support/visit.ts';

/** The six parts and the 五落实, as a small place would write them. */
const plan: Record<string, string> = {
	隐患的现状及其产生原因: '厨房与用餐区之间没有防火分隔，改造时拆掉了。',
	隐患的危害程度和整改难易程度分析: '起火时烟气直接进入用餐区；要请人施工。',
	治理的目标和任务: '恢复防火分隔。',
	采取的方法和措施: '请有资质的单位砌墙、装甲级防火门。',
	经费和物资的落实: '两万元，自筹。',
	负责治理的机构和人员: '店长总负责，施工单位三人。',
	治理的时限和要求: '五天内完工，第六天自检。',
	安全措施和应急预案: '施工期间停止营业，备四具灭火器。',
	责任落实: '店长周示例',
	措施落实: '即日起停用明火',
	资金落实: '两万元，自筹',
	预案落实: '火灾处置方案，开工前演练'
};

/** One step of the life of a 重大 hazard: its form is opened, filled and sent. */
async function take(page: Page, step: string, fields: Record<string, string> = {}): Promise<void> {
	const form = page
		.locator('details')
		.filter({ has: page.getByRole('button', { name: step, exact: true, includeHidden: true }) });
	if ((await form.getAttribute('open')) === null) await form.locator('summary').click();
	for (const [label, text] of Object.entries(fields)) await form.getByLabel(label).fill(text);
	await form.getByRole('button', { name: step, exact: true }).click();
	await expect(page.getByRole('alert')).toHaveCount(0);
}

test('a 重大 hazard: 治理方案, stopped, treated, 验收, resumed with a leader’s consent, 销号; the enterprise without script', async ({
	browser,
	server
}) => {
	const { page: inspector, context } = await openDevice(browser, server, 'inspector', { opensHome: false });
	const { page: leader } = await openDevice(browser, server, 'leader', { isPhone: false, opensHome: false });
	const photo = await takePhoto(inspector, '防火门', { width: 320, height: 240 });
	const place = await neverInspected(context, 2);
	const finding = {
		part: '厨房',
		description: '厨房与用餐区之间没有防火分隔',
		severity: 'major' as const,
		legalBasis: '示例判定标准第一条'
	};
	const found = await sealSigned(
		context,
		await signVisit(context, place.id, { failing: 0, finding: [finding] })
	);
	const { screenToken, inspectionId } = (await found.json()) as { screenToken: string; inspectionId: string };

	const plain = { baseURL: server.url, locale: 'zh-CN', viewport: phoneSize, javaScriptEnabled: false };
	const enterprise = await (await browser.newContext(plain)).newPage();
	await enterprise.goto(`/o/${screenToken}`);
	await enterprise.getByRole('link', { name: '治理方案与办理进度' }).click();
	const life = enterprise.url();
	const hazard = `/majors/${life.split('/').at(-1)!}`;
	await take(enterprise, '提交治理方案', {
		...plan,
		时限落实: new Date(Date.now() + 6 * 86_400_000).toISOString().slice(0, 10),
		您的姓名: '周店长'
	});

	await leader.goto('/majors');
	await leader.locator(`a[href="${hazard}"]`).first().click();
	await expect(leader).toHaveURL(new RegExp(hazard));
	await expect(leader.getByText('请有资质的单位砌墙、装甲级防火门。')).toBeVisible();
	await take(leader, '记录责令停产停用', { 范围: '全店' });
	await take(leader, '退回方案', { 说明: '没有写停业期间谁看守。' });

	// Who passes by reads everywhere that it is stopped.
	await leader.goto(`/enterprises/${place.id}`);
	await expect(leader.getByText('停产停业中').first()).toBeVisible();
	await leader.goto(`/inspections/${inspectionId}`);
	await expect(leader.getByText('停产停业中')).toHaveCount(2);
	await leader.goto(`/hazards?state=major&q=${encodeURIComponent(place.name)}`);
	await expect(leader.getByRole('row').filter({ hasText: place.name }).getByText('停产停业中')).toBeVisible();
	await leader.goto(hazard);
	await expect(leader.getByRole('button', { name: '销号', exact: true })).toHaveCount(0);

	await enterprise.reload();
	await expect(enterprise.getByText('没有写停业期间谁看守。').first()).toBeVisible();
	await take(enterprise, '重新提交治理方案', {
		安全措施和应急预案: '施工期间停止营业，店长看守，备四具灭火器。',
		您的姓名: '周店长'
	});
	await inspector.goto(hazard);
	await take(inspector, '审核通过');

	await enterprise.goto(`/o/${screenToken}`);
	await enterprise.getByText('提交整改照片').first().click();
	const sending = enterprise.locator('form[action="?/rectify"]');
	await sending.getByLabel('怎样整改的').fill('已砌墙并装防火门。');
	await sending.getByLabel('整改后的照片').setInputFiles(photo);
	await sending.getByRole('button', { name: '提交给检查人员' }).click();
	await expect(enterprise.getByText('整改情况已提交，请等待复查。').first()).toBeVisible();
	await enterprise.goto(life);
	await take(enterprise, '申请恢复生产经营或使用', { 说明: '已完工并自检。', 您的姓名: '周店长' });

	// 验收: a recheck that passes does not close it.
	const recheck = await signVisit(context, place.id, { failing: 0, rechecks: inspectionId });
	expect((await sealSigned(context, recheck)).status()).toBe(200);
	await leader.goto(hazard);
	await expect(leader.getByText('验收合格，待销号').first()).toBeVisible();
	await expect(leader.getByText('停产停用还没有经审查同意恢复')).toBeVisible();
	await take(leader, '审查同意恢复');
	await take(leader, '销号');
	await expect(leader.getByText('已销号').first()).toBeVisible();
	await leader.goto(`/enterprises/${place.id}`);
	await expect(leader.getByText('停产停业中')).toHaveCount(0);
	await enterprise.goto(`/o/${screenToken}`);
	await expect(enterprise.getByText('隐患已全部销号，谢谢您的配合。')).toBeVisible();
});
