import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { apiOf, requirements } from './ogcRequirements.ts';
import { expect, openDevice, test } from './support/fixtures.ts';
import { readEnterprises } from './support/visit.ts';

const ogr2ogr = ['/usr/bin/ogr2ogr', '/usr/local/bin/ogr2ogr'].find((path) => existsSync(path));

async function makeKey(page: Page, name: string): Promise<string> {
	await page.goto('/admin/api-keys');
	await page.getByLabel('用途').fill(name);
	await page.getByRole('button', { name: '生成密钥' }).click();
	await expect(page.getByText('只显示这一次')).toBeVisible();
	return (await page.locator('code').first().textContent())!;
}

test('an administrator makes a key, programs read by the standard, GDAL reads everything, a revoked key reads nothing', async ({
	browser,
	server
}) => {
	const { context, page } = await openDevice(browser, server, 'administrator', { isPhone: false });
	const key = await makeKey(page, '区应急平台');
	await page.reload();
	await expect(page.getByText(key)).toHaveCount(0);

	const visitor = await browser.newContext();
	const api = apiOf(visitor.request, server.url, key);
	const failed: string[] = [];
	for (const { id, shows } of requirements)
		await test.step(id, () =>
			shows(api).catch((error: Error) => void failed.push(`${id}: ${error.message}`))
		);
	expect(failed).toEqual([]);
	console.log(`    OGC API – Features: ${requirements.length} requirements`);

	await test.step('ogr2ogr', async () => {
		if (!ogr2ogr) return console.log('    ogr2ogr: skipped, GDAL is not installed and could not be');
		const folder = mkdtempSync(join(tmpdir(), 'mingcha-gdal-'));
		for (const collection of ['enterprises', 'hazards', 'areas']) {
			const file = join(folder, `${collection}.geojson`);
			const options = [
				'-oo',
				`USERPWD=key:${key}`,
				'-oo',
				'PAGE_SIZE=500',
				'-lco',
				'RFC7946=YES',
				'--config',
				'OGR_GEOJSON_MAX_OBJ_SIZE',
				'0'
			];
			execFileSync(ogr2ogr, [...options, file, `OAPIF:${server.url}/ogc`, collection], {
				stdio: 'pipe',
				timeout: 60_000
			});
			const { features } = JSON.parse(readFileSync(file, 'utf8')) as { features: object[] };
			const first = await api.json<{ numberMatched: number }>(`/collections/${collection}/items?limit=1`);
			expect([collection, features.length]).toEqual([collection, first.numberMatched]);
			console.log(`    ogr2ogr read ${features.length} ${collection}`);
		}
		rmSync(folder, { recursive: true });
	});

	const register = (await readEnterprises(context)).length;
	const { numberMatched } = await api.json<{ numberMatched: number }>(
		'/collections/enterprises/items?limit=1'
	);
	expect(numberMatched).toBeGreaterThanOrEqual(register);
	await page.getByRole('button', { name: '撤销密钥：区应急平台' }).click();
	await expect(page.getByText('已撤销')).toBeVisible();
	expect((await api.get('/collections')).status()).toBe(401);
	await visitor.close();
	await context.close();
});
