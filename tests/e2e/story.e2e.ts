import type { MapEnterprise } from '#lib/enterprise/mapIndex/mapEnterprise.ts';
import type { Ranking, RankingRow } from '#lib/ranking/ranking.ts';
import { expectAccessible } from './support/accessible.ts';
import { expect, nameOf, openDevice, test, type Device } from './support/fixtures.ts';
import { plain, readPaper, type Paper } from './support/paper.ts';
import { takePhoto } from './support/photo.ts';
import { drawSignature } from './support/signature.ts';
import {
	addPhoto,
	agreeToResult,
	confirmCheckIn,
	failNextItem,
	findEnterprise,
	finishChecklist,
	readEnterprises,
	standAtDoor,
	unanswered
} from './support/visit.ts';

/*
 * The main job, from the morning's round to a hazard that is closed, by the people who do it: an inspector and a
 * second one with a phone each, the leader at a desk with the map open all the while, and an enterprise without
 * an account. Each test goes on where the one before ended.
 */
test.describe.configure({ mode: 'serial' });

let inspector: Device;
let companion: Device;
let leader: Device;
let enterprisePhone: Device;
let place: MapEnterprise;
let rankingBefore: RankingRow;
let closedBefore: number;
let provisionalPoints: number;
const found = { onSpot: '', inTime: '' };
let visitId: string;
let pickUpCode: string;
let order: Paper;

test.beforeAll(async ({ browser, server }) => {
	inspector = await openDevice(browser, server, 'inspector');
	companion = await openDevice(browser, server, 'companion');
	leader = await openDevice(browser, server, 'leader', { isPhone: false });
	enterprisePhone = await openDevice(browser, server, null);
});

test.afterAll(async () => {
	for (const device of [inspector, companion, leader, enterprisePhone]) await device?.context.close();
});

/** The line of the list beside the leader's map. */
const leaderRow = () =>
	leader.page.getByRole('list', { name: '单位列表' }).locator(`a[href="/enterprises/${place.id}"]`);

async function readRanking(): Promise<RankingRow> {
	const response = await leader.context.request.get('/api/rankings?by=community');
	const { rows } = (await response.json()) as Ranking;
	// The community's scope is the longest prefix of the place's.
	return rows
		.filter(({ key }) => place.scope.startsWith(key))
		.sort((a, b) => b.key.length - a.key.length)[0]!;
}

test('the round offers a place that nobody has inspected, and the leader has it on the map', async () => {
	const { page, context } = inspector;
	await page.goto('/round');
	await expect(page.getByRole('heading', { name: '今日任务' })).toBeVisible();
	const known = new Map((await readEnterprises(context)).map((each) => [each.id, each]));
	const offered = await page
		.locator('a[href^="/visit/new?enterprise="]')
		.evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).search));
	expect(offered.length).toBeGreaterThan(0);
	const fresh = offered
		.map((search) => new URLSearchParams(search))
		.filter((query) => !query.has('rechecks'))
		.map((query) => known.get(query.get('enterprise')!)!)
		.find(({ band, openHazards, longitude }) => band === null && openHazards === 0 && longitude !== null);
	place = fresh!;
	expect(place).toBeDefined();

	await leader.page.goto(`/?q=${encodeURIComponent(place.name)}`);
	await expect(leaderRow()).toBeVisible();
	await expect(leaderRow().getByRole('img', { name: '未评估' })).toBeVisible();
	await expect(leader.page.getByText('· 实时')).toBeVisible();
	// The dot itself is in the middle of the map from now on.
	await leaderRow().click();
	rankingBefore = await readRanking();
	closedBefore = rankingBefore.closed;

	await standAtDoor(context, place);
	await page.locator(`a[href="/visit/new?enterprise=${place.id}"]`).first().click();
});

test('she checks in at the door, fails two items, passes the rest, and reads what it would cost', async ({
	server
}) => {
	const { page } = inspector;
	await expect(page.getByText(/1[78]\s*米/)).toBeVisible();
	await expect(page.getByText(/±9\s*米/)).toBeVisible();
	await expectAccessible(page);
	visitId = await confirmCheckIn(page);
	await expectAccessible(page);

	found.inTime = await failNextItem(page, {
		measure: '限期整改',
		photo: await takePhoto(page, '隐患一'),
		days: 7
	});
	found.onSpot = await failNextItem(page, {
		measure: '当场改正',
		photo: await takePhoto(page, '隐患二', { hue: 200 }),
		proof: await takePhoto(page, '已改正', { hue: 120 })
	});
	await finishChecklist(page);
	await expect(unanswered(page)).toHaveCount(0);
	await expect(page.getByText('隐患2 · 当场改正1')).toBeVisible();
	await expect(page.getByText(found.inTime)).toBeVisible();
	await expect(page.getByText(found.onSpot)).toBeVisible();
	await expectAccessible(page);
	const points = await agreeToResult(page, { companion: new RegExp(nameOf(server, 'companion')) });
	expect(points).toBeGreaterThan(0);
	provisionalPoints = points!;
});

test('the person in charge signs on the glass, and so does she; an empty pad is refused', async ({
	server
}) => {
	const { page } = inspector;
	await page.getByRole('textbox', { name: '姓名' }).fill('周示例');
	await page.getByRole('textbox', { name: /职务/ }).fill('店长');
	await page.getByRole('button', { name: '签章归档' }).click();
	await expect(page.getByText('内容不全').first()).toBeVisible();
	await drawSignature(page, '现场负责人签名');
	await page.getByRole('button', { name: '签章归档' }).click();
	await expect(page.getByText('还缺少必需的签名')).toBeVisible();
	await expectAccessible(page);
	await drawSignature(page, `${nameOf(server, 'inspector')}签名`);
	await page.getByRole('button', { name: '签章归档' }).click();
	await expect(page.getByText(`等待${nameOf(server, 'companion')}会签`)).toBeVisible();
	expect((await findEnterprise(inspector.context, place.id)).openHazards).toBe(0);
});

test('the second inspector reads and signs on his own phone, and the visit is sealed', async ({ server }) => {
	const { page } = companion;
	await page.goto('/cosign');
	await page.getByRole('link', { name: new RegExp(place.name) }).click();
	await expect(page.getByText(found.inTime)).toBeVisible();
	await expectAccessible(page);
	await page.getByRole('button', { name: '确认会签' }).click();
	await expect(page.getByText('还缺少必需的签名')).toBeVisible();
	await drawSignature(page, `${nameOf(server, 'companion')}签名`);
	await page.getByRole('button', { name: '确认会签' }).click();
	await expect(page).toHaveURL(/\/cosign$/);

	await expect(inspector.page.getByText(/归档，内容不能再改/)).toBeVisible({ timeout: 30_000 });
	await expect(inspector.page.getByRole('img', { name: '请企业扫码查收文书' })).toBeVisible();
	await expectAccessible(inspector.page);
	pickUpCode = (await inspector.page.getByText(/^领取码\s*\d{3} ?\d{3}$/).textContent())!.replace(/\D/g, '');
	expect(pickUpCode).toMatch(/^\d{6}$/);
});

test("the dot changes on the leader's open map, and the ranking moves", async () => {
	await expect(leaderRow().getByRole('img', { name: '正常' })).toBeVisible();
	await expect(leaderRow()).toContainText('未整改 1');
	const after = await readRanking();
	expect(after.found).toBe(rankingBefore.found + 2);
	expect(after.open).toBe(rankingBefore.open + 1);
	expect(after.inspections).toBe(rankingBefore.inspections + 1);
	expect(after.closed).toBe(closedBefore + 1);
	// What the phone had reckoned is what the account says.
	const { points } = await findEnterprise(leader.context, place.id);
	expect(points! / 100).toBe(provisionalPoints);
});

test('the papers say what was found, and the code on them leads back to them', async ({ server }) => {
	const { page, context } = inspector;
	const links = page.locator('a[href^="/documents/"]').filter({ hasText: '〔' });
	await expect(links).toHaveCount(3);
	for (const link of await links.all()) {
		const number = (await link.locator('small').textContent())!.trim();
		const response = await context.request.get((await link.getAttribute('href'))!);
		expect(response.headers()['content-type']).toBe('application/pdf');
		const paper = readPaper(await response.body());
		const text = plain(paper.text);
		expect(text).toContain(plain(number));
		expect(text).toContain(plain(place.name));
		if (text.includes('现场记分表')) {
			expect(text).toContain('本次检查后累计');
			continue;
		}
		expect(text).toContain(plain(found.inTime));
		if (text.includes('检查情况：')) {
			expect(text).toContain('现场检查记录');
			expect(text).toContain(plain(found.onSpot));
			expect(text).toContain('周示例');
		} else {
			expect(text).toContain('责令限期整改指令书');
			expect(text).toContain('可以依法在60日内向示例区人民政府申请行政复议');
			expect(text).toContain('在6个月内依法向示例区人民法院提起行政诉讼');
			order = paper;
		}
	}
	expect(order.qr).toMatch(new RegExp(`^${server.url}/o/`));
});

test('the enterprise scans the paper, opens it with the pick-up code, and confirms receipt', async () => {
	const { page } = enterprisePhone;
	await page.goto(order.qr!);
	await expect(page.getByText('请输入领取码')).toBeVisible();
	await expectAccessible(page);
	// A stranger who found the paper sees neither whole names, nor photos, nor points.
	await expect(page.locator('main')).not.toContainText('周示例');
	await expect(page.locator('main img')).toHaveCount(0);
	await expect(page.getByText('拟记')).toHaveCount(0);
	await page.getByRole('textbox', { name: '6 位领取码' }).fill('000000');
	await page.getByRole('button', { name: '打开文书' }).click();
	await expect(page.getByRole('alert')).toContainText('验证码不对');
	await page.getByRole('textbox', { name: '6 位领取码' }).fill(pickUpCode);
	await page.getByRole('button', { name: '打开文书' }).click();

	await expect(page.getByText(found.inTime)).toBeVisible();
	await expect(page.getByText('还剩 7 天')).toBeVisible();
	await expectAccessible(page);
	await page.getByRole('textbox', { name: '您的姓名' }).first().fill('周示例');
	await page.getByRole('button', { name: '我已收到' }).click();
	await expect(page.getByText(/周示例 于 .* 确认收到/)).toBeVisible();
});

test('it shows what was put right', async () => {
	const { page } = enterprisePhone;
	await page.getByText('提交整改照片').first().click();
	await addPhoto(page, '整改后的照片', await takePhoto(page, '整改后', { hue: 140 }));
	await page.getByRole('textbox', { name: '怎样整改的' }).fill('已按要求整改并做了测试。');
	await page.getByRole('button', { name: '提交给检查人员' }).click();
	await expect(page.getByRole('status').filter({ hasText: '整改情况已提交，请等待复查。' })).toBeVisible();
	await expect(page.getByText('已按要求整改并做了测试。')).toBeVisible();
});

test('she rechecks, old photo beside new, and the hazard closes', async ({ server }) => {
	const { page } = inspector;
	await page.goto('/round');
	await page.locator(`a[href^="/visit/new?enterprise=${place.id}&rechecks="]`).first().click();
	await confirmCheckIn(page);
	const card = page.getByRole('article').filter({ hasText: found.inTime });
	await expect(card.getByText('已按要求整改并做了测试。')).toBeVisible();
	await expect(card.locator('img')).toHaveCount(2);
	await expectAccessible(page);
	await card.getByRole('radio', { name: '整改合格', exact: true }).check();
	await addPhoto(page, '复查照片', await takePhoto(page, '复查', { hue: 160 }));
	await finishChecklist(page);
	await expect(page.getByText('复查1 · 合格1 · 未合格0')).toBeVisible();
	await agreeToResult(page, { companion: new RegExp(nameOf(server, 'companion')) });
	await page.getByRole('textbox', { name: '姓名' }).fill('周示例');
	await drawSignature(page, '现场负责人签名');
	await drawSignature(page, `${nameOf(server, 'inspector')}签名`);
	await page.getByRole('button', { name: '签章归档' }).click();
	await expect(page.getByText(`等待${nameOf(server, 'companion')}会签`)).toBeVisible();

	await companion.page.goto('/cosign');
	await companion.page.getByRole('link', { name: new RegExp(place.name) }).click();
	await drawSignature(companion.page, `${nameOf(server, 'companion')}签名`);
	await companion.page.getByRole('button', { name: '确认会签' }).click();
	await expect(page.getByText(/归档，内容不能再改/)).toBeVisible({ timeout: 30_000 });

	const opinion = page.locator('a[href^="/documents/"]').filter({ hasText: '整改复查意见书' }).first();
	const response = await inspector.context.request.get((await opinion.getAttribute('href'))!);
	const text = plain(readPaper(await response.body()).text);
	expect(text).toContain('整改复查意见书');
	expect(text).toContain(plain(found.inTime));
});

test("the open figures go back, on the leader's map too", async () => {
	await expect(leaderRow()).not.toContainText('未整改');
	const after = await readRanking();
	expect(after.found).toBe(rankingBefore.found + 2);
	expect(after.closed).toBe(closedBefore + 2);
	expect(after.open).toBe(rankingBefore.open);
	expect((await findEnterprise(leader.context, place.id)).openHazards).toBe(0);
	await enterprisePhone.page.reload();
	await expect(enterprisePhone.page.getByText('已销号').first()).toBeVisible();
});

test('the account names fact, clause and document for every point', async () => {
	const { page } = leader;
	await page.goto(`/enterprises/${place.id}/account`);
	for (const description of [found.inTime, found.onSpot]) {
		const entry = page.getByRole('article').filter({ hasText: `检查发现隐患：${description}` });
		await expect(entry).toContainText(/第\d+条第\d+款/);
		await expect(entry.locator('a[href^="/documents/"]')).toHaveText(/〔\d{4}〕\d+号/);
		await expect(entry.locator(`a[href="/inspections/${visitId}"]`)).toBeVisible();
	}
});

test('the record verifies, and a changed copy of the paper is found out', async () => {
	const { page } = enterprisePhone;
	await page.getByRole('link', { name: '核验这份记录' }).first().click();
	await expect(page).toHaveURL(/\/v\/[0-9a-f]{64}/);
	await expect(page.getByText('记录完整，自封存后没有改动')).toBeVisible();
	await expect(page.getByText('通过', { exact: true })).toHaveCount(3);
	await expectAccessible(page);
	await page.locator('input[type="file"]').setInputFiles({
		name: 'changed.pdf',
		mimeType: 'application/pdf',
		buffer: Buffer.from('%PDF-1.7 changed')
	});
	await expect(page.getByText('与这份记录的任何文书都不一致')).toBeVisible();
});
