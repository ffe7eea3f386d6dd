import { gzipSync } from 'node:zlib';
import { expect, openDevice, test } from './support/fixtures.ts';
import { sealSigned, signVisit } from './support/sealByApi.ts';
import { copySampleFolder } from './support/sampleFolder.ts';
import { freePort, startServer } from './support/server.ts';
import { findEnterprise, neverInspected } from './support/visit.ts';

const scriptLimitBytes = 200 * 1024;

test('the map page asks nobody but this server, and is readable before the map library comes', async ({
	browser,
	server
}) => {
	const { page, context } = await openDevice(browser, server, 'leader', { isPhone: false });
	// What the sign-in led to may still be loading; its scripts are not counted.
	await page.goto('about:blank');
	const strangers: string[] = [];
	const scripts: { url: string; bytes: number; isMapLibrary: boolean }[] = [];
	const reading: Promise<void>[] = [];
	page.on('request', (request) => {
		if (!/^(blob|data):/.test(request.url()) && !request.url().startsWith(`${server.url}/`))
			strangers.push(request.url());
	});
	page.on('response', (response) => {
		if (response.request().resourceType() !== 'script') return;
		const script = { url: response.url(), bytes: 0, isMapLibrary: false };
		// In the order in which the answers begin: what comes after the library does not hold it up.
		scripts.push(script);
		reading.push(
			response.body().then((body) => {
				script.bytes = gzipSync(body).length;
				script.isMapLibrary = body.length > 300_000 && body.includes('maplibregl-');
			})
		);
	});
	// A first visit, with nothing kept from the sign-in page.
	const session = await context.newCDPSession(page);
	await session.send('Network.setCacheDisabled', { cacheDisabled: true });
	await page.goto('/');
	await expect(page.locator('canvas.maplibregl-canvas')).toBeVisible();
	await expect(page.getByText('· 实时')).toBeVisible();
	await page.waitForTimeout(1_000);
	await Promise.all(reading);

	expect(strangers).toEqual([]);
	const library = scripts.findIndex(({ isMapLibrary }) => isMapLibrary);
	expect(library).toBeGreaterThan(0);
	const own = scripts.slice(0, library).reduce((sum, { bytes }) => sum + bytes, 0);
	const text = `own script before MapLibre: ${Math.round(own / 1024)} KB gzip in ${library} files`;
	test.info().annotations.push({ type: 'size', description: text });
	console.log(`    ${text}`);
	expect(own).toBeLessThanOrEqual(scriptLimitBytes);

	// A part that nobody has touched is as the server wrote it, and answers the first touch.
	const menu = page.locator('details', { hasText: '退出登录' });
	await menu.locator('summary').click();
	await expect(menu).toHaveAttribute('open');
	await page.keyboard.press('Escape');
	await expect(menu).not.toHaveAttribute('open');
	await context.close();
});

test('a page travels compressed, a stream as it is', async ({ browser, server }) => {
	const { context } = await openDevice(browser, server, 'leader');
	const page = await context.request.get('/', { headers: { 'accept-encoding': 'br' } });
	expect(page.headers()['content-encoding']).toBe('br');
	const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
	const leaving = new AbortController();
	const stream = await fetch(`${server.url}/api/live`, {
		headers: { 'accept-encoding': 'gzip', cookie },
		signal: leaving.signal
	});
	expect(stream.headers.get('content-encoding')).toBeNull();
	const first = await stream.body!.getReader().read();
	expect(new TextDecoder().decode(first.value)).toContain('retry:');
	leaving.abort();
});

test('SIGTERM ends it with open streams; killed, it comes back with all that was sealed', async ({
	browser
}) => {
	test.setTimeout(180_000);
	const folder = await copySampleFolder();
	const port = await freePort();
	const first = await startServer(folder, { port, keepFolder: true });
	const leader = await openDevice(browser, first, 'leader', { isPhone: false });
	await leader.page.goto('/');
	await expect(leader.page.getByText('· 实时')).toBeVisible();
	const ended = await first.stop('SIGTERM');
	expect(ended.code).toBe(0);
	// Streams are closed first; waiting for them would take the adapter's 30 s.
	expect(ended.milliseconds).toBeLessThan(10_000);
	await expect(leader.page.getByText('已断开，正在重连')).toBeVisible();

	const restarting = Date.now();
	const second = await startServer(folder, { port, keepFolder: true });
	const restartMilliseconds = Date.now() - restarting;
	// The open map finds it again by itself.
	await expect(leader.page.getByText('· 实时')).toBeVisible({ timeout: 60_000 });
	const inspector = await openDevice(browser, second, 'inspector');
	const place = await neverInspected(inspector.context);
	const signed = await signVisit(inspector.context, place.id);
	const sealed = await (await sealSigned(inspector.context, signed)).json();
	await second.stop('SIGKILL');

	const third = await startServer(folder, { port });
	expect((await findEnterprise(inspector.context, place.id)).openHazards).toBe(1);
	expect(await (await sealSigned(inspector.context, signed)).json()).toEqual(sealed);
	// Papers that were not made yet when it died are made now.
	for (const { id } of sealed.documents as { id: string }[]) {
		const paper = await inspector.context.request.get(`/documents/${id}.pdf`);
		expect(paper.headers()['content-type']).toBe('application/pdf');
	}
	await expect(leader.page.getByText('· 实时')).toBeVisible({ timeout: 60_000 });
	const text = `SIGTERM ${ended.milliseconds} ms with a stream open · restart ${restartMilliseconds} ms`;
	test.info().annotations.push({ type: 'times', description: text });
	console.log(`    ${text}`);
	await leader.context.close();
	await inspector.context.close();
	await third.stop();
});
