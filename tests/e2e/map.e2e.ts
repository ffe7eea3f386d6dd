import type { Page } from '@playwright/test';
import type { MapEnterprise } from '#lib/enterprise/mapIndex/mapEnterprise.ts';
import type { MapAnswer } from '#lib/enterprise/mapIndex/mapAnswer.ts';
import { violations } from './support/accessible.ts';
import { expect, openDevice, test, type Device } from './support/fixtures.ts';
import { sealSigned, signVisit } from './support/sealByApi.ts';
import { neverInspected } from './support/visit.ts';

let leader: Device;
test.beforeAll(async ({ browser, server }) => {
	leader = await openDevice(browser, server, 'leader', { isPhone: false, opensHome: false });
});
test.afterAll(() => leader.context.close());

/** The map has drawn what it was asked for. */
async function openMap(page: Page, address: string): Promise<void> {
	// Asked for beforehand: on a quick server it is there before the canvas is found.
	const tile = page.waitForResponse((response) => response.url().includes('/tiles/enterprises/'));
	await page.goto(address);
	await expect(page.locator('.maplibregl-canvas')).toBeVisible();
	await tile;
	await page.waitForLoadState('networkidle');
}
const closeTo = ({ longitude, latitude }: MapEnterprise) => `c=${longitude},${latitude}&z=17`;
const answerOf = async (query: string): Promise<MapAnswer> =>
	(await leader.context.request.get(`/api/map?${query}`)).json() as Promise<MapAnswer>;

test('a signature elsewhere changes the dot at once, without fetching a tile again', async ({
	browser,
	server
}) => {
	const inspector = await openDevice(browser, server, 'inspector', { opensHome: false });
	const place = await neverInspected(inspector.context, 3);
	const { page } = leader;
	await openMap(page, `/?${closeTo(place)}`);
	await expect(page.getByText('· 实时')).toBeVisible();
	const box = (await page.locator('.maplibregl-canvas').boundingBox())!;
	const clip = { x: box.x + box.width / 2 - 24, y: box.y + box.height / 2 - 24, width: 48, height: 48 };
	const before = await page.screenshot({ clip });
	const tiles: string[] = [];
	page.on('request', (request) => {
		if (request.url().includes('/tiles/')) tiles.push(request.url());
	});
	const sealed = await sealSigned(inspector.context, await signVisit(inspector.context, place.id));
	expect(await sealed.json()).toMatchObject({ state: 'sealed' });
	await expect(page.getByText(`${place.name}：新的检查已归档`)).toBeVisible();
	await expect.poll(async () => before.equals(await page.screenshot({ clip }))).toBe(false);
	expect(tiles).toEqual([]);
	await inspector.context.close();
});

test('a filter takes the others off the map, and without it they are back', async () => {
	const { page } = leader;
	await openMap(page, '/');
	await page.waitForTimeout(500);
	const canvas = page.locator('.maplibregl-canvas');
	const box = (await canvas.boundingBox())!;
	// The middle of the map, where no control lies over it.
	const clip = { x: box.x + box.width * 0.4, y: box.y + box.height * 0.4, width: 160, height: 120 };
	const all = await page.screenshot({ clip });
	await page.getByText('有逾期', { exact: true }).click();
	await expect(page).toHaveURL(/overdue=1/);
	await expect.poll(async () => all.equals(await page.screenshot({ clip }))).toBe(false);
	await page.getByRole('link', { name: '清除筛选' }).click();
	await expect(page).not.toHaveURL(/overdue=1/);
	await expect.poll(async () => all.equals(await page.screenshot({ clip })), { timeout: 15_000 }).toBe(true);
});

test('the map answers what lies around a place, in figures, in the list, and under an address', async () => {
	const { page } = leader;
	await openMap(page, '/');
	await page.getByRole('button', { name: '半径' }).click();
	await page.getByRole('button', { name: '1 km' }).click();
	await page.getByRole('button', { name: '以地图中心为圆心' }).click();
	await expect(page).toHaveURL(/near=/);
	const near = new URL(page.url()).searchParams.get('near')!;
	const { counts } = await answerOf(`near=${near}`);
	expect(counts.all).toBeGreaterThan(0);
	await expect(page.getByText(`范围内 ${counts.all} 家`)).toBeVisible();
	await page.reload();
	await expect(page.getByText(`范围内 ${counts.all} 家`)).toBeVisible();
	await page.getByRole('button', { name: '清除范围' }).click();
	await expect(page).not.toHaveURL(/near=/);

	// Paper shows no WebGL: what is printed is a picture of the map as it is drawn by then.
	await expect(async () => {
		await page.pdf();
		const colours = await page.locator('canvas.paper').evaluate((paper: HTMLCanvasElement) => {
			const { data } = paper.getContext('2d')!.getImageData(0, 0, paper.width, paper.height);
			return new Set(new Uint32Array(data.buffer)).size;
		});
		expect(colours).toBeGreaterThan(20);
	}).toPass({ timeout: 15_000 });
});

test('an area is drawn corner by corner, and one that crosses itself is told so', async () => {
	const { page } = leader;
	await openMap(page, '/');
	await page.getByRole('button', { name: '圈选' }).click();
	const canvas = page.locator('.maplibregl-canvas');
	const { width, height } = (await canvas.boundingBox())!;
	const point = (x: number, y: number) => canvas.click({ position: { x: width * x, y: height * y } });
	await point(0.5, 0.35);
	await point(0.8, 0.6);
	await point(0.8, 0.35);
	await point(0.5, 0.6);
	await expect(page.getByText('边线交叉了')).toBeVisible();
	await page.getByRole('button', { name: '撤回一步' }).click();
	await page.getByRole('button', { name: '完成圈选' }).click();
	await expect(page).toHaveURL(/within=/);
	const within = new URL(page.url()).searchParams.get('within')!;
	const { counts } = await answerOf(`within=${encodeURIComponent(within)}`);
	await expect(page.getByText(`范围内 ${counts.all} 家`)).toBeVisible();
});

test('two days are compared: sums, who changed and how, and each number shows who they are', async ({
	browser
}) => {
	const { page } = leader;
	const table = page.getByRole('table', { name: /等级变化/ });
	const list = page.getByRole('list', { name: '有变化的单位' });
	await openMap(page, '/');
	await page.getByRole('button', { name: '历史' }).click();
	await page.getByRole('button', { name: '与另一天对比' }).click();
	await expect(table).toBeVisible();
	await page.getByLabel('与哪一天比').fill('2026-06-01');
	await expect(page).toHaveURL(/against=2026-06-01/);
	const legend = page.getByRole('navigation', { name: '变化方向' });
	await legend.getByRole('link', { name: /变差/ }).click();
	await expect(page).toHaveURL(/moved=worse/);
	await expect(list.getByRole('img', { name: '变差' }).first()).toBeVisible();
	await expect(list.getByRole('img', { name: '变好' })).toHaveCount(0);
	await expect(list.getByRole('link').first()).toHaveAttribute('href', /account$/);
	expect(await violations(page, '.panel')).toEqual([]);

	// The same address, read without script.
	const address = page.url();
	const plain = await browser.newContext({
		storageState: await leader.context.storageState(),
		javaScriptEnabled: false
	});
	const still = await plain.newPage();
	await still.goto(address);
	const first = await list.getByRole('link').first().textContent();
	await expect(still.getByRole('list', { name: '有变化的单位' }).getByRole('link').first()).toHaveText(
		first!
	);
	const cell = still.getByRole('table').getByRole('link', { name: /由正常到预警/ });
	const count = await cell.textContent();
	await still.goto(new URL((await cell.getAttribute('href'))!.replace(/moved=worse&?/, ''), address).href);
	await expect(still.getByRole('status').filter({ hasText: `${count} 家` })).toBeVisible();
	await still.goto(new URL('/?on=2026-06-01&against=2026-06-01', address).href);
	await expect(still.getByText('两天是同一天')).toBeVisible();
	await still.goto(new URL('/?on=2026-06-01&against=2020-01-01', address).href);
	await expect(still.getByText('2020-01-01 没有任何记录')).toBeVisible();
	await plain.close();
	await page.getByRole('link', { name: '结束对比' }).click();
	await expect(page).not.toHaveURL(/against=/);
	await expect(page.getByRole('list', { name: '单位列表' })).toBeVisible();
});

test('every layer says what it shows; a past day says which, and what it knows', async () => {
	const { page } = leader;
	const legend = page.getByRole('navigation', { name: '图例' });
	for (const [layer, says] of [
		['heat', '不按家数'],
		['overdue', '有逾期隐患'],
		['risk', '重大风险'],
		['key', '重点对象'],
		['open', '数量多可能因为查得多'],
		['smoothed', '经验贝叶斯'],
		['hot', 'Getis-Ord'],
		['hexagons', 'H3']
	]) {
		await page.goto(`/?layer=${layer}`);
		await expect(legend).toContainText(says!);
	}
	await openMap(page, '/?on=2026-06-01');
	await expect(page.getByText('2026-06-01 的情况')).toBeVisible();
	const past = await answerOf('on=2026-06-01');
	const now = await answerOf('');
	expect(past.today).toBe('2026-06-01');
	expect(past.total).toBe(now.total);
	expect(past.counts.seen).toBeLessThan(now.counts.seen);
	expect(await violations(page, '.panel')).toEqual([]);
	await page.getByRole('button', { name: '回到今天' }).click();
	await expect(page).not.toHaveURL(/on=/);
});
