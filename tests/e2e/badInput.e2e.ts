import { createHash, randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import type { APIResponse } from '@playwright/test';
import { addDays, shanghaiDate } from '#lib/calendar.ts';
import type { Problem } from '#lib/problem.ts';
import { expect, openDevice, test, type Device } from './support/fixtures.ts';
import { readPaper } from './support/paper.ts';
import { padJpeg, takePhoto } from './support/photo.ts';
import { sealSigned, signVisit } from './support/sealByApi.ts';
import { startServer } from './support/server.ts';
import {
	addPhoto,
	checkIn,
	findEnterprise,
	neverInspected,
	readEnterprises,
	standAtDoor,
	unanswered
} from './support/visit.ts';

let inspector: Device;
test.beforeAll(async ({ browser, server }) => {
	inspector = await openDevice(browser, server, 'inspector');
});
test.afterAll(() => inspector.context.close());

const problemOf = async (response: APIResponse) => ((await response.json()) as { problem: Problem }).problem;
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const put = (bytes: Buffer) =>
	inspector.context.request.put(`/api/evidence/${sha256(bytes)}`, { data: bytes });

const htmlNamedJpg = {
	name: '现场.jpg',
	mimeType: 'image/jpeg',
	buffer: Buffer.from('<!doctype html><script>alert(1)</script>')
};

test('a photo of 30 MB is made small on the phone; sent as it is, it is refused', async () => {
	const file = test.info().outputPath('原图.jpg');
	const { page, context } = inspector;
	const place = await neverInspected(context);
	await checkIn(page, place);
	const camera = await takePhoto(page, '原图', { width: 4000, height: 3000, isNoise: true });
	const large = padJpeg(camera, 30 * 1024 * 1024);
	expect(large.buffer.length).toBeGreaterThan(30 * 1024 * 1024);

	await unanswered(page).first().getByRole('button', { name: '不符合', exact: true }).click();
	writeFileSync(file, large.buffer);
	await addPhoto(page, '隐患照片', file);
	const kept = await page.evaluate(
		() =>
			new Promise<number[]>((resolve, reject) => {
				const opening = indexedDB.open('mingcha');
				opening.onerror = () => reject(opening.error!);
				opening.onsuccess = () => {
					const all = opening.result.transaction('photos').objectStore('photos').getAll();
					all.onsuccess = () => resolve((all.result as { blob: Blob }[]).map(({ blob }) => blob.size));
				};
			})
	);
	expect(kept).toHaveLength(1);
	expect(kept[0]).toBeLessThan(3 * 1024 * 1024);

	const refused = await put(large.buffer);
	expect(refused.status()).toBe(413);
	expect((await problemOf(refused)).code).toBe('evidence.too_large');

	// The same list again: what is no picture is refused by its name, and the photo stays.
	const group = page.getByRole('group', { name: /^隐患照片/ });
	await group.locator('input[type="file"]').last().setInputFiles(htmlNamedJpg);
	await expect(group).toContainText('“现场.jpg”没有添加');
	await expect(group).toContainText('这个文件不是可用的照片');
	await expect(group.getByRole('button', { name: /删除照片/ })).toHaveCount(1);
});

test('an HTML page named .jpg is refused whatever it is called, and so is a photo under a wrong hash', async () => {
	const refused = await put(htmlNamedJpg.buffer);
	expect(refused.status()).toBe(415);
	expect((await problemOf(refused)).code).toBe('evidence.media_type');

	const photo = await takePhoto(inspector.page, '甲', { width: 80, height: 60 });
	const mismatch = await inspector.context.request.put(`/api/evidence/${sha256(Buffer.from('other'))}`, {
		data: photo.buffer
	});
	expect((await problemOf(mismatch)).code).toBe('evidence.hash_mismatch');
});

test('an unknown code, and the code of a paper that is out of date, say what to do', async ({
	browser,
	server
}) => {
	const stranger = await openDevice(browser, server, null);
	const unknown = await stranger.page.goto(`/o/${'x'.repeat(27)}`);
	expect(unknown!.status()).toBe(404);
	await expect(stranger.page.locator('main')).toContainText('没有找到这份文书');
	await expect(stranger.page.locator('main')).toContainText('向检查人员索取新码');

	// A paper of more than a year ago, as it hangs on a wall.
	const longAgo = addDays(shanghaiDate(new Date()), -400);
	const places = (await readEnterprises(inspector.context))
		.filter(({ lastInspectedOn }) => lastInspectedOn !== null && lastInspectedOn < longAgo)
		.slice(0, 20);
	let qr: string | null = null;
	for (const { id } of places) {
		await inspector.page.goto(`/enterprises/${id}`);
		const link = inspector.page.locator('a[href^="/documents/"]').first();
		if ((await link.count()) === 0) continue;
		const response = await inspector.context.request.get((await link.getAttribute('href'))!);
		qr = readPaper(await response.body()).qr;
		if (qr) break;
	}
	expect(qr).not.toBeNull();
	const expired = await stranger.page.goto(new URL(new URL(qr!).pathname, server.url).href);
	expect(expired!.status()).toBe(410);
	await expect(stranger.page.locator('main')).toContainText('这个二维码已过期');
	await stranger.context.close();
});

test('a sealed visit sealed again gets the same answer; changed, it is refused; nothing is doubled', async () => {
	const { context } = inspector;
	const place = await neverInspected(context, 1);
	const signed = await signVisit(context, place.id);
	const first = await sealSigned(context, signed);
	expect(first.status()).toBe(200);
	const again = await sealSigned(context, signed);
	expect(await again.json()).toEqual(await first.json());

	const changed = await sealSigned(context, {
		id: signed.id,
		text: JSON.stringify({ ...JSON.parse(signed.text), place: '另一处' })
	});
	expect(changed.status()).toBe(409);
	expect((await problemOf(changed)).code).toBe('inspection.already_sealed');
	expect((await findEnterprise(context, place.id)).openHazards).toBe(1);
});

test('a phone whose clock runs a day ahead is told so, and the check is dated by the server', async ({
	browser,
	server
}) => {
	const device = await openDevice(browser, server, 'inspector');
	await device.page.clock.install({ time: Date.now() + 86_400_000 });
	const place = await neverInspected(device.context, 2);
	await standAtDoor(device.context, place);
	await device.page.goto(`/visit/new?enterprise=${place.id}`);
	await expect(device.page.getByText(/本机时间与服务器相差约 14[34]\d 分钟/)).toBeVisible();
	await device.context.close();

	const signed = await signVisit(inspector.context, place.id, { clockMilliseconds: 86_400_000 });
	const answer = await (await sealSigned(inspector.context, signed)).json();
	expect(answer).toMatchObject({
		state: 'sealed',
		clockSuspect: true,
		inspectedOn: shanghaiDate(new Date())
	});
});

test('a body that is not JSON, or not a visit, is refused with its code and place', async () => {
	const { request } = inspector.context;
	const url = `/api/inspections/${randomUUID()}/seal`;
	const headers = { 'content-type': 'application/json' };
	const notJson = await request.post(url, { headers, data: Buffer.from('{"format":') });
	expect(notJson.status()).toBe(400);
	expect((await problemOf(notJson)).code).toBe('request.not_json');
	const notVisit = await request.post(url, { headers, data: '{"format":"mingcha.inspection/1"}' });
	expect(notVisit.status()).toBe(400);
	expect(await problemOf(notVisit)).toMatchObject({ code: 'request.invalid', path: expect.any(String) });
});

test('a second process on the same folder is refused and names the first', async ({ server }) => {
	await expect(startServer(server.folder, { keepFolder: true })).rejects.toThrow(
		new RegExp(`got exit [1-9]\\d*[^]*${server.pid}`)
	);
	expect((await fetch(`${server.url}/readyz`)).ok).toBe(true);
});
