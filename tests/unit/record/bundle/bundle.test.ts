import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync, type Zippable } from 'fflate';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { fingerprintOf } from '#lib/backend/keys.server.ts';
import { sha256Of } from '#lib/backend/evidenceStore.server.ts';
import { canonicalText } from '#lib/canonical.ts';
import { genesisLink, linkText } from '#lib/record/chain.ts';
import {
	bundleFormat,
	canonical,
	checkStatement,
	dataEnd,
	dataStart,
	signatureFormat,
	statementText
} from '#lib/record/bundle/check.js';
import { withStatement } from '#lib/record/bundle/casePage.ts';
import { verifyBundle } from '#lib/record/bundle/verifyBundle.server.ts';
import { openZip, zipOf } from '#lib/record/bundle/zip.server.ts';

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'mingcha-bundle-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

const stateAt = '2026-11-28T06:00:00.000Z';
const numbersText = 'inspection_record=（示例）安检记〔2026〕1号';

interface Signer {
	privateKey: KeyObject;
	publicKey: KeyObject;
	keyId: string;
}
function newKey(): Signer {
	const pair = generateKeyPairSync('ed25519');
	return { ...pair, keyId: fingerprintOf(pair).slice(0, 16) };
}
const signed = ({ privateKey }: Signer, text: string) =>
	sign(null, Buffer.from(text), privateKey).toString('base64url');

/** A bundle of one record and one photo, by this key. */
function parts(key: Signer, name = '示例餐饮店') {
	const text = canonicalText({ format: 'mingcha.record/1', name });
	const photo = Buffer.from('a photo');
	const record = {
		path: 'records/00000001-inspection.json',
		kind: 'inspection',
		subjectId: 'x',
		position: 1,
		sha256: sha256Of(Buffer.from(text)),
		signature: signed(key, text),
		keyId: key.keyId,
		numbersText,
		sealedAt: '2026-11-20T06:00:00.000Z',
		previousLink: genesisLink
	};
	const page = `<!doctype html><p>案卷</p>${dataStart}${dataEnd}`;
	const files = { 'photos/a.png': photo, [record.path]: Buffer.from(text) };
	const manifest = canonicalText({
		format: bundleFormat,
		inspectionId: 'x',
		stateAt,
		agency: '示例街道安监所',
		page: { path: 'index.html', bytes: page.length, sha256: sha256Of(Buffer.from(page)) },
		files: Object.entries(files).map(([path, bytes]) => ({
			path,
			bytes: bytes.length,
			sha256: sha256Of(bytes)
		})),
		records: [{ ...record, link: sha256Of(Buffer.from(linkText(record))) }],
		documents: [
			{
				path: null,
				kind: 'inspection_record',
				track: 'B',
				numberText: numbersText.split('=')[1],
				state: 'issued',
				recordPosition: 1,
				pdfSha256: null
			}
		],
		keys: [
			{
				keyId: key.keyId,
				publicKey: key.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
			}
		]
	});
	const signature = canonicalText({
		format: signatureFormat,
		keyId: key.keyId,
		signature: signed(key, manifest)
	});
	const statement = { manifest, signature, records: { [record.path]: text } };
	const html = withStatement(page, statementText(statement));
	return {
		statement,
		entries: {
			'index.html': Buffer.from(html),
			'manifest.json': Buffer.from(manifest),
			'signature.json': Buffer.from(signature),
			...files
		} as Record<string, Buffer>
	};
}

async function zipped(entries: Record<string, Uint8Array>): Promise<Buffer> {
	async function* each() {
		for (const [path, bytes] of Object.entries(entries)) yield { path, bytes };
	}
	const chunks = [];
	for await (const chunk of zipOf(each(), stateAt)) chunks.push(chunk);
	return Buffer.concat(chunks);
}

async function verified(bytes: Uint8Array) {
	const file = join(folder, 'case.zip');
	await writeFile(file, bytes);
	return verifyBundle(file);
}

/** What is broken, as `kind about`; or why it is no bundle at all. */
async function broken(bytes: Uint8Array): Promise<string[]> {
	const report = await verified(bytes);
	if (!report.ok) return [`${report.problem.code} ${String(report.problem.details?.got)}`];
	return report.value.findings
		.filter(({ verdict }) => verdict === 'broken')
		.map(({ kind, about }) => `${kind} ${about}`);
}

const key = newKey();
const changed = (entries: Record<string, Buffer>, path: string, from: string, to: string) => ({
	...entries,
	[path]: Buffer.from(entries[path]!.toString().replace(from, to))
});

describe('a bundle', () => {
	test('as it was made holds, and names the key', async () => {
		const report = await verified(await zipped(parts(key).entries));
		expect(report.ok && report.value.findings.every(({ verdict }) => verdict === 'holds')).toBe(true);
		expect(report.ok && report.value.fingerprint).toBe(fingerprintOf(key));
	});

	test('with one thing changed says which', async () => {
		const { entries } = parts(key);
		const record = 'records/00000001-inspection.json';
		const name = await broken(await zipped(changed(entries, record, '餐饮店', '茶餐厅')));
		expect(name).toEqual(
			expect.arrayContaining([`record_text ${record}`, `record_signature ${record}`, `file ${record}`])
		);
		expect(await broken(await zipped({ ...entries, 'photos/a.png': Buffer.from('another') }))).toEqual([
			'file photos/a.png'
		]);
		expect(await broken(await zipped(changed(entries, 'index.html', '案卷', '文件')))).toEqual([
			'page index.html'
		]);
		expect(await broken(await zipped({ ...entries, 'photos/b.png': Buffer.from('put in') }))).toEqual([
			'unlisted photos/b.png'
		]);
		const { 'photos/a.png': _, ...without } = entries;
		expect(await broken(await zipped(without))).toEqual(['missing photos/a.png']);
	});

	test('whose number, time or link was changed in the manifest is broken there, even signed anew by another key', async () => {
		const { statement } = parts(key);
		const of = async (manifest: string) =>
			(await checkStatement({ ...statement, manifest })).findings
				.filter(({ verdict }) => verdict === 'broken')
				.map(({ kind }) => kind);
		expect(await of(statement.manifest.replace('〕1号"', '〕9号"'))).toEqual(['signature', 'numbers']);
		expect(await of(statement.manifest.replace('"sealedAt":"2026-11-20', '"sealedAt":"2026-11-19'))).toEqual([
			'signature',
			'link'
		]);
		expect(await of(statement.manifest.replace('{', '{ '))).toEqual(['manifest']);
	});

	test('made whole by somebody else is whole, and has another fingerprint: that is what the published one is for', async () => {
		const forged = await verified(await zipped(parts(newKey(), '别的单位').entries));
		expect(forged.ok && forged.value.findings.every(({ verdict }) => verdict === 'holds')).toBe(true);
		expect(forged.ok && forged.value.fingerprint).not.toBe(fingerprintOf(key));
	});

	test('is not called whole where the browser has no Ed25519', async () => {
		const missing = vi
			.spyOn(crypto.subtle, 'importKey')
			.mockRejectedValue(new DOMException('no Ed25519', 'NotSupportedError'));
		const { findings } = await checkStatement(parts(key).statement);
		missing.mockRestore();
		const unknown = findings.filter(({ verdict }) => verdict === 'unknown').map(({ kind }) => kind);
		expect(unknown).toEqual(['signature', 'record_signature']);
		expect(findings.some(({ verdict }) => verdict === 'broken')).toBe(false);
	});
});

describe('what is no bundle is refused', () => {
	const compressed = (entries: Zippable) => zipSync(entries, { level: 9, mtime: '2026-11-28' });

	test('a bomb: nothing compressed is ever unpacked', async () => {
		const bomb = compressed({ 'photos/zeros.bin': new Uint8Array(50_000_000) });
		expect(bomb.byteLength).toBeLessThan(100_000);
		expect(await broken(bomb)).toEqual(['bundle.invalid compressed photos/zeros.bin']);
	});

	test.each([
		'../../etc/passwd',
		'/etc/passwd',
		'C:\\x',
		'photos/../../x',
		'photos//x',
		'.hidden',
		'photos/x\u0000',
		'ä.png'
	])('a path that leads elsewhere, or that some system reads otherwise: %s', async (path) => {
		const [answer] = await broken(await zipped({ ...parts(key).entries, [path]: Buffer.from('x') }));
		expect(answer).toMatch(/^bundle\.invalid (path|flags|offset|directory)/);
	});

	test('one name twice, bytes after the end, a cut end, another kind of file', async () => {
		const whole = await zipped(parts(key).entries);
		const twice = Buffer.from(
			whole.toString('latin1').replaceAll('photos/a.png', 'index.html\0\0'),
			'latin1'
		);
		expect((await broken(twice))[0]).toMatch(/^bundle\.invalid/);
		expect((await broken(Buffer.concat([whole, Buffer.from('x')])))[0]).toMatch(/^bundle\.invalid end/);
		expect((await broken(whole.subarray(0, -30)))[0]).toMatch(/^bundle\.invalid/);
		expect((await broken(Buffer.from('%PDF-1.7')))[0]).toMatch(/^bundle\.invalid/);
		expect((await broken(compressed({ 'a.txt': [new Uint8Array(3), { level: 0 }] })))[0]).toMatch(
			/^bundle\.invalid/
		);
	});

	test('entries that share bytes', async () => {
		const whole = await zipped(parts(key).entries);
		// The second entry of the directory is pointed at the first one.
		const second = whole.indexOf(
			Buffer.from('PK\u0001\u0002', 'latin1'),
			whole.indexOf(Buffer.from('PK\u0001\u0002', 'latin1')) + 4
		);
		whole.writeUInt32LE(0, second + 42);
		expect((await broken(whole))[0]).toMatch(/^bundle\.invalid offset/);
	});

	test('what lies between the entries is watched, too', async () => {
		const whole = await zipped(parts(key).entries);
		whole.writeUInt8(whole.readUInt8(10) ^ 1, 10); // The time of the first entry.
		expect(await broken(whole)).toEqual(['container byte 10']);
	});
});

test('a zip of the same entries of one day is the same everywhere, and other programs read it', async () => {
	const bytes = await zipped({ 'a/b.txt': Buffer.from('一') });
	expect(bytes.equals(await zipped({ 'a/b.txt': Buffer.from('一') }))).toBe(true);
	const file = join(folder, 'plain.zip');
	await writeFile(file, bytes);
	const handle = await open(file, 'r');
	expect(await openZip(handle)).toMatchObject({ ok: true, value: [{ path: 'a/b.txt', size: 3 }] });
	await handle.close();
});

test('the page’s own canonical text is that of the rest of the program', () => {
	const value = { b: [1, 0.1, 1e21, -0, 'é\u2028"'], a: { 中: null, B: true }, '10': 'x', '9': {} };
	expect(canonical(value)).toBe(canonicalText(value));
});
