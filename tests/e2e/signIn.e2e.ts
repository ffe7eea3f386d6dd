import { desktopSize, expect, openDevice, people, test } from './support/fixtures.ts';

test('a visitor is led to the sign-in page and, signed in, to where their work begins', async ({
	browser,
	server
}) => {
	const { page, context } = await openDevice(browser, server, null);
	await page.goto('/');
	await expect(page).toHaveURL(/\/sign-in/);
	await page.locator('input[name="email"]').fill(people.inspector);
	await page.locator('input[name="password"]').fill('not the password');
	await page.locator('form button[type="submit"]').last().click();
	await expect(page.getByRole('alert')).toContainText('密码');
	await context.close();

	const inspector = await openDevice(browser, server, 'inspector');
	await expect(inspector.page).toHaveURL(/\/round/);
	await inspector.context.close();
	const leader = await openDevice(browser, server, 'leader', { isPhone: false });
	expect(new URL(leader.page.url()).pathname).toBe('/');
	expect(leader.page.viewportSize()).toEqual(desktopSize);
	await leader.context.close();
});
