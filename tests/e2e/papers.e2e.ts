import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import { packageRoot } from '#lib/backend/packageRoot.server.ts';
import type { MapEnterprise } from '#lib/enterprise/mapIndex/mapEnterprise.ts';
import type { SealAnswer } from '#lib/record/sealAnswer.ts';
import { expectAccessible } from './support/accessible.ts';
import { expect, nameOf, openDevice, test, type Device } from './support/fixtures.ts';
import { plain, readPaper } from './support/paper.ts';
import { takePhoto } from './support/photo.ts';
import { sealSigned, signVisit } from './support/sealByApi.ts';
import { drawSignature } from './support/signature.ts';
import {
	addPhoto,
	agreeToResult,
	checkIn,
	failNextItem,
	findEnterprise,
	finishChecklist,
	neverInspected
} from './support/visit.ts';

/*
 * What becomes of papers between the street and a place without an account: tracks B and C from the signature to
 * 销号, who will not sign, what was wrong and is put right, and the file that a court may open without us.
 */
let inspector: Device;
let worker: Device;
let enterprisePhone: Device;

test.beforeAll(async ({ browser, server }) => {
	inspector = await openDevice(browser, server, 'inspector', { opensHome: false });
	worker = await openDevice(browser, server, 'communityWorker', { opensHome: false });
	enterprisePhone = await openDevice(browser, server, null);
});

test.afterAll(async () => {
	for (const device of [inspector, worker, enterprisePhone]) await device?.context.close();
});

type Sealed = Extract<SealAnswer, { state: 'sealed' }>;

/** Signed by whoever stands there and whose phone it is. */
async function signAndSeal(page: Page, officer: string): Promise<Sealed> {
	await page.getByRole('textbox', { name: '姓名' }).fill('周示例');
	await drawSignature(page, '现场负责人签名');
	return sealAs(page, officer);
}

async function sealAs(page: Page, officer: string): Promise<Sealed> {
	await drawSignature(page, `${officer}签名`);
	const answered = page.waitForResponse((response) => response.url().endsWith('/seal'));
	await page.getByRole('button', { name: '签章归档' }).click();
	const sealed = (await (await answered).json()) as SealAnswer;
	await expect(page.getByText(/归档，内容不能再改/)).toBeVisible();
	expect(sealed.state).toBe('sealed');
	return sealed as Sealed;
}

/** A check with one hazard that is given a week. */
async function findHazard(page: Page, place: MapEnterprise): Promise<string> {
	await checkIn(page, place);
	const photo = await takePhoto(page, '隐患', { width: 320, height: 240 });
	const found = await failNextItem(page, { measure: '限期整改', photo, days: 7 });
	await finishChecklist(page);
	await agreeToResult(page);
	return found;
}

async function recheck(
	page: Page,
	place: MapEnterprise,
	inspectionId: string,
	officer: string
): Promise<Sealed> {
	await checkIn(page, place, inspectionId);
	await page.getByRole('radio', { name: '整改合格', exact: true }).check();
	await addPhoto(page, '复查照片', await takePhoto(page, '复查', { width: 320, height: 240 }));
	await finishChecklist(page);
	await agreeToResult(page);
	return signAndSeal(page, officer);
}

/** On the enterprise's page, with its own phone. */
async function rectify(page: Page): Promise<void> {
	await page.getByText('提交整改照片').first().click();
	await addPhoto(page, '整改后的照片', await takePhoto(page, '整改后', { width: 320, height: 240 }));
	await page.getByRole('textbox', { name: '怎样整改的' }).fill('已更换并试用。');
	await page.getByRole('button', { name: '提交给检查人员' }).click();
	await expect(page.getByRole('status').filter({ hasText: '整改情况已提交，请等待复查。' })).toBeVisible();
}

const textOf = async (page: Page, address: string): Promise<string> => {
	const response = await page.context().request.get(address);
	expect(response.headers()['content-type']).toBe('application/pdf');
	return plain(readPaper(await response.body()).text);
};
const paperOf = (sealed: Sealed, kind: Sealed['documents'][number]['kind']) =>
	sealed.documents.find((document) => document.kind === kind)!;

/** `npm run -s verify -- --bundle`, in a folder where there is no database, no key and no server. */
function verifyAlone(file: string): { code: number; said: string } {
	const folder = mkdtempSync(join(tmpdir(), 'mingcha-alone-'));
	try {
		const said = execFileSync(
			process.execPath,
			[join(packageRoot(), 'src/commands/verify.ts'), '--bundle', file],
			{
				cwd: folder,
				encoding: 'utf8',
				env: { PATH: process.env.PATH, LANG: 'zh_CN.UTF-8', DATA_DIR: join(folder, 'data') }
			}
		);
		expect(readdirSync(folder)).toEqual([]);
		return { code: 0, said };
	} catch (error) {
		const { status, stdout } = error as { status: number | null; stdout: string };
		if (typeof status !== 'number') throw error;
		return { code: status, said: stdout };
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** The bundle's own page, unpacked on a disk and opened there by a browser that reaches nobody. */
async function openCase(browser: Browser, zip: Uint8Array, folder: string): Promise<Page> {
	for (const [path, bytes] of Object.entries(unzipSync(zip))) {
		mkdirSync(dirname(join(folder, path)), { recursive: true });
		writeFileSync(join(folder, path), bytes);
	}
	const context = await browser.newContext({ locale: 'zh-CN', offline: true });
	const page = await context.newPage();
	await page.goto(pathToFileURL(join(folder, 'index.html')).href);
	return page;
}

/** What the browser keeps of an unfinished correction. */
const keptReason = (page: Page): Promise<string | undefined> =>
	page.evaluate(
		() =>
			new Promise<string | undefined>((resolve, reject) => {
				const opening = indexedDB.open('mingcha-corrections');
				opening.onerror = () => reject(opening.error!);
				opening.onsuccess = () => {
					const database = opening.result;
					const asking = database.transaction('kept').objectStore('kept').getAll();
					asking.onsuccess = () => {
						database.close();
						resolve(asking.result.at(-1)?.unfinished.reason);
					};
				};
			})
	);

test('track B: signed, objected to, corrected, put right, rechecked, closed; the case verifies where there is no server', async ({
	browser,
	server
}) => {
	const { page, context } = inspector;
	const officer = nameOf(server, 'inspector');
	const place = await neverInspected(context, 7);
	const found = await findHazard(page, place);
	const sealed = await signAndSeal(page, officer);
	const order = paperOf(sealed, 'rectification_order');

	const enterprise = enterprisePhone.page;
	await enterprise.goto(`/o/${sealed.screenToken}`);
	await expect(enterprise.getByRole('heading', { name: /限期整改意见书/ })).toBeVisible();
	await expect(enterprise.getByText('还剩 7 天')).toBeVisible();
	await enterprise.getByText('我有异议', { exact: true }).click();
	await enterprise.getByLabel('异议和理由').fill('检查场所写错了，七天也来不及。');
	await enterprise.getByRole('button', { name: '提交异议' }).click();
	await expect(enterprise.getByText('异议已提交，答复会显示在本页。')).toBeVisible();

	// 更正: another day and where it was.
	await page.goto(`/inspections/${sealed.inspectionId}`);
	await page.getByRole('link', { name: '更正', exact: true }).click();
	await expect(page.getByRole('heading', { name: '更正检查记录' })).toBeVisible();
	await page.getByText(`1. ${found}`).click();
	await page.getByRole('button', { name: '15天', exact: true }).click();
	await page.getByRole('textbox', { name: /检查场所/ }).fill('一楼后厨');
	await page.getByRole('textbox', { name: '更正理由' }).fill('检查场所记错，期限按商定的日期');
	// Called away, and back: what was typed is still there.
	await expect.poll(() => keptReason(page)).toBe('检查场所记错，期限按商定的日期');
	await page.reload();
	await expect(page.getByText('这是上次没有完成的更正，可以接着填。')).toBeVisible();
	await expect(page.getByRole('textbox', { name: /检查场所/ })).toHaveValue('一楼后厨');
	await expect(page.getByRole('textbox', { name: '更正理由' })).toHaveValue('检查场所记错，期限按商定的日期');
	await expectAccessible(page);
	await drawSignature(page, `${officer}签名`);
	await page.getByRole('button', { name: '出具更正' }).click();
	await expect(page.getByRole('heading', { name: '第 1 次更正' }).first()).toBeVisible();

	await enterprise.reload();
	await expect(enterprise.getByText(/文书已于 .* 更正（第 1 次）/)).toBeVisible();
	await expect(enterprise.getByText('更正理由：检查场所记错，期限按商定的日期')).toBeVisible();
	await expect(enterprise.getByText('还剩 15 天')).toBeVisible();
	const replaced = enterprise.getByRole('listitem').filter({ hasText: order.numberText });
	await expect(replaced.getByText('已被更正')).toBeVisible();
	await expectAccessible(enterprise);
	expect(await textOf(page, `/documents/${order.id}.pdf`)).toMatch(/更正，由.*号替代/);
	expect(await textOf(page, `/documents/${order.id}.pdf?sealed`)).not.toMatch(/更正，由.*号替代/);

	await rectify(enterprise);
	const rechecked = await recheck(page, place, sealed.inspectionId, officer);
	expect(await textOf(page, `/documents/${paperOf(rechecked, 'recheck_opinion').id}.pdf`)).toContain(
		plain(found)
	);
	await enterprise.reload();
	await expect(enterprise.getByText('已销号').first()).toBeVisible();
	expect((await findEnterprise(context, place.id)).openHazards).toBe(0);

	await page.goto(`/inspections/${sealed.inspectionId}`);
	const downloading = page.waitForEvent('download');
	await page.getByRole('link', { name: '下载案卷' }).click();
	const file = await (await downloading).path();
	const folder = mkdtempSync(join(tmpdir(), 'mingcha-case-'));
	const holds = verifyAlone(file);
	expect(holds.said).toMatch(/全部一致/);
	expect(holds.code).toBe(0);
	const zip = await readFile(file);
	const changed = join(folder, 'changed.zip');
	const words = zip.indexOf('一楼后厨');
	writeFileSync(changed, Buffer.concat([zip.subarray(0, words), Buffer.from('二'), zip.subarray(words + 3)]));
	expect(verifyAlone(changed)).toMatchObject({ code: 1, said: expect.stringMatching(/不一致/) });

	const onDisk = await openCase(browser, zip, join(folder, 'case'));
	await expect(onDisk.locator('#summary')).toHaveText(/^全部一致（\d+ 项）。$/);
	await expect(onDisk.getByText(found).first()).toBeVisible();
	await onDisk.locator('#zip').setInputFiles({ name: '案卷.zip', mimeType: 'application/zip', buffer: zip });
	await expect(onDisk.locator('#file-summary')).toHaveText(/^全部一致（\d+ 项）。$/);
	await onDisk.context().close();
	rmSync(folder, { recursive: true });
});

test('track C: a community worker reports, an inspector adopts it and issues the order, it is put right, rechecked, closed', async ({
	server
}) => {
	const place = await neverInspected(worker.context, 9);
	const found = await findHazard(worker.page, place);
	const sealed = await signAndSeal(worker.page, nameOf(server, 'communityWorker'));
	expect(sealed.documents.map(({ kind }) => kind)).not.toContain('rectification_order');
	const enterprise = enterprisePhone.page;
	await enterprise.goto(`/o/${sealed.screenToken}`);
	await expect(enterprise.getByText(/社区走访发现 1 项隐患线索，已上报街道/)).toBeVisible();
	await expect(enterprise.getByText('提交整改照片')).toHaveCount(0);

	const { page } = inspector;
	await page.goto('/reports');
	await page.getByRole('link', { name: new RegExp(place.name) }).click();
	await expect(page.getByText(found)).toBeVisible();
	await drawSignature(page, '检查人员签名');
	await page.getByRole('button', { name: '采纳并出具' }).click();
	await expect(page.getByText('已采纳，文书已出具')).toBeVisible();

	// The code that the enterprise has had since the visit now leads to the order.
	await enterprise.reload();
	await expect(enterprise.getByRole('heading', { name: /限期整改意见书/ })).toBeVisible();
	await expect(enterprise.getByText('还剩 7 天')).toBeVisible();
	await rectify(enterprise);
	// The recheck's own screen is in the stories of tracks A and B.
	const mended = await signVisit(inspector.context, place.id, { failing: 0, rechecks: sealed.inspectionId });
	expect((await sealSigned(inspector.context, mended)).status()).toBe(200);
	await enterprise.reload();
	await expect(enterprise.getByText('已销号').first()).toBeVisible();
	expect((await findEnterprise(inspector.context, place.id)).openHazards).toBe(0);
});

test('who will not sign: the reason, the witness and a picture stand in the record, and the order holds', async ({
	server
}) => {
	const { page, context } = inspector;
	const place = await neverInspected(context, 11);
	await findHazard(page, place);
	await page.getByRole('button', { name: '拒绝签名' }).click();
	await drawSignature(page, `${nameOf(server, 'inspector')}签名`);
	await page.getByRole('button', { name: '签章归档' }).click();
	await expect(page.getByText('内容不全').first()).toBeVisible();
	await page.getByLabel('拒绝的原因').fill('负责人称须先请示总部');
	await page.getByRole('textbox', { name: '见证人', exact: true }).fill('吴见证');
	await page.getByRole('textbox', { name: /见证人身份/ }).fill('社区工作者');
	await drawSignature(page, '见证人签名');
	await addPhoto(page, '现场照片', await takePhoto(page, '拒签现场', { width: 320, height: 240 }));
	await expectAccessible(page);
	const sealed = await sealAs(page, nameOf(server, 'inspector'));
	const text = await textOf(page, `/documents/${paperOf(sealed, 'inspection_record').id}.pdf`);
	expect(text).toContain('负责人称须先请示总部');
	expect(text).toContain('吴见证');

	await page.getByRole('link', { name: '查看记录' }).click();
	await expect(page.getByText('负责人称须先请示总部')).toBeVisible();
	await expect(page.getByRole('img', { name: '现场照片 1' })).toBeVisible();
	await enterprisePhone.page.goto(`/o/${sealed.screenToken}`);
	await expect(enterprisePhone.page.getByText('还剩 7 天')).toBeVisible();
});
