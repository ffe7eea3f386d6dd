import type { Page } from '@playwright/test';
import gcoord from 'gcoord';
import type { MapEnterprise } from '#lib/enterprise/mapIndex/mapEnterprise.ts';
import { expect, openDevice, test } from './support/fixtures.ts';
import { copySampleFolder } from './support/sampleFolder.ts';
import { startServer } from './support/server.ts';
import { ringColour, startTileServer, type LonLat } from './support/tileServer.ts';
import { readEnterprises } from './support/visit.ts';

const dotColour = [0x3b, 0x8f, 0x5a] as const;

/** Middles of what is drawn in two colours around the middle of a picture, in its pixels; null where nothing is. */
async function middles(page: Page, clip: { x: number; y: number; width: number; height: number }) {
	const picture = (await page.screenshot({ clip })).toString('base64');
	return page.evaluate(
		async ({ picture, colours }) => {
			const bytes = Uint8Array.from(atob(picture), (character) => character.charCodeAt(0));
			const bitmap = await createImageBitmap(new Blob([bytes]));
			const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
			context.drawImage(bitmap, 0, 0);
			const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
			return colours.map((colour) => {
				let [count, x, y] = [0, 0, 0];
				for (let at = 0; at < data.length; at += 4) {
					if (colour.some((part, index) => Math.abs(part - data[at + index]!) > 48)) continue;
					count++;
					x += (at / 4) % bitmap.width;
					y += Math.floor(at / 4 / bitmap.width);
				}
				return count === 0 ? null : { x: x / count, y: y / count };
			});
		},
		{ picture, colours: [ringColour, dotColour].map((colour) => [...colour]) }
	);
}

/** A dot of one colour with nothing beside it. */
function lonely(sites: readonly MapEnterprise[]): LonLat {
	const placed = sites.filter(({ longitude }) => longitude !== null);
	const isFar = (one: MapEnterprise) => (other: MapEnterprise) =>
		other === one || Math.hypot(other.longitude! - one.longitude!, other.latitude! - one.latitude!) > 0.0006;
	const site = placed.find(
		(one) =>
			one.band?.level === 'normal' &&
			one.pendingBand === null &&
			one.openHazards === 0 &&
			placed.every(isFar(one))
	)!;
	return [site.longitude!, site.latitude!];
}

test('a base map in GCJ-02 lies under the dots, its host alone may be asked, and one that fails is said', async ({
	browser
}) => {
	const marks: LonLat[] = [];
	const tiles = await startTileServer(marks);
	const base = {
		kind: 'xyz',
		url: `${tiles.origin}/xyz/{z}/{x}/{y}.png`,
		crs: 'gcj02',
		attribution: '示例底图',
		approvalNumber: 'GS（0000）示例号'
	};
	const server = await startServer(await copySampleFolder(), {
		environment: { BASE_MAP: JSON.stringify(base) }
	});
	try {
		const { context, page } = await openDevice(browser, server, 'leader', {
			isPhone: false,
			opensHome: false
		});
		expect(tiles.asked).toEqual([]);
		const [longitude, latitude] = lonely(await readEnterprises(context));
		marks.push(gcoord.transform([longitude, latitude], gcoord.WGS84, gcoord.GCJ02) as [number, number]);

		const opened = await page.goto(`/?c=${longitude},${latitude}&z=17`);
		const policy = opened!.headers()['content-security-policy']!.split('; ');
		const asking = policy.filter((directive) => directive.includes(tiles.origin));
		expect(asking.toSorted()).toEqual([
			`connect-src 'self' ${tiles.origin}`,
			`img-src 'self' data: blob: ${tiles.origin}`
		]);
		await expect(page.getByText('示例底图 · GS（0000）示例号')).toBeVisible();
		const box = (await page.locator('.maplibregl-canvas').boundingBox())!;
		const clip = { x: box.x + box.width / 2 - 24, y: box.y + box.height / 2 - 24, width: 48, height: 48 };
		await expect
			.poll(async () => {
				const [ring, dot] = await middles(page, clip);
				return ring && dot ? Math.max(Math.abs(ring.x - dot.x), Math.abs(ring.y - dot.y)) : null;
			})
			.toBeLessThanOrEqual(1);

		// What is in sight, cut from up to four tiles, is all that was asked for; its host learns our origin and no page.
		const asked = new Set(tiles.asked.map(({ path }) => path));
		const acrossMost = (pixels: number) => Math.ceil(pixels / 256) + 2;
		expect(asked.size).toBeLessThanOrEqual(acrossMost(box.width) * acrossMost(box.height));
		expect(new Set(tiles.asked.map(({ referer }) => referer))).toEqual(new Set([`${server.url}/`]));

		tiles.manner = 'refuses';
		await page.goto(`/?c=${longitude + 0.05},${latitude}&z=17`);
		await expect(page.getByText('底图没有取到，其余照常')).toBeVisible();
		await page.getByRole('button', { name: '放大' }).click();
		await expect(page).toHaveURL(/z=18/);
		await context.close();
	} finally {
		await server.stop();
		await tiles.stop();
	}
});
