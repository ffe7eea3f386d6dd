import { desktopSize, expect, openDevice, people, test } from './support/fixtures.ts';

test('a visitor is led to the sign-in page and, signed in, to where their work begins', async ({
	browser,
	server
}) => {
	const { page, context } = await openDevice(browser, server, null);
	await page.goto('/');
	await expect(page).toHaveURL(/\/sign-in/);
	await page.getByRole('textbox', { name: '邮箱' }).fill(people.inspector);
	await page.getByRole('textbox', { name: '密码' }).fill('not the password');
	await page.getByRole('button', { name: '登录', exact: true }).click();
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
