import { expect, openDevice, people, test, type PersonName } from './support/fixtures.ts';
import { samplePassword } from '#lib/identity/password.ts';
import { overflow, violations } from './support/accessible.ts';
import { pagesOf } from './support/pages.ts';

const roles: (PersonName | null)[] = [null, 'inspector', 'leader', 'administrator', 'principal'];
for (const person of roles) {
	test(`pages of ${person ?? 'a visitor'} meet WCAG 2.2 AA on a phone, by day and by night`, async ({
		browser,
		server
	}) => {
		test.setTimeout(240_000);
		const { page, context } = await openDevice(browser, server, person);
		const found: string[] = [];
		for (const { name, path } of await pagesOf(person, context)) {
			const response = await page.goto(path);
			expect.soft(response!.status(), path).toBe(name === 'delivery-unknown' ? 404 : 200);
			found.push(...(await violations(page)).map((line) => `${name} ${line}`));
			const excess = await overflow(page);
			if (excess > 0) found.push(`${name}: ${excess} px wider than the phone`);
		}
		expect(found).toEqual([]);
		await context.close();
	});
}

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
