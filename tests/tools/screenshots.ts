/**
 * `npm run screenshots`: every page as its person sees it, at 360 × 800 and at 1440 × 900, into docs/screenshots; the
 * leaders' pages also on a large screen, by night, through filters of colour blindness, without script.
 * On a copy of the sample street; the visit, its papers and the enterprise's page come from a visit made here.
 * `npm run screenshots -- visit enterprise` makes only those whose name begins so.
 */
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { shanghaiDate } from '#lib/calendar.ts';
import { packageRoot } from '#lib/backend/packageRoot.server.ts';
import { desktopSize, nameOf, openDevice, phoneSize, type PersonName } from '../e2e/support/fixtures.ts';
import { pagesOf, type NamedPage } from '../e2e/support/pages.ts';
import prepare from '../e2e/support/prepare.ts';
import { takePhoto } from '../e2e/support/photo.ts';
import { sealSigned, signVisit } from '../e2e/support/sealByApi.ts';
import { copySampleFolder } from '../e2e/support/sampleFolder.ts';
import { startServer, type RunningServer } from '../e2e/support/server.ts';
import { drawSignature } from '../e2e/support/signature.ts';
import {
	addPhoto,
	agreeToResult,
	confirmCheckIn,
	failNextItem,
	finishChecklist,
	neverInspected,
	standAtDoor,
	unanswered
} from '../e2e/support/visit.ts';
import configuration from '../e2e/playwright.config.ts';
import { areaViews, leaderViews, viewSizes, type View } from './leaderViews.ts';

const target = join(packageRoot(), 'docs/screenshots');
const wanted = process.argv.slice(2);
const isWanted = (name: string): boolean =>
	wanted.length === 0 || wanted.some((beginning) => name.startsWith(beginning));

const isPicture = (file: string): boolean => /\.(png|webp)$/.test(file);

const sizes = { phone: phoneSize, desktop: desktopSize };
type Size = keyof typeof sizes;

/** As it stands now, without a blinking cursor and with its pictures loaded. */
async function shoot(page: Page, name: string, size: Size): Promise<void> {
	if (!isWanted(name)) return;
	// Those further down are loaded when they are scrolled to, and never before.
	await page.waitForFunction(() =>
		[...document.images].every(
			(image) =>
				image.complete || image.getBoundingClientRect().top > innerHeight || image.offsetParent === null
		)
	);
	await page.screenshot({
		path: join(target, `${name}-${size}.png`),
		animations: 'disabled',
		caret: 'hide'
	});
	console.log(`  ${name}-${size}`);
}

/** The same page at both sizes, at its top. */
async function shootBoth(page: Page, name: string): Promise<void> {
	if (!isWanted(name)) return;
	for (const size of ['desktop', 'phone'] as const) {
		await page.setViewportSize(sizes[size]);
		await page.evaluate(() => scrollTo(0, 0));
		await settle(page);
		await shoot(page, name, size);
	}
}

/** A map whose middle is in sight has come, over its first look where it has one, and nothing waits for the server. */
async function settle(page: Page): Promise<void> {
	await page.waitForFunction(
		() =>
			[...document.querySelectorAll('.ground .first, .map-view .loading')].every((look) => {
				const { top, bottom } = look.getBoundingClientRect();
				const middle = (top + bottom) / 2;
				return middle <= 0 || middle >= innerHeight;
			}),
		undefined,
		{ timeout: 60_000 }
	);
	await page.waitForTimeout(1_000);
}

async function shootPages(browser: Browser, server: RunningServer, person: PersonName | null): Promise<void> {
	for (const size of ['phone', 'desktop'] as const) {
		const { page, context } = await open(browser, server, person, size === 'phone');
		for (const { name, path } of await pagesOf(person, context)) {
			if (!isWanted(name)) continue;
			await page.goto(path);
			await settle(page);
			await shoot(page, name, size);
		}
		await context.close();
	}
}

async function shootViews(
	browser: Browser,
	server: RunningServer,
	person: 'leader' | 'administrator',
	viewsOf: (pages: NamedPage[]) => View[]
): Promise<void> {
	const { context } = await open(browser, server, person, false);
	const views = viewsOf(await pagesOf(person, context)).filter(({ name }) => isWanted(name));
	const storageState = await context.storageState();
	await context.close();
	for (const view of views) {
		const { size, colorScheme, lacks } = view;
		const context = await browser.newContext({
			baseURL: server.url,
			locale: 'zh-CN',
			timezoneId: 'Asia/Shanghai',
			storageState,
			viewport: viewSizes[size],
			colorScheme: colorScheme ?? 'light',
			javaScriptEnabled: lacks !== 'script',
			hasTouch: size === 'phone',
			isMobile: size === 'phone'
		});
		await shootView(await context.newPage(), view);
		await context.close();
	}
}

/** WebP: a third of a PNG's weight where pictures are large. */
async function shootView(page: Page, { name, path, vision, lacks }: View): Promise<void> {
	const session = await page.context().newCDPSession(page);
	if (lacks === 'webgl')
		await page.addInitScript(() => (HTMLCanvasElement.prototype.getContext = () => null));
	if (vision) await session.send('Emulation.setEmulatedVisionDeficiency', { type: vision });
	await page.goto(path);
	if (lacks) await page.waitForTimeout(1_500);
	else await settle(page);
	// A layer of areas asks for its figures once the map is there.
	if (path.includes('layer=')) await page.waitForTimeout(2_500);
	const { data } = await session.send('Page.captureScreenshot', {
		format: 'webp',
		quality: 82
	});
	writeFileSync(join(target, `${name}.webp`), Buffer.from(data, 'base64'));
	console.log(`  ${name}`);
}

async function open(
	browser: Browser,
	server: RunningServer,
	person: PersonName | null,
	isPhone = true
): Promise<{ page: Page; context: BrowserContext }> {
	return openDevice(browser, server, person, { isPhone, pixelRatio: 1 });
}

/** A visit from the door to the QR, then what the enterprise sees, then the recheck. */
async function shootVisit(browser: Browser, server: RunningServer): Promise<void> {
	const { page, context } = await open(browser, server, 'inspector');
	const place = await neverInspected(context);
	await standAtDoor(context, place);
	await page.goto(`/visit/new?enterprise=${place.id}`);
	await page.getByText('位置可信').waitFor();
	await shootBoth(page, 'visit-1-check-in');
	await page.getByRole('button', { name: '无法检查' }).click();
	await shootBoth(page, 'visit-1-not-checked');
	await page.getByRole('dialog').getByRole('button', { name: '关闭' }).click();
	await confirmCheckIn(page);
	const photo = await takePhoto(page, '隐患', { hue: 30 });
	await failNextItem(page, { measure: '限期整改', photo, days: 7 });
	const proof = await takePhoto(page, '已改正', { hue: 120 });
	await failNextItem(page, { measure: '当场改正', photo, proof });
	await shootBoth(page, 'visit-2-checklist');
	await unanswered(page).first().getByRole('button', { name: '不符合', exact: true }).click();
	await addPhoto(page, '隐患照片', photo);
	await shootBoth(page, 'visit-3-hazard');
	await page.getByRole('dialog').getByRole('button', { name: '改回符合' }).click();
	await finishChecklist(page);
	await shootBoth(page, 'visit-4-result');
	await agreeToResult(page, { companion: new RegExp(nameOf(server, 'companion')) });
	await page.getByRole('textbox', { name: '姓名' }).fill('周示例');
	await drawSignature(page, '现场负责人签名');
	await drawSignature(page, `${nameOf(server, 'inspector')}签名`);
	await shootBoth(page, 'visit-5-signatures');
	await page.getByRole('button', { name: '签章归档' }).click();
	await page.getByText(`等待${nameOf(server, 'companion')}会签`).waitFor();
	await shootBoth(page, 'visit-6-sending');
	await cosign(browser, server);
	await page.getByText(/归档，内容不能再改/).waitFor({ timeout: 60_000 });
	await shootBoth(page, 'visit-7-delivery');
	const code = (await page.locator('.code b').textContent())!.replace(/\D/g, '');
	const screen = await page.evaluate(() => location.href);
	await page.getByRole('link', { name: '查看记录' }).click();
	await shootBoth(page, 'inspection');
	await page.goto(screen);
	await shootEnterprise(browser, server, page, code);
	await page.setViewportSize(phoneSize);
	await page.goto('/round');
	await page.locator(`a[href^="/visit/new?enterprise=${place.id}&rechecks="]`).first().click();
	await confirmCheckIn(page);
	await page.getByRole('radio', { name: '整改合格', exact: true }).first().check();
	await shootBoth(page, 'visit-8-recheck');
	await context.close();
}

async function cosign(browser: Browser, server: RunningServer): Promise<void> {
	const { page, context } = await open(browser, server, 'companion');
	await page.goto('/cosign');
	await shootBoth(page, 'cosign-list');
	await page.locator('a[href^="/cosign/"]').first().click();
	await page.getByRole('button', { name: '确认会签' }).waitFor();
	await shootBoth(page, 'cosign-read');
	await drawSignature(page, `${nameOf(server, 'companion')}签名`);
	await page.getByRole('button', { name: '确认会签' }).click();
	await page.waitForURL(/\/cosign$/);
	await context.close();
}

/** From the paper: locked, opened with the code, received, rectified; then the verification. */
async function shootEnterprise(
	browser: Browser,
	server: RunningServer,
	inspector: Page,
	code: string
): Promise<void> {
	const link = inspector.locator('a[href^="/documents/"]').last();
	const pdf = await inspector.context().request.get((await link.getAttribute('href'))!);
	const { readPaper } = await import('../e2e/support/paper.ts');
	const { qr } = readPaper(await pdf.body());
	const { page, context } = await open(browser, server, null);
	await page.goto(qr!);
	await shootBoth(page, 'delivery-locked');
	await page.getByRole('textbox', { name: '6 位领取码' }).fill(code);
	await page.getByRole('button', { name: '打开文书' }).click();
	await page.getByRole('button', { name: '我已收到' }).waitFor();
	await shootBoth(page, 'delivery');
	await page.getByRole('textbox', { name: '您的姓名' }).first().fill('周示例');
	await page.getByRole('button', { name: '我已收到' }).click();
	await page
		.getByText(/确认收到/)
		.first()
		.waitFor();
	await page.getByText('提交整改照片').first().click();
	await addPhoto(page, '整改后的照片', await takePhoto(page, '整改后', { hue: 140 }));
	await page.getByRole('textbox', { name: '怎样整改的' }).fill('已按要求整改并做了测试。');
	for (const size of ['desktop', 'phone'] as const) {
		await page.setViewportSize(sizes[size]);
		await page.getByRole('group', { name: /^整改后的照片/ }).scrollIntoViewIfNeeded();
		await shoot(page, 'delivery-rectify', size);
	}
	await page.getByRole('button', { name: '提交给检查人员' }).click();
	await page.getByText('整改情况已提交').first().waitFor();
	await shootBoth(page, 'delivery-rectified');
	await page.getByRole('link', { name: '核验这份记录' }).first().click();
	await page.getByText('记录完整').waitFor();
	await shootBoth(page, 'verification');
	await context.close();
}

/** 更正: the form as it is filled, the record that holds, and what the code in the enterprise's hands says then. */
async function shootCorrected(browser: Browser, server: RunningServer): Promise<void> {
	const { page, context } = await open(browser, server, 'inspector');
	const place = await neverInspected(context, 4);
	const answer = await sealSigned(context, await signVisit(context, place.id, { failing: 2 }));
	const { inspectionId, screenToken } = (await answer.json()) as {
		inspectionId: string;
		screenToken: string;
	};
	await page.goto(`/inspections/${inspectionId}/correct`);
	// The pad's own script comes last: from here on the page listens.
	await page.locator('canvas[style*="touch-action"]').waitFor();
	await page.locator('main details summary').first().click();
	await page.getByRole('button', { name: '30天', exact: true }).click();
	await page.getByRole('textbox', { name: /检查场所/ }).fill('一楼后厨');
	await page.getByRole('textbox', { name: '更正理由' }).fill('检查场所记错，期限按商定的日期');
	for (const size of ['desktop', 'phone'] as const) {
		await page.setViewportSize(sizes[size]);
		await page.getByRole('region', { name: '改动' }).scrollIntoViewIfNeeded();
		await shoot(page, 'corrected-form', size);
	}
	await drawSignature(page, `${nameOf(server, 'inspector')}签名`);
	await page.getByRole('button', { name: '出具更正' }).click();
	await page.waitForURL(new RegExp(`/inspections/${inspectionId}$`));
	await shootBoth(page, 'corrected-record');
	await page.goto(`/o/${screenToken}`);
	await shootBoth(page, 'corrected-delivery');
	await context.close();
}

await prepare();
mkdirSync(target, { recursive: true });
if (wanted.length === 0) for (const old of readdirSync(target)) if (isPicture(old)) rmSync(join(target, old));
const server = await startServer(await copySampleFolder());
const browser = await chromium.launch(configuration.use?.launchOptions ?? {});
try {
	for (const person of [null, 'leader', 'inspector', 'administrator', 'principal'] as const)
		await shootPages(browser, server, person);
	const today = shanghaiDate(new Date());
	await shootViews(browser, server, 'leader', (pages) => leaderViews(pages, today));
	await shootViews(browser, server, 'administrator', areaViews);
	const needsVisit = /^(visit|cosign|inspection|delivery|verification)/;
	if (wanted.length === 0 || wanted.some((name) => needsVisit.test(name))) await shootVisit(browser, server);
	if (isWanted('corrected')) await shootCorrected(browser, server);
} finally {
	await browser.close();
	await server.stop();
}
const files = readdirSync(target).filter(isPicture);
const bytes = files.reduce((sum, file) => sum + statSync(join(target, file)).size, 0);
console.log(`${files.length} pictures, ${(bytes / 1024 / 1024).toFixed(1)} MB`);
