import { expect, nameOf, openDevice, test } from './support/fixtures.ts';
import { takePhoto } from './support/photo.ts';
import { drawSignature } from './support/signature.ts';
import { agreeToResult, checkIn, failNextItem, finishChecklist, neverInspected } from './support/visit.ts';

test('in a basement: from check-in to the signature nothing is asked of the server, and the seal follows the network', async ({
	browser,
	server
}) => {
	const { page, context } = await openDevice(browser, server, 'inspector', {
		position: { longitude: 0, latitude: 0 }
	});
	await checkIn(page, await neverInspected(context, 20));
	const photo = await takePhoto(page, '示例照片');
	await context.setOffline(true);
	const asked: string[] = [];
	page.on('request', (request) => {
		// The browser looks for the page's icon again whenever the address changes.
		const { origin, pathname } = new URL(request.url());
		if (origin === new URL(server.url).origin && pathname !== '/icon.svg') asked.push(pathname);
	});
	await failNextItem(page, { measure: '限期整改', photo: photo, days: 7 });
	await finishChecklist(page);
	await agreeToResult(page);
	await page.getByRole('textbox', { name: '姓名' }).fill('示例店长');
	await drawSignature(page, '现场负责人签名');
	await drawSignature(page, `${nameOf(server, 'inspector')}签名`);
	expect(asked).toEqual([]);

	await page.getByRole('button', { name: '签章归档' }).click();
	await expect(page.getByText('没有网络，联网后自动上传')).toBeVisible();
	await expect(page.getByText('0/2')).toBeVisible();
	await context.setOffline(false);
	await expect(page.getByText('领取码', { exact: true })).toBeVisible({ timeout: 15_000 });
	await context.close();
});

test('a killed tab and a turned screen lose nothing: answers, hazard, photo and signature are there again', async ({
	browser,
	server
}) => {
	const { page, context } = await openDevice(browser, server, 'inspector', {
		position: { longitude: 0, latitude: 0 }
	});
	const visitId = await checkIn(page, await neverInspected(context, 21));
	const description = await failNextItem(page, {
		measure: '当场改正',
		photo: await takePhoto(page, '示例照片')
	});
	await finishChecklist(page);
	await agreeToResult(page);
	await page.getByRole('textbox', { name: '姓名' }).fill('示例店长');
	await drawSignature(page, '现场负责人签名');
	await page.setViewportSize({ width: 800, height: 360 });
	const pad = page.getByRole('group', { name: '现场负责人签名' }).locator('canvas');
	await expect(pad).toHaveText(/已签名/);
	await page.close();

	const again = await context.newPage();
	await again.goto('/round');
	await again
		.getByRole('link', { name: /已存本机/ })
		.first()
		.click();
	await expect(again).toHaveURL(new RegExp(`/visit/${visitId}`));
	await expect(again.getByRole('heading', { name: '签名', exact: true })).toBeVisible();
	await expect(again.getByRole('group', { name: '现场负责人签名' }).locator('canvas')).toHaveText(/已签名/);
	await expect(again.getByRole('textbox', { name: '姓名' })).toHaveValue('示例店长');
	await again.getByRole('button', { name: '返回', exact: true }).click();
	await expect(again.getByText(description)).toBeVisible();
	await context.close();
});
