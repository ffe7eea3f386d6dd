import { expect, openDevice, test } from './support/fixtures.ts';
import { sealSigned, signVisit } from './support/sealByApi.ts';
import { readEnterprises } from './support/visit.ts';

const seals = 20;

test('every seal is on the open map, one after the other', async ({ browser, server }) => {
	const inspector = await openDevice(browser, server, 'inspector', { opensHome: false });
	const leader = await openDevice(browser, server, 'leader', { isPhone: false, opensHome: false });
	const places = (await readEnterprises(inspector.context))
		.filter(({ openHazards, longitude }) => openHazards === 0 && longitude !== null)
		.slice(0, seals);
	expect(places).toHaveLength(seals);
	// The list shows what the map is drawn from; here it shows these places only as they get something open.
	await leader.page.goto('/');
	await expect(leader.page.getByText('· 实时')).toBeVisible();
	await leader.page.evaluate(() => {
		const seen = new Map<string, number>();
		(globalThis as never as { seen: Map<string, number> }).seen = seen;
		new MutationObserver(() => {
			for (const link of document.querySelectorAll('a[href^="/enterprises/"]')) {
				const open = /未整改\s*\d+/.exec(link.textContent ?? '')?.[0];
				const key = `${link.getAttribute('href')} ${open}`;
				if (open && !seen.has(key)) seen.set(key, Date.now());
			}
		}).observe(document.body, { subtree: true, childList: true, characterData: true });
	});
	// Nobody has touched the figures: they are as the server wrote them, until they change.
	const figure = leader.page.locator('a[href="/hazards?state=open"]').first();
	const figureAtFirst = await figure.innerText();
	const search = leader.page.getByRole('searchbox');
	const milliseconds: number[] = [];
	for (const place of places) {
		await search.fill(place.creditCode ?? place.name);
		const row = leader.page.locator(`a[href="/enterprises/${place.id}"]`);
		await expect(row).toBeVisible();
		const signed = await signVisit(inspector.context, place.id);
		const response = await sealSigned(inspector.context, signed);
		const answeredAt = Date.now();
		expect(await response.json()).toMatchObject({ state: 'sealed' });
		await expect(row).toContainText('未整改 1', { timeout: 5_000 });
		const shownAt = await leader.page.evaluate(
			(key) => (globalThis as never as { seen: Map<string, number> }).seen.get(key),
			`/enterprises/${place.id} 未整改 1`
		);
		milliseconds.push(Math.max(0, (shownAt ?? Date.now()) - answeredAt));
	}
	await expect(figure).not.toHaveText(figureAtFirst);
	milliseconds.sort((a, b) => a - b);
	const p95 = milliseconds[Math.ceil(milliseconds.length * 0.95) - 1]!;
	const text = `seal to map: median ${milliseconds[seals / 2]} ms, p95 ${p95} ms, of ${seals}`;
	test.info().annotations.push({ type: 'latency', description: text });
	console.log(`    ${text}`);
	await inspector.context.close();
	await leader.context.close();
});
