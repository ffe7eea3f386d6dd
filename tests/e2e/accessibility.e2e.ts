import type { BrowserContext } from '@playwright/test';
import { expect, openDevice, people, test, type PersonName } from './support/fixtures.ts';
import { samplePassword } from '#lib/identity/password.ts';
import { localeCookie } from '#lib/messages/index.ts';
import { overflow, violations } from './support/accessible.ts';
import { pagesOf, type NamedPage } from './support/pages.ts';

/** Who has how many tests: a person with many pages has them in parts, of a minute at most. */
const roles: [PersonName | null, parts: number][] = [
	[null, 1],
	['inspector', 1],
	['leader', 3],
	['administrator', 2],
	['principal', 1]
];
const pages = new Map<PersonName | null, Promise<NamedPage[]>>();
/** Found once: some of them (a dry run) are made for it. */
const pagesOnce = (person: PersonName | null, context: BrowserContext): Promise<NamedPage[]> => {
	const known = pages.get(person) ?? pagesOf(person, context);
	pages.set(person, known);
	return known;
};

for (const [person, parts] of roles)
	for (let part = 0; part < parts; part++)
		test(`pages of ${person ?? 'a visitor'} meet WCAG 2.2 AA on a phone, by day and by night${parts > 1 ? ` (${part + 1} of ${parts})` : ''}`, async ({
			browser,
			server
		}) => {
			// A busy machine may take its time: what is found does not change.
			test.setTimeout(240_000);
			// Rules and widths are in CSS pixels: twice as many to paint would find nothing more.
			const { page, context } = await openDevice(browser, server, person, {
				pixelRatio: 1,
				opensHome: false
			});
			const all = await pagesOnce(person, context);
			const found: string[] = [];
			for (const { name, path } of all.filter((_, index) => index % parts === part)) {
				const response = await page.goto(path);
				expect.soft(response!.status(), path).toBe(name.endsWith('-unknown') ? 404 : 200);
				found.push(...(await violations(page)).map((line) => `${name} ${line}`));
				const excess = await overflow(page);
				if (excess > 0) found.push(`${name}: ${excess} px wider than the phone`);
			}
			expect(found).toEqual([]);
			await context.close();
		});

test('the bar has room on every screen, in both languages', async ({ browser, server }) => {
	for (const person of ['inspector', 'leader', 'administrator'] as const) {
		const { page, context } = await openDevice(browser, server, person, { isPhone: false, opensHome: false });
		for (const language of ['zh-CN', 'en']) {
			await context.addCookies([{ name: localeCookie, value: language, url: server.url }]);
			await page.goto('/hazards');
			await expect(page.locator('html')).toHaveAttribute('lang', language);
			for (const width of [360, 768, 1024, 1280, 1366, 1440, 1920]) {
				await page.setViewportSize({ width, height: 600 });
				expect(await overflow(page), `${person} ${language} ${width}`).toBe(0);
			}
		}
		await context.close();
	}
});

test('signing in and finding a place on the map takes no pointer', async ({ browser, server }) => {
	const { page, context } = await openDevice(browser, server, null, { isPhone: false });
	const press = async (key: string, until: () => Promise<boolean>) => {
		for (let presses = 0; presses < 60 && !(await until()); presses++) await page.keyboard.press(key);
		expect(await until()).toBe(true);
	};
	const isFocused = (selector: string) => () =>
		page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector);

	await page.goto('/sign-in');
	await press('Tab', isFocused('input[type="email"]'));
	await page.keyboard.type(people.leader);
	await press('Tab', isFocused('input[type="password"]'));
	await page.keyboard.type(samplePassword);
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(`${server.url}/`);

	await expect(page.locator('canvas.maplibregl-canvas')).toBeVisible();
	await press('Tab', isFocused('input[type="search"]'));
	await page.keyboard.type('餐饮');
	await press('Tab', isFocused('a[href^="/enterprises/"]'));
	const focused = page.locator('a[href^="/enterprises/"]:focus');
	const name = (await focused.locator('.text').textContent())!;
	await page.keyboard.press('Enter');
	const card = page.getByRole('region', { name });
	await expect(card).toBeVisible();
	await expect(card.getByRole('link', { name })).toBeVisible();
	await context.close();
});
