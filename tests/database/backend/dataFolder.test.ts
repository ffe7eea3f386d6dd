import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { SupabaseClient } from '@supabase/supabase-js';
import { extract } from 'tar';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openBackend, type Backend } from '#lib/backend/backend.server.ts';
import { openDataFolder } from '#lib/backend/dataFolder.server.ts';
import { openKeys } from '#lib/backend/keys.server.ts';
import { copyTemplate, preparedTemplate } from '../support/pgliteTemplate.ts';
import { testDatabase } from '../support/testBackend.ts';

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'mingcha-folder-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a data folder', () => {
	test('is refused to a second opener, who learns the holder’s process id', () => {
		const first = openDataFolder(folder);
		expect(first.ok).toBe(true);
		expect(openDataFolder(folder)).toEqual({
			ok: false,
			problem: { code: 'folder.locked', details: { folder, pid: process.pid } }
		});
	});

	test('is free again after its holder has let go', () => {
		const first = openDataFolder(folder);
		if (first.ok) first.value.release();
		expect(openDataFolder(folder).ok).toBe(true);
	});

	test('is demo or live, once and for good', () => {
		const opened = openDataFolder(folder);
		if (!opened.ok) throw new Error('folder: got it locked, expected it free');
		expect(opened.value.kind()).toBeNull();
		expect(opened.value.markKind('demo').ok).toBe(true);
		expect(opened.value.markKind('demo').ok).toBe(true);
		expect(opened.value.kind()).toBe('demo');
		const changed = opened.value.markKind('live');
		expect(!changed.ok && changed.problem.code).toBe('folder.kind');
		expect(opened.value.kind()).toBe('demo');
	});
});

describe('keys', () => {
	test('are made once, for the owner’s eyes only', async () => {
		const keys = openKeys(folder);
		expect(openKeys(folder)).toMatchObject({
			jwtSecret: keys.jwtSecret,
			secretKey: keys.secretKey,
			deliverySecret: keys.deliverySecret,
			push: keys.push,
			recordSigning: { keyId: keys.recordSigning.keyId }
		});
		const names = [
			'jwt-secret',
			'secret-key',
			'delivery-secret',
			'push-keys',
			`record-signing/${keys.recordSigning.keyId}.pem`
		];
		for (const name of names) expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
	});

	test('of the past stay readable when a new one signs', async () => {
		const other = await mkdtemp(join(tmpdir(), 'mingcha-keys-'));
		const old = openKeys(folder).recordSigning.keyId;
		const fresh = openKeys(other).recordSigning.keyId;
		const pem = await readFile(join(other, 'record-signing', `${fresh}.pem`));
		await writeFile(join(folder, 'record-signing', `${fresh}.pem`), pem);
		await writeFile(join(folder, 'record-signing', 'current'), fresh);
		const keys = openKeys(folder);
		expect(keys.recordSigning.keyId).toBe(fresh);
		expect([...keys.signingKeys.keys()].sort()).toEqual([old, fresh].sort());
		await rm(other, { recursive: true });
	});
});

describe.runIf(testDatabase() === 'pglite')('a killed process', () => {
	test('loses no acknowledged row, and the folder opens again at once', async () => {
		const migrations = await prepareFolder();
		const holder = startHolder(migrations);
		const lastAcknowledged = await killAfter(holder, 150);
		const backend = await openEmbedded(migrations);
		const rows = await backend.sql<{ count: number; last: number }>(
			'select count(*)::int as count, max(number) as last from public.notes'
		);
		await backend.close();
		expect(rows[0]!.last).toBeGreaterThanOrEqual(lastAcknowledged);
		expect(rows[0]!.count).toBe(rows[0]!.last);
	});

	test('held the folder alone while it lived', async () => {
		const migrations = await prepareFolder();
		const holder = startHolder(migrations);
		await once(createInterface(holder.stdout!), 'line');
		expect(await openBackend({ dataFolder: folder, migrationsFolder: migrations })).toEqual({
			ok: false,
			problem: { code: 'folder.locked', details: { folder, pid: holder.pid } }
		});
		holder.kill('SIGKILL');
		await once(holder, 'exit');
	});
});

describe.runIf(testDatabase() === 'pglite')('closing', () => {
	test('ends within two seconds while a query runs, and the query fails', async () => {
		const migrations = await prepareFolder();
		const backend = await openEmbedded(migrations);
		const client = backend.asService('start-up') as unknown as SupabaseClient;
		const slow = client.rpc('sleep', { p_seconds: 20 });
		const answer = slow.then(({ error }) => error);
		await new Promise((resolve) => setTimeout(resolve, 300));
		const started = performance.now();
		await backend.close();
		expect(performance.now() - started).toBeLessThan(2000);
		expect(await answer).not.toBeNull();
		expect(await backend.readiness()).toMatchObject({ isReady: false });
		expect(openDataFolder(folder).ok).toBe(true);
	});
});

describe.runIf(testDatabase() === 'pglite')('a dump', () => {
	test('unpacked into an empty folder opens with the same rows', async () => {
		const migrations = await prepareFolder();
		const backend = await openEmbedded(migrations);
		await backend.sql('insert into public.notes select generate_series(1, 1000)');
		const archive = join(folder, 'dump.tar.gz');
		await writeFile(archive, new Uint8Array(await backend.dumpDatabase()));
		await backend.sql('insert into public.notes values (1001)');
		await backend.close();
		await rm(join(folder, 'database'), { recursive: true });
		await mkdir(join(folder, 'database'));
		await extract({ file: archive, cwd: join(folder, 'database') });
		const restored = await openEmbedded(migrations);
		expect(await restored.sql('select count(*)::int as count from public.notes')).toEqual([{ count: 1000 }]);
		await restored.close();
	});
});

/** Makes the folder a prepared one with one migration. */
async function prepareFolder(): Promise<string> {
	await copyTemplate(await preparedTemplate(), folder);
	const migrations = join(folder, 'migrations');
	await mkdir(migrations, { recursive: true });
	await writeFile(
		join(migrations, '20260101000000_notes.sql'),
		`create table public.notes (number int primary key);
		create function public.sleep(p_seconds float) returns void language sql volatile as 'select pg_sleep(p_seconds)';`
	);
	return migrations;
}

const startHolder = (migrations: string): ChildProcess =>
	spawn(process.execPath, [join(import.meta.dirname, 'holdFolder.ts'), folder, migrations], {
		stdio: ['ignore', 'pipe', 'inherit']
	});

/** Kills the process in the middle of its writing and returns the last number it acknowledged. */
async function killAfter(holder: ChildProcess, lines: number): Promise<number> {
	let last = 0;
	for await (const line of createInterface(holder.stdout!)) {
		last = Number(line);
		if (last === lines) holder.kill('SIGKILL');
	}
	return last;
}

async function openEmbedded(migrationsFolder: string): Promise<Extract<Backend, { kind: 'embedded' }>> {
	const opened = await openBackend({ dataFolder: folder, migrationsFolder });
	if (!opened.ok || opened.value.kind !== 'embedded') throw new Error('backend: expected it to open');
	return opened.value;
}
