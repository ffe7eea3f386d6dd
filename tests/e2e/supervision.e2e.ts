import { expect, nameOf, openDevice, test } from './support/fixtures.ts';
import { takePhoto } from './support/photo.ts';

test('a leader asks an inspector, it stands on their round, they answer with a photo, it is accepted; all without script', async ({
	browser,
	server
}) => {
	const without = async (person: 'leader' | 'inspector', isPhone: boolean) => {
		const { context, page } = await openDevice(browser, server, person, { isPhone });
		const photo = await takePhoto(page, '整改后', { width: 320, height: 240 });
		const storageState = await context.storageState();
		await context.close();
		const plain = { baseURL: server.url, locale: 'zh-CN', storageState, javaScriptEnabled: false };
		return { page: await (await browser.newContext(plain)).newPage(), photo };
	};
	const { page: leader } = await without('leader', false);
	const { page: inspector, photo } = await without('inspector', true);

	await leader.goto('/?tab=matters');
	const line = leader.getByRole('link', { name: /^督办：.*，逾期$/ }).first();
	const site = /^督办：(.*)，逾期$/.exec((await line.getAttribute('aria-label'))!)![1]!;
	await line.click();
	await leader.getByLabel('承办人').selectOption({ label: `${nameOf(server, 'inspector')} · 检查人员` });
	await leader.getByLabel('要求').fill('请上门督促，整改到位后拍照。');
	await leader.getByRole('button', { name: '发出督办' }).click();
	await expect(leader.getByText('办理中', { exact: true })).toBeVisible();
	const address = new URL(leader.url()).pathname;

	await inspector.goto('/round');
	await expect(
		inspector.getByRole('link', { name: new RegExp(`领导督办[^]*`) }).filter({ hasText: site })
	).toBeVisible();
	await inspector.getByRole('link', { name: /件督办等您答复/ }).click();
	await inspector
		.getByRole('link', { name: new RegExp(site) })
		.first()
		.click();
	await expect(inspector).toHaveURL(new RegExp(`${address}$`));
	await expect(inspector.getByText('验收办结')).toHaveCount(0);
	await inspector.getByText('答复', { exact: true }).first().click();
	await inspector.getByLabel('做了什么、结果如何').fill('已上门，今天换装完毕。');
	await inspector.getByLabel('照片').setInputFiles(photo);
	await inspector.getByRole('button', { name: '提交答复' }).click();
	await expect(inspector.getByText('待验收', { exact: true })).toBeVisible();

	await leader.goto('/');
	await leader.getByRole('link', { name: /^督办待您定 \d+$/ }).click();
	await leader
		.getByRole('link', { name: new RegExp(site) })
		.first()
		.click();
	await expect(leader.getByRole('img', { name: '照片 1' })).toBeVisible();
	await leader.getByText('验收办结', { exact: true }).click();
	await leader.getByRole('button', { name: '办结' }).click();
	await expect(leader.getByText('已办结', { exact: true })).toBeVisible();
	await inspector.goto('/round');
	await expect(inspector.getByRole('link', { name: /领导督办/ }).filter({ hasText: site })).toHaveCount(0);
});
