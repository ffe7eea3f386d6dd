import { shanghaiDate } from '#lib/calendar.ts';
import { expect, nameOf, openDevice, phoneSize, test, type Device } from './support/fixtures.ts';
import { takePhoto } from './support/photo.ts';
import { sealSigned, signVisit } from './support/sealByApi.ts';
import { drawSignature } from './support/signature.ts';
import {
	agreeToResult,
	checkIn,
	failNextItem,
	findEnterprise,
	finishChecklist,
	neverInspected
} from './support/visit.ts';

test('from check-in to signature without a network; back in the street it seals itself', async ({
	browser,
	server
}) => {
	test.setTimeout(180_000);
	const inspector = await openDevice(browser, server, 'inspector');
	const { page, context } = inspector;
	const place = await neverInspected(context);
	const visitId = await checkIn(page, place);
	const firstPhoto = await takePhoto(page, '隐患');
	await context.setOffline(true);
	const asked: string[] = [];
	page.on('request', (request) => {
		// The browser itself looks for the tab's icon again.
		if (request.url().startsWith(server.url) && !request.url().endsWith('/icon.svg'))
			asked.push(request.url());
	});

	await failNextItem(page, {
		measure: '当场改正',
		photo: firstPhoto,
		proof: await takePhoto(page, '改正后', { hue: 120 })
	});
	await failNextItem(page, {
		measure: '限期整改',
		photo: await takePhoto(page, '隐患二', { hue: 280 }),
		days: 15
	});
	await finishChecklist(page);
	await agreeToResult(page);
	await page.getByRole('textbox', { name: '姓名' }).fill('周示例');
	await drawSignature(page, '现场负责人签名');

	// Turned while the pen is in the hand: the strokes are still there, and it can be written on.
	const pad = page.getByRole('group', { name: '现场负责人签名' }).locator('canvas');
	await page.setViewportSize({ width: phoneSize.height, height: phoneSize.width });
	await expect(pad).toHaveText('已签名，共 3 笔');
	await page.setViewportSize(phoneSize);
	await expect(pad).toHaveText('已签名，共 3 笔');
	await expect(page.getByText('已存本机')).toBeVisible();
	expect(asked).toEqual([]);

	// The phone was put away and the browser thrown out of memory; outside, the page is opened again.
	await page.close();
	await context.setOffline(false);
	inspector.page = await context.newPage();
	await inspector.page.goto('/round');
	await inspector.page.getByRole('link', { name: new RegExp(`${place.name}.*已存本机`) }).click();
	await expect(inspector.page).toHaveURL(new RegExp(visitId));
	const again = inspector.page;
	await expect(again.getByRole('heading', { name: '签名', exact: true })).toBeVisible();
	await expect(again.getByRole('group', { name: '现场负责人签名' }).locator('canvas')).toHaveText(
		'已签名，共 3 笔'
	);
	await expect(again.getByRole('textbox', { name: '姓名' })).toHaveValue('周示例');

	await context.setOffline(true);
	await drawSignature(again, `${nameOf(server, 'inspector')}签名`);
	await again.getByRole('button', { name: '签章归档' }).click();
	await expect(again.getByText('没有网络，联网后自动上传')).toBeVisible();

	const sent = { evidence: 0, seals: 0 };
	again.on('requestfinished', (request) => {
		if (request.url().includes('/api/evidence/') && request.method() === 'PUT') sent.evidence++;
		if (request.url().endsWith('/seal')) sent.seals++;
	});
	await context.setOffline(false);
	await expect(again.getByText(/归档，内容不能再改/)).toBeVisible({ timeout: 30_000 });
	expect(sent).toEqual({ evidence: 3, seals: 1 });
	const sealed = await findEnterprise(context, place.id);
	expect(sealed).toMatchObject({ openHazards: 1, lastInspectedOn: shanghaiDate(new Date()) });
	await again.getByRole('link', { name: '查看记录' }).click();
	await expect(again.locator('main img').first()).toBeVisible();
	await context.close();
});

test('a seal whose answer is lost on the way is repeated and counts once', async ({ browser, server }) => {
	const inspector: Device = await openDevice(browser, server, 'inspector');
	const { page, context } = inspector;
	const place = await neverInspected(context);
	await checkIn(page, place);
	await failNextItem(page, { measure: '限期整改', photo: await takePhoto(page, '隐患') });
	await finishChecklist(page);
	await agreeToResult(page);
	await page.getByRole('textbox', { name: '姓名' }).fill('周示例');
	await drawSignature(page, '现场负责人签名');
	await drawSignature(page, `${nameOf(server, 'inspector')}签名`);

	let lost: { sealedAt: string } | null = null;
	await page.route('**/seal', async (route) => {
		if (lost) return route.continue();
		// The server has it and answers; the answer never arrives.
		lost = (await (await route.fetch()).json()) as { sealedAt: string };
		await route.abort('connectionreset');
	});
	await page.getByRole('button', { name: '签章归档' }).click();
	await expect(page.getByText(/归档，内容不能再改/)).toBeVisible({ timeout: 30_000 });
	expect(lost).toMatchObject({ state: 'sealed' });
	expect((await findEnterprise(context, place.id)).openHazards).toBe(1);

	// One record more than before, and the next one follows it.
	const first = lost as unknown as { record: { position: number } };
	const next = await (await sealSigned(context, await signVisit(context, place.id, { failing: 0 }))).json();
	expect(next.record.position).toBe(first.record.position + 1);
	await context.close();
});
