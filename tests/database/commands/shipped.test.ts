import { afterAll, beforeAll, expect, test } from 'vitest';
import { installShipped } from '../../../src/commands/installShipped.server.ts';
import { openTestBackend, type TestBackend } from '../support/testBackend.ts';

let opened: TestBackend;
beforeAll(async () => {
	opened = await openTestBackend();
});
afterAll(() => opened.close());

test('shipped content is installed once, again when its files changed, and again after an install that failed', async () => {
	let installs = 0;
	const start = () => installShipped(opened.backend, 'supabase/seed', async () => void installs++);
	await opened.sql(`delete from app.shipped_content`);
	const broken = installShipped(opened.backend, 'supabase/seed', () =>
		Promise.reject(new Error('cut short'))
	);
	await expect(broken).rejects.toThrow('cut short');
	await start();
	await start();
	expect(installs).toBe(1);
	await opened.sql(`update app.shipped_content set sha256 = repeat('0', 64)`);
	await start();
	expect(installs).toBe(2);
});
