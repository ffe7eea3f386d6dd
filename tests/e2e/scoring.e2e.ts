import type { MapEnterprise } from '#lib/enterprise/mapIndex/mapEnterprise.ts';
import { expectAccessible } from './support/accessible.ts';
import { expect, openDevice, test, type Device } from './support/fixtures.ts';
import { takePhoto } from './support/photo.ts';
import { sealSigned, signVisit } from './support/sealByApi.ts';
import { drawSignature } from './support/signature.ts';
import {
	addPhoto,
	agreeToResult,
	checkIn,
	confirmCheckIn,
	finishChecklist,
	findEnterprise,
	readEnterprises,
	unanswered
} from './support/visit.ts';

/*
 * How points come and go: an administrator declares the scheme of 崇明 for a kind of site; a hazard cites its clause
 * 10.1 and is rectified in time; another enterprise reaches twelve points, two people confirm, its principal states
 * their case, and the entry is reversed. The leader's map is open all the while. Each test goes on where the one
 * before ended.
 */
test.describe.configure({ mode: 'serial' });

let administrator: Device;
let leader: Device;
let inspector: Device;
let principal: Device;
let enterprisePhone: Device;
/** Its hazard is rectified. */
let place: MapEnterprise;
/** Reaches twelve points; the principal's own. */
let other: MapEnterprise;
let visitId: string;
let deliveryPage: string;

const finding = '应急预案缺少卸料环节的现场处置措施';
const scheme = /崇明区乡镇安全生产监督检查记分/;

test.beforeAll(async ({ browser, server }) => {
	administrator = await openDevice(browser, server, 'administrator', { isPhone: false, opensHome: false });
	leader = await openDevice(browser, server, 'leader', { isPhone: false, opensHome: false });
	inspector = await openDevice(browser, server, 'inspector');
	principal = await openDevice(browser, server, 'principal', { opensHome: false });
	enterprisePhone = await openDevice(browser, server, null);
	// The principal's own page leads to it; the map is for staff.
	const own = /\/enterprises\/([0-9a-f-]{36})/.exec(
		await (await principal.context.request.get('/my')).text()
	)!;
	other = await findEnterprise(principal.context, own[1]!);
	const places = await readEnterprises(inspector.context);
	place = places.find(
		({ siteType, band, openHazards, lastInspectedOn, longitude }) =>
			siteType === other.siteType && !band && !openHazards && !lastInspectedOn && longitude !== null
	)!;
});

test.afterAll(async () => {
	for (const device of [administrator, leader, inspector, principal, enterprisePhone])
		await device?.context.close();
});

/** The line of the list beside the leader's map: drawn from what the map is drawn from. */
const leaderRow = ({ id }: MapEnterprise) =>
	leader.page.getByRole('list', { name: '单位列表' }).locator(`a[href="/enterprises/${id}"]`);
const bandOnMap = (enterprise: MapEnterprise, name: string) =>
	leaderRow(enterprise).getByRole('img', { name, exact: true });
const pointsOf = async ({ id }: MapEnterprise) => (await findEnterprise(leader.context, id)).points;
const accountOf = ({ id }: MapEnterprise) => `/enterprises/${id}/account`;

/** On the checklist: one failed item, described and cited; the sheet stays open. */
async function citeOnFirstItem(description: string, clause: string): Promise<void> {
	const { page } = inspector;
	await unanswered(page).first().getByRole('button', { name: '不符合', exact: true }).click();
	const sheet = page.getByRole('dialog', { name: '隐患内容' });
	await sheet.getByRole('textbox', { name: '隐患描述' }).fill(description);
	await sheet.getByRole('searchbox', { name: '查找条款' }).fill(clause);
	await sheet.getByRole('radio', { name: new RegExp(`^${clause}`) }).check();
}

/** From the read result to the seal. @returns what the server answered. */
async function signAndSeal(): Promise<{ inspectionId: string; screenToken: string }> {
	const { page, context } = inspector;
	await agreeToResult(page);
	await page.getByRole('textbox', { name: '姓名' }).fill('周示例');
	await drawSignature(page, '现场负责人签名');
	await drawSignature(page, /^(?!现场负责人).*签名$/);
	await context.setOffline(false);
	const answered = page.waitForResponse((response) => response.url().endsWith('/seal'));
	await page.getByRole('button', { name: '签章归档' }).click();
	const answer = await (await answered).json();
	await expect(page.getByText(/归档，内容不能再改/)).toBeVisible({ timeout: 30_000 });
	return answer;
}

test('the administrator tries the scheme for a kind of site, sees who would change, and declares it', async () => {
	const { page } = administrator;
	await page.goto('/admin/schemes');
	await page.getByRole('link', { name: '试算', exact: true }).click();
	const version = page.getByRole('combobox', { name: '规则' });
	const option = version.locator('option').filter({ hasText: scheme }).first();
	await version.selectOption((await option.getAttribute('value'))!);
	await page.getByRole('combobox', { name: '场所类型' }).selectOption(other.siteType);
	await page.getByRole('button', { name: '开始试算' }).click();
	await expect(page.getByText('试算完成')).toBeVisible({ timeout: 30_000 });
	await expect(page.getByText(/\d+ 家单位中，\d+ 家换等级/)).toBeVisible();
	await expectAccessible(page);
	await page.getByRole('checkbox', { name: /我已看过试算结果/ }).check();
	await page.getByRole('button', { name: /起启用$/ }).click();
	await expect(page.getByText('从今天起适用')).toBeVisible();
	await expect(page.getByRole('row').filter({ hasText: scheme }).first()).toContainText('适用中');

	await leader.page.goto(`/?q=${encodeURIComponent(place.name)}`);
	await expect(bandOnMap(place, '未评估')).toBeVisible();
	await expect(leader.page.getByText('· 实时')).toBeVisible();
});

test('without a network a hazard cites 10.1: half a point, read before the signature', async () => {
	const { page, context } = inspector;
	visitId = await checkIn(page, place);
	const photo = await takePhoto(page, '预案');
	await context.setOffline(true);
	await citeOnFirstItem(finding, '第10条第1款');
	const sheet = page.getByRole('dialog', { name: '隐患内容' });
	await sheet.getByRole('searchbox', { name: '查找条款' }).fill('');
	await expect(sheet.getByRole('group', { name: '可能适用' }).getByRole('radio').first()).toBeChecked();
	await expectAccessible(page);
	await addPhoto(page, '隐患照片', photo);
	await sheet.getByRole('button', { name: '完成', exact: true }).click();
	await finishChecklist(page);

	const line = page.getByRole('listitem').filter({ hasText: finding });
	await expect(line).toContainText('第10条第1款');
	await expect(line).toContainText('应急预案不符合实际');
	await expect(line).toContainText('+0.5分');
	await expect(line).toContainText('归档即生效');
	await expect(line).toContainText('按期整改合格，退回0.25分');
	const account = page.getByRole('region', { name: '记分账户' });
	await expect(account).toContainText(/本次检查前\s*0分\s*未评估/);
	await expect(account).toContainText(/归档后\s*0.5分\s*乡镇监管/);
	await expect(account).toContainText(/隐患全部按期整改合格后\s*0.25分/);
	await expectAccessible(page);
	const answer = await signAndSeal();
	deliveryPage = `/o/${answer.screenToken}`;
	await expect(bandOnMap(place, '乡镇监管')).toBeVisible();
});

test('the enterprise reads clause and points, and shows in time what it put right', async () => {
	const { page } = enterprisePhone;
	await page.goto(deliveryPage);
	await expect(page.getByRole('listitem').filter({ hasText: finding })).toContainText('第10条第1款');
	await expect(page.getByText(/拟记 0.5 分，以审核结果为准/)).toBeVisible();
	await expectAccessible(page);
	await page.getByText('提交整改照片').first().click();
	await addPhoto(page, '整改后的照片', await takePhoto(page, '新预案', { hue: 140 }));
	await page.getByRole('textbox', { name: '怎样整改的' }).fill('预案已补上卸料环节，并演练了一次。');
	await page.getByRole('button', { name: '提交给检查人员' }).click();
	await expect(page.getByRole('status').filter({ hasText: '请等待复查' })).toBeVisible();
});

test('the recheck passes, and the account gives half of it back', async () => {
	const { page } = inspector;
	await page.goto(`/visit/new?enterprise=${place.id}&rechecks=${visitId}`);
	await confirmCheckIn(page);
	await page.getByRole('radio', { name: '整改合格', exact: true }).check();
	await finishChecklist(page);
	await expect(page.getByRole('listitem').filter({ hasText: finding })).toContainText('−0.25分');
	await signAndSeal();

	await expect.poll(() => pointsOf(place)).toBe(25);
	await leader.page.goto(accountOf(place));
	const charged = leader.page.getByRole('article').filter({ hasText: `检查发现隐患：${finding}` });
	await expect(charged).toContainText('第10条第1款 应急预案不符合实际');
	await expect(charged).toContainText('+0.5 分');
	const reduced = leader.page.getByRole('article').filter({ hasText: `复查合格：${finding}` });
	await expect(reduced).toContainText('减免2 在整改期限内整改完毕并经复查合格的，该项记分减半');
	await expect(reduced).toContainText('−0.25 分');
	await expectAccessible(leader.page);
});

test('another enterprise reaches twelve points: said before the signature, and waiting on the map', async () => {
	// Up to eleven and a half by one visit without its screens; the last half point is found on the phone.
	const halves = Math.ceil((1150 - (await pointsOf(other))!) / 50);
	const citing = [
		...Array.from({ length: Math.floor(halves / 3) }, () => '13.1'),
		...Array.from({ length: halves % 3 }, () => '10.2')
	];
	const signed = await signVisit(inspector.context, other.id, { failing: 0, citing });
	expect(await (await sealSigned(inspector.context, signed)).json()).toMatchObject({ state: 'sealed' });
	await expect.poll(() => pointsOf(other)).toBeGreaterThanOrEqual(1150);
	expect(await pointsOf(other)).toBeLessThan(1200);
	await leader.page.goto(`/?q=${encodeURIComponent(other.name)}`);
	await expect(bandOnMap(other, '乡镇监管')).toBeVisible();
	await expect(leader.page.getByText('· 实时')).toBeVisible();

	const { page } = inspector;
	await checkIn(page, other);
	await citeOnFirstItem('灭火器箱被货物挡住，取用不便', '第10条第2款');
	await addPhoto(page, '隐患照片', await takePhoto(page, '灭火器'));
	await page
		.getByRole('dialog', { name: '隐患内容' })
		.getByRole('button', { name: '完成', exact: true })
		.click();
	await finishChecklist(page);
	await expect(page.getByText('「满12分」须经审核确认后才生效，在此之前显示待审。')).toBeVisible();
	await signAndSeal();
	await expect(leaderRow(other)).toContainText('待审');
	await expect(bandOnMap(other, '乡镇监管')).toBeVisible();
});

test('two different reviewers confirm it, and the measures of the district open', async () => {
	// The leader decides at a second window; the first one keeps the map.
	const review = await leader.context.newPage();
	await review.goto(accountOf(other));
	await expect(review.getByRole('heading', { name: '等级变动待审：满12分' })).toBeVisible();
	await expectAccessible(review);
	const confirm = async (page: typeof review) => {
		await page.locator('summary').filter({ hasText: '审核' }).first().click();
		await page.getByRole('button', { name: '同意调整为「满12分」' }).click();
	};
	await confirm(review);
	await expect(review.getByText('您已表示同意，请另一位审核人员登录办理。')).toBeVisible();
	await expect(leaderRow(other)).toContainText('待审');

	const { page } = administrator;
	await page.goto(accountOf(other));
	await confirm(page);
	await expect(page.getByRole('heading', { name: '等级决定' })).toBeVisible();
	for (const measure of ['抄报区应急管理局', '主要负责人必须参加安全培训'])
		await expect(page.getByRole('link', { name: new RegExp(measure) })).toContainText('待下达');
	await expect(bandOnMap(other, '满12分')).toBeVisible();
	await expect(leaderRow(other)).not.toContainText('待审');
	await review.close();
});

test('the principal states their case, two reviewers reverse the entry, and the colour returns', async () => {
	const { page } = principal;
	await page.goto('/my');
	await page.getByRole('link', { name: '看每一分的来由' }).first().click();
	await expect(page).toHaveURL(new RegExp(`${accountOf(other)}$`));
	const words = '检查发现隐患：灭火器箱被货物挡住，取用不便';
	const own = page.getByRole('article').filter({ hasText: words });
	await own.getByText('陈述申辩', { exact: true }).click();
	await own
		.getByRole('textbox', { name: '您的意见和理由' })
		.fill('货物是当天卸车，十分钟内已移走，有监控录像。');
	await own.getByRole('button', { name: '提交陈述申辩' }).click();
	await expect(own.getByText('陈述申辩待答复')).toBeVisible();
	await expectAccessible(page);

	for (const reviewer of [leader, administrator]) {
		const review = await reviewer.context.newPage();
		await review.goto(accountOf(other));
		const entry = review.getByRole('article').filter({ hasText: words });
		await expect(entry).toContainText('货物是当天卸车');
		await entry.locator('summary').filter({ hasText: '答复陈述申辩' }).click();
		await entry.getByRole('textbox', { name: /情理/ }).fill('录像属实，予以采纳。');
		await entry.getByRole('button', { name: '撤销记分' }).click();
		await expect(entry).toContainText(reviewer === leader ? '您已表示同意' : '已撤销');
		await review.close();
	}
	await expect(bandOnMap(other, '乡镇监管')).toBeVisible();
	await expect(leaderRow(other)).not.toContainText('待审');
	expect(await pointsOf(other)).toBeLessThan(1200);
});
