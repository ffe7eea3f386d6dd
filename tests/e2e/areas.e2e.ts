import type { Page } from '@playwright/test';
import { expect, openDevice, test } from './support/fixtures.ts';

type Corner = [number, number];
const fittingPadding = 24;

/** Where a corner stands on the canvas: the map opens on the boundary's box, 24 px inside its own edges. */
async function pixelOf(page: Page, corner: Corner, corners: readonly Corner[]): Promise<[number, number]> {
	const box = (await page.locator('.map .maplibregl-canvas').boundingBox())!;
	const mercator = ([x, y]: Corner): Corner => [
		x,
		(Math.log(Math.tan(Math.PI / 4 + (y * Math.PI) / 360)) * 180) / Math.PI
	];
	const places = corners.map(mercator);
	const [xs, ys] = [places.map(([x]) => x), places.map(([, y]) => y)];
	const [west, east, south, north] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
	const scale = Math.min(
		(box.width - 2 * fittingPadding) / (east - west),
		(box.height - 2 * fittingPadding) / (north - south)
	);
	const [x, y] = mercator(corner);
	return [
		box.x + box.width / 2 + (x - (west + east) / 2) * scale,
		box.y + box.height / 2 - (y - (south + north) / 2) * scale
	];
}

const readCorners = async (page: Page): Promise<Corner[]> => {
	const text = await page.locator('textarea[name=geometry]').inputValue();
	return (JSON.parse(text) as { coordinates: Corner[][][] }).coordinates.flat(2);
};

test('a border is dragged: the neighbour follows, what changes is told, and only then it is saved', async ({
	browser,
	server
}) => {
	const { page } = await openDevice(browser, server, 'administrator', { isPhone: false, opensHome: false });
	await page.goto('/admin/areas');
	const community = await page.locator('main li a.name').nth(6).getAttribute('href');
	await page.goto(`${community}/boundary`);
	await expect(page.locator('.map .maplibregl-canvas')).toBeVisible();
	await expect(page.getByText('正在载入地图')).toHaveCount(0);
	const before = await readCorners(page);
	const chosen = page.getByText(/^与.*共用$/);
	for (let n = 0; n < before.length && !(await chosen.isVisible()); n++)
		await page.getByRole('button', { name: '下一个' }).click();
	const corner: Corner = [
		Number(await page.getByLabel('经度').inputValue()),
		Number(await page.getByLabel('纬度').inputValue())
	];
	await page.keyboard.press('Escape');

	const [x, y] = await pixelOf(page, corner, before);
	await page.mouse.move(x, y);
	await page.mouse.down();
	await page.mouse.move(x + 30, y + 22, { steps: 6 });
	await page.mouse.up();
	await expect(async () => expect(await readCorners(page)).not.toEqual(before)).toPass();
	await expect(chosen).toBeVisible();
	expect(JSON.parse(await page.locator('input[name=others]').inputValue())).not.toEqual([]);

	await page.getByLabel('原因').fill('按勘界文件调整');
	await page.getByRole('button', { name: '看会改变什么' }).click();
	await expect(page.getByText(/家单位会换社区|单位的归属不变/)).toBeVisible();
	await page.goto(community!);
	await expect(page.getByText('各个版本（1）')).toBeVisible(); // told, not done

	await page.goto(`${community}/boundary`);
	await page.getByRole('button', { name: '下一个' }).click();
	await page.getByRole('button', { name: '北移 1 米' }).click();
	await page.getByLabel('原因').fill('按勘界文件调整');
	await page.getByRole('button', { name: '看会改变什么' }).click();
	await expect(page.getByRole('button', { name: '保存边界' })).toBeVisible();
	const accept = page.getByText('仍然保存', { exact: false });
	if (await accept.first().isVisible()) await accept.last().click();
	await page.getByRole('button', { name: '保存边界' }).click();
	await expect(page.getByText(/已保存，/)).toBeVisible();
	await expect(page.getByText('各个版本（2）')).toBeVisible();
});
