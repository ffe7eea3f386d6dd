import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getEvidence, putEvidence } from '#lib/inspection/evidence.server.ts';
import { openTestBackend, type Person, type TestBackend } from '../support/testBackend.ts';
import { makeStreet, type Street } from './street.ts';

let opened: TestBackend;
let street: Street;
beforeAll(async () => {
	opened = await openTestBackend();
	street = await makeStreet(opened);
});
afterAll(() => opened.close());

/** The smallest PNG, then bytes that make each one different: a picture may carry anything after its end. */
const png = (note: string) =>
	Buffer.concat([
		Buffer.from(
			'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
			'base64'
		),
		Buffer.from(note)
	]);
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const put = (person: Person, bytes: Uint8Array<ArrayBuffer>, hash = sha256(bytes), headers?: HeadersInit) =>
	putEvidence(
		opened.backend,
		street.as(person),
		hash,
		new Request('http://here.invalid', { method: 'PUT', body: bytes, ...(headers && { headers }) })
	);
const get = (person: Person, hash: string) => getEvidence(opened.backend, street.as(person), hash);
const code = (answer: { ok: true } | { ok: false; problem: { code: string } }) =>
	answer.ok ? 'ok' : answer.problem.code;

describe('a photo is refused', () => {
	test('when it is a page, a text or nothing, whatever its name says', async () => {
		for (const bytes of ['<!doctype html><script>alert(1)</script>', 'just text', '', '%PDF-1.7 %âãÏÓ']) {
			expect(code(await put(street.wang, Buffer.from(bytes)))).toBe('evidence.media_type');
		}
	});

	test('when it arrives changed: nothing is stored', async () => {
		const hash = sha256(png('sent'));
		expect(code(await put(street.wang, png('arrived'), hash))).toBe('evidence.hash_mismatch');
		expect((await opened.backend.evidence.has([hash, sha256(png('arrived'))])).size).toBe(0);
	});

	test('above 20 MB, by what it says and by what it is', async () => {
		const large = Buffer.concat([png('large'), Buffer.alloc(20 * 1024 * 1024)]);
		for (const headers of [undefined, { 'content-length': String(30 * 1024 * 1024) }]) {
			const answer = await put(street.wang, large, sha256(large), headers);
			expect(answer).toEqual({
				ok: false,
				problem: { code: 'evidence.too_large', details: { limitMegabytes: 20 } }
			});
		}
	});

	test('from an account without a membership', async () => {
		const stranger = await opened.signUp('stranger@example.cn');
		expect(code(await put(stranger, png('stranger')))).toBe('session.no_membership');
	});
});

describe('a photo is kept', () => {
	test('unchanged under its hash; sent again it is the same one', async () => {
		const bytes = png('kept');
		for (let time = 0; time < 2; time++) expect(code(await put(street.wang, bytes))).toBe('ok');
		const found = await get(street.wang, sha256(bytes));
		expect(found.ok && Buffer.compare(found.value.bytes, bytes)).toBe(0);
		expect(found.ok && found.value.mediaType).toBe('image/png');
		const rows = await opened.sql('select 1 from public.evidence_uploads where sha256 = $1', [sha256(bytes)]);
		expect(rows).toHaveLength(1);
	});

	test('for whoever put it there; to others it looks as if there were none', async () => {
		const bytes = png('private');
		await put(street.wang, bytes);
		for (const person of [street.li, street.sun, street.qian]) {
			expect(code(await get(person, sha256(bytes)))).toBe('evidence.not_found');
		}
		expect(code(await get(street.wang, 'f'.repeat(64)))).toBe('evidence.not_found');
	});
});
