import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test as base, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { samplePassword } from '#lib/identity/password.ts';
import { copySampleFolder } from './sampleFolder.ts';
import { startServer, type RunningServer } from './server.ts';

/** The sample street's accounts, by what people call them. */
export const people = {
	administrator: 'admin@example.test',
	leader: 'leader@example.test',
	inspector: 'inspector1@example.test',
	companion: 'inspector2@example.test',
	unlicensed: 'inspector9@example.test',
	communityWorker: 'worker1@example.test',
	neighbour: 'neighbour@example.test',
	principal: 'principal@example.test'
} as const;
export type PersonName = keyof typeof people;

/** What a sample account's person is called. */
export function nameOf(server: RunningServer, person: PersonName): string {
	const accounts = JSON.parse(readFileSync(join(server.folder, 'sample-accounts.json'), 'utf8')) as {
		email: string;
		name: string;
	}[];
	return accounts.find(({ email }) => email === people[person])!.name;
}

export const phoneSize = { width: 360, height: 800 };
export const desktopSize = { width: 1440, height: 900 };

interface DeviceOptions {
	isPhone?: boolean;
	/** Where it stands; without it the device gives no position until it is asked to stand somewhere. */
	position?: { longitude: number; latitude: number; accuracy?: number };
	pixelRatio?: number;
	/** Signed in by the form on the screen, and on the page it leads to; otherwise by the same form without one. */
	opensHome?: boolean;
}

export interface Device {
	context: BrowserContext;
	page: Page;
}

/** A browser of one person's own: a phone (touch, 360 px) or a desktop, signed in unless `null`. */
export async function openDevice(
	browser: Browser,
	server: RunningServer,
	person: PersonName | null,
	{ isPhone = true, position, pixelRatio, opensHome = true }: DeviceOptions = {}
): Promise<Device> {
	const context = await browser.newContext({
		baseURL: server.url,
		locale: 'zh-CN',
		timezoneId: 'Asia/Shanghai',
		viewport: isPhone ? phoneSize : desktopSize,
		deviceScaleFactor: pixelRatio ?? (isPhone ? 2 : 1),
		hasTouch: isPhone,
		isMobile: isPhone,
		...(position && { geolocation: { accuracy: 9, ...position }, permissions: ['geolocation'] })
	});
	const page = await context.newPage();
	if (person) await (opensHome ? signIn(page, person) : signInUnseen(context, server, person));
	return { context, page };
}

export async function signIn(page: Page, person: PersonName): Promise<void> {
	await page.goto('/sign-in');
	await page.getByRole('textbox', { name: '邮箱' }).fill(people[person]);
	await page.getByRole('textbox', { name: '密码' }).fill(samplePassword);
	await page.getByRole('button', { name: '登录', exact: true }).click();
	await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}

async function signInUnseen(
	{ request }: BrowserContext,
	{ url }: RunningServer,
	person: PersonName
): Promise<void> {
	const answer = await request.post('/sign-in', {
		form: { email: people[person], password: samplePassword },
		headers: { origin: url, accept: 'text/html' },
		maxRedirects: 0
	});
	if (answer.status() !== 303) throw new Error(`sign-in: got ${answer.status()}, expected 303`);
}

interface WorkerFixtures {
	/** One server on its own copy of the sample street for the whole file. */
	server: RunningServer;
}

export const test = base.extend<{ serverLog: undefined }, WorkerFixtures>({
	/** What the server said during a test that failed, beside its trace. */
	serverLog: [
		async ({ server }, use, testInfo) => {
			const from = server.output().length;
			await use(undefined);
			const said = server.output().slice(from);
			if (testInfo.status !== testInfo.expectedStatus && said)
				await testInfo.attach('server', { body: said, contentType: 'text/plain' });
		},
		{ auto: true }
	],
	server: [
		// eslint-disable-next-line no-empty-pattern -- Playwright reads the fixture's needs from this pattern.
		async ({}, use) => {
			// Notices can be switched on in a browser; nobody does, but who tries it.
			const environment = { PUSH_CONTACT: 'mailto:notices@example.test' };
			const server = await startServer(await copySampleFolder(), { environment });
			await use(server);
			await server.stop();
		},
		{ scope: 'worker' }
	]
});

export { expect } from '@playwright/test';
