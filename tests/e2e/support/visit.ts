import { expect, type BrowserContext, type Page } from '@playwright/test';
import type { MapEnterprise } from '#lib/enterprise/mapIndex/mapEnterprise.ts';
import type { MapAnswer } from '#lib/enterprise/mapIndex/mapAnswer.ts';
import type { PhotoFile } from './photo.ts';

/** What a person does on the inspector's phone, in their words. */

/** Every enterprise that the signed-in person sees on the map, the worst first. */
export async function readEnterprises(context: BrowserContext): Promise<MapEnterprise[]> {
	const rows: MapEnterprise[] = [];
	for (;;) {
		const response = await context.request.get(`/api/map?limit=500&offset=${rows.length}`);
		expect(response.status()).toBe(200);
		const answer = (await response.json()) as MapAnswer;
		rows.push(...answer.rows);
		if (rows.length >= answer.total) return rows;
	}
}

export async function findEnterprise(context: BrowserContext, id: string): Promise<MapEnterprise> {
	const response = await context.request.get(`/api/map/enterprise?id=${id}`);
	expect(response.status()).toBe(200);
	return (await response.json()) as MapEnterprise;
}

/** A place nobody has inspected yet, with a position and nothing open. */
export async function neverInspected(context: BrowserContext, skip = 0): Promise<MapEnterprise> {
	const candidates = (await readEnterprises(context)).filter(
		({ band, openHazards, lastInspectedOn, longitude }) =>
			band === null && openHazards === 0 && lastInspectedOn === null && longitude !== null
	);
	return candidates[skip]!;
}

/** Some twenty metres north of the door. */
export async function standAtDoor(
	context: BrowserContext,
	{ longitude, latitude }: Pick<MapEnterprise, 'longitude' | 'latitude'>,
	accuracy = 9
): Promise<void> {
	await context.grantPermissions(['geolocation']);
	await context.setGeolocation({ longitude: longitude!, latitude: latitude! + 0.00016, accuracy });
}

/** From the place's own address of a new visit to the checklist. @returns the visit's id. */
export async function checkIn(
	page: Page,
	enterprise: MapEnterprise,
	rechecks: string | null = null
): Promise<string> {
	await standAtDoor(page.context(), enterprise);
	await page.goto(`/visit/new?enterprise=${enterprise.id}${rechecks ? `&rechecks=${rechecks}` : ''}`);
	return confirmCheckIn(page);
}

/** On the check-in screen. @returns the visit's id. */
export async function confirmCheckIn(page: Page): Promise<string> {
	await expect(page.getByRole('heading', { name: '到场签到' })).toBeVisible();
	await expect(page.getByText('位置可信')).toBeVisible();
	await page.getByRole('button', { name: '确认到场' }).click();
	await expect(page.getByRole('heading', { name: /现场(检查|复查)/, level: 1 })).toBeVisible();
	return new URL(page.url()).pathname.split('/').at(-1)!;
}

/** Items of the checklist that have no answer yet. */
export const unanswered = (page: Page) => page.locator('li.unanswered');

interface FoundHazard {
	measure: '当场改正' | '限期整改';
	/** Photo of the hazard. */
	photo: PhotoFile;
	/** Photo of it put right. */
	proof?: PhotoFile;
	days?: number;
}

/** Fails the first item without an answer. @returns the hazard's description. */
export async function failNextItem(page: Page, found: FoundHazard): Promise<string> {
	await unanswered(page).first().getByRole('button', { name: '不符合', exact: true }).click();
	const sheet = page.getByRole('dialog', { name: '隐患内容' });
	await sheet.getByRole('radio', { name: found.measure, exact: true }).check();
	await addPhoto(page, '隐患照片', found.photo);
	if (found.proof) await addPhoto(page, '改正后照片', found.proof);
	if (found.days) await sheet.getByRole('button', { name: `${found.days}天`, exact: true }).click();
	const description = await sheet.getByRole('textbox', { name: '隐患描述' }).inputValue();
	await sheet.getByRole('button', { name: '完成', exact: true }).click();
	await expect(sheet).toBeHidden();
	return description;
}

/** @param photo in memory, or the path of a large one */
export async function addPhoto(page: Page, picker: string, photo: PhotoFile | string): Promise<void> {
	const group = page.getByRole('group', { name: new RegExp(`^${picker}`) });
	const before = await group.getByRole('button', { name: /删除照片/ }).count();
	await group.locator('input[type="file"]').last().setInputFiles(photo);
	await expect(group.getByRole('button', { name: /删除照片/ })).toHaveCount(before + 1, { timeout: 15_000 });
}

export async function finishChecklist(page: Page): Promise<void> {
	const passOthers = page.getByRole('button', { name: '其余均符合' });
	if (await passOthers.isVisible()) await passOthers.click();
	await page.getByRole('button', { name: /^完成(检查|复查)$/ }).click();
	await expect(page.getByRole('heading', { name: '结果确认' })).toBeVisible();
}

/** Result read, consent to electronic delivery given. @returns the points that stand there (拟记). */
export async function agreeToResult(
	page: Page,
	{ companion = null as RegExp | null } = {}
): Promise<number | null> {
	const points = await page
		.getByText(/拟记.*分/)
		.first()
		.textContent()
		.catch(() => null);
	await page.getByRole('radio', { name: '同意，扫码查收', exact: true }).check();
	if (companion) {
		const select = page.getByRole('combobox', { name: /同行检查人员/ });
		const option = select.locator('option').filter({ hasText: companion }).first();
		await select.selectOption((await option.getAttribute('value'))!);
	}
	await page.getByRole('button', { name: '请负责人签名' }).click();
	await expect(page.getByRole('heading', { name: '签名', exact: true })).toBeVisible();
	return points ? Number(/拟记\s*([\d.]+)/.exec(points)?.[1]) : null;
}
