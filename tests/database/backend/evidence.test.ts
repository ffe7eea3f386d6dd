import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SupabaseClient } from '@supabase/supabase-js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openEvidenceFolder, type EvidenceStore } from '#lib/backend/evidenceStore.server.ts';
import { openTestBackend, testDatabase, type TestBackend } from '../support/testBackend.ts';

const photo = randomBytes(150_000);
const address = createHash('sha256').update(photo).digest('hex');
const unknown = 'f'.repeat(64);

let opened: TestBackend;
let store: EvidenceStore;
beforeAll(async () => {
	opened = await openTestBackend();
	store = opened.backend.evidence;
});
afterAll(() => opened.close());

describe('evidence', () => {
	test('comes back byte for byte, under its own hash', async () => {
		expect(await store.put(address, photo, 'image/jpeg')).toEqual({
			ok: true,
			value: { sha256: address, sizeBytes: 150_000 }
		});
		const found = await store.get(address);
		expect(found.ok && Buffer.compare(found.value, photo)).toBe(0);
		expect(await store.stat(address)).toEqual({
			ok: true,
			value: { sha256: address, sizeBytes: 150_000 }
		});
	});

	test('may be sent again: nothing changes, nothing fails', async () => {
		const answers = await Promise.all(
			Array.from({ length: 5 }, () => store.put(address, photo, 'image/jpeg'))
		);
		expect(answers.every(({ ok }) => ok)).toBe(true);
		const found = await store.get(address);
		expect(found.ok && Buffer.compare(found.value, photo)).toBe(0);
	});

	test('is never stored under the hash of other bytes', async () => {
		const answer = await store.put(address, Buffer.from('not that photo'), 'image/jpeg');
		expect(!answer.ok && answer.problem.code).toBe('evidence.hash_mismatch');
		const found = await store.get(address);
		expect(found.ok && Buffer.compare(found.value, photo)).toBe(0);
	});

	test('that nobody sent is not found', async () => {
		for (const strange of [unknown, '../keys/jwt-secret', '']) {
			const found = await store.get(strange);
			expect(!found.ok && found.problem.code).toBe('evidence.not_found');
		}
		expect(await store.has([unknown, address, '../folder.json'])).toEqual(new Set([address]));
	});

	test.runIf(testDatabase() === 'postgres')('is closed to every key but the secret one', async () => {
		await store.put(address, photo, 'image/jpeg');
		const { accessToken } = await opened.signUp('wang@example.cn');
		for (const client of [opened.backend.asAnonymous(), opened.backend.asUser(accessToken)]) {
			const files = (client as unknown as SupabaseClient).storage.from('evidence');
			expect((await files.download(address)).data).toBeNull();
			expect((await files.upload('mine', 'text', { contentType: 'image/jpeg' })).error).not.toBeNull();
			expect((await files.remove([address])).data ?? []).toEqual([]);
		}
		expect((await store.has([address])).size).toBe(1);
	});
});

test('bytes that changed on the disk are an error, never an answer', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'mingcha-evidence-'));
	const files = openEvidenceFolder(folder);
	await files.put(address, photo, 'image/jpeg');
	expect(await readdir(join(folder, address.slice(0, 2)))).toEqual([address]);
	await writeFile(join(folder, address.slice(0, 2), address), 'something else');
	await expect(files.get(address)).rejects.toThrow(`expected ${address}`);
	await rm(folder, { recursive: true });
});
