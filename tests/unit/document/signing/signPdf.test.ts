import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPdfRenderer } from '#lib/document/renderPdf.server.ts';
import { sampleOrder, sampleRecord } from '#lib/document/sampleContent.ts';
import {
	currentCertificate,
	keepCertificate,
	keptCertificates,
	openCertificate,
	removeCertificate
} from '#lib/document/signing/certificateFolder.server.ts';
import { readPkcs12, type Credential } from '#lib/document/signing/credential.server.ts';
import { credentialSigner } from '#lib/document/signing/credentialSigner.server.ts';
import { signPdf } from '#lib/document/signing/signPdf.server.ts';
import { makePkcs12, packPkcs12, password, pdfsig, startTimestampServer } from './testCertificates.ts';

const isThere = (program: string): boolean =>
	(process.env.PATH ?? '').split(':').some((place) => existsSync(join(place, program)));
const hasPrograms = ['openssl', 'pdfsig', 'pdftotext'].every(isThere);
const needs = hasPrograms ? '' : ' (skipped: openssl, or pdfsig and pdftotext of poppler-utils, are absent)';

let folder: string;
let paper: Uint8Array;
/** A certificate made during the test has begun by then. */
const now = new Date(Date.now() + 60_000);
beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'mingcha-signing-'));
	const rendered = await createPdfRenderer().render(sampleOrder('A'));
	if (!rendered.ok) throw new Error(rendered.problem.code);
	paper = rendered.value.bytes;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const read = (file: string, given = password, at = now) => readPkcs12(readFileSync(file), given, at);
function credentialOf(file: string): Credential {
	const credential = read(file);
	if (!credential.ok) throw new Error(credential.problem.code);
	return credential.value;
}
async function signedBy(credential: Credential, timestampUrl: string | null = null): Promise<Uint8Array> {
	const signed = await signPdf(paper, credentialSigner(credential, timestampUrl), now);
	if (!signed.ok) throw new Error(signed.problem.code);
	return signed.value.bytes;
}

describe.skipIf(!hasPrograms)(`a PKCS#12 file that cannot sign is refused${needs}`, () => {
	test('a wrong password, a file that is none, SM2, a short key, one that is over or has not begun', () => {
		const good = makePkcs12(folder, 'good');
		expect(read(good, 'wrong')).toMatchObject({ ok: false, problem: { code: 'certificate.password' } });
		writeFileSync(join(folder, 'none.p12'), 'not a certificate');
		expect(read(join(folder, 'none.p12'))).toMatchObject({ problem: { code: 'certificate.unreadable' } });
		expect(read(makePkcs12(folder, 'sm2', { key: 'sm2' }))).toMatchObject({
			problem: { code: 'certificate.sm2' }
		});
		expect(read(makePkcs12(folder, 'short', { key: 'rsa:1024' }))).toMatchObject({
			problem: { code: 'certificate.algorithm', details: { got: 'rsa 1024' } }
		});
		for (const year of ['2020', '2050'])
			expect(read(good, password, new Date(`${year}-01-01T00:00:00Z`))).toMatchObject({
				problem: { code: 'certificate.validity' }
			});
	});

	test('a key beside somebody else’s certificate, and a certificate without a key', () => {
		makePkcs12(folder, 'other', { key: 'ec' });
		execFileSync(
			'openssl',
			[
				'pkcs12',
				'-export',
				'-nokeys',
				'-in',
				'good.crt',
				'-passout',
				`pass:${password}`,
				'-out',
				'nokey.p12'
			],
			{ cwd: folder }
		);
		expect(read(join(folder, 'nokey.p12'))).toMatchObject({ problem: { code: 'certificate.key_mismatch' } });
		// openssl itself refuses to pack a stranger's certificate; as an extra one it lets it through.
		expect(() => packPkcs12(folder, 'mixed', 'other.key', 'good.crt')).toThrow();
	});
});

describe.skipIf(!hasPrograms)(`a signed paper${needs}`, () => {
	test.each([
		['RSA', {}],
		['RSA as certificate authorities still pack it', { isOld: true }],
		['ECDSA', { key: 'ec' as const }]
	])(
		'is valid for an independent reader, begins with the sealed bytes, and keeps its text: %s',
		async (name, wanted) => {
			const signed = await signedBy(credentialOf(makePkcs12(folder, name.slice(0, 6).trim(), wanted)));
			expect(Buffer.from(signed.subarray(0, paper.byteLength)).equals(Buffer.from(paper))).toBe(true);
			const said = pdfsig(folder, signed);
			expect(said).toContain('Signature is Valid');
			expect(said).toContain('ETSI.CAdES.detached');
			expect(said).toContain('SHA-256');
			expect(said).toContain('Total document signed');
			const text = (file: string) => execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' });
			writeFileSync(join(folder, 'plain.pdf'), paper);
			expect(text(join(folder, 'asked.pdf'))).toBe(text(join(folder, 'plain.pdf')));
		}
	);

	test('with one byte changed, anywhere in it, is valid no more', async () => {
		const signed = await signedBy(credentialOf(join(folder, 'good.p12')));
		for (const at of [20, Math.floor(paper.byteLength / 2), paper.byteLength - 40, signed.byteLength - 30]) {
			const changed = new Uint8Array(signed);
			changed[at]! ^= 1;
			expect(pdfsig(folder, changed), `byte ${at}`).not.toContain('Signature is Valid');
		}
	});

	test('of several pages with photos is signed as well', async () => {
		const rendered = await createPdfRenderer().render(sampleRecord('A'));
		if (!rendered.ok) throw new Error(rendered.problem.code);
		const signed = await signPdf(
			rendered.value.bytes,
			credentialSigner(credentialOf(join(folder, 'good.p12')), null),
			now
		);
		expect(signed.ok && pdfsig(folder, signed.value.bytes)).toContain('Signature is Valid');
	});

	test('carries a timestamp of another clock; without one that was asked for it is not signed at all', async () => {
		const credential = credentialOf(join(folder, 'good.p12'));
		const { url, server } = await startTimestampServer(folder);
		try {
			const signed = await signedBy(credential, url);
			expect(pdfsig(folder, signed)).toContain('Signature is Valid');
			expect(stampIn(folder, signed)).toMatch(/Hash Algorithm: sha256/);
		} finally {
			server.close();
		}
		expect(await signPdf(paper, credentialSigner(credential, url), now)).toMatchObject({
			problem: { code: 'timestamp.failed' }
		});
	});

	test('is not made with a certificate that is over', async () => {
		const signer = credentialSigner(credentialOf(join(folder, 'good.p12')), null);
		expect(await signPdf(paper, signer, new Date('2050-01-01T00:00:00Z'))).toMatchObject({
			problem: { code: 'certificate.validity' }
		});
	});
});

/** The timestamp token inside the signature, as openssl reads it. */
function stampIn(place: string, signed: Uint8Array): string {
	const text = Buffer.from(signed).toString('latin1');
	const digits = /\/Contents <([0-9a-f]+)>/.exec(text)![1]!;
	const cms = Buffer.from(digits, 'hex');
	const token = cms.indexOf(Buffer.from('060b2a864886f70d010910020e', 'hex')) + 13;
	// SET { token }: both lengths are two bytes long.
	writeFileSync(join(place, 'token.der'), cms.subarray(token + 4));
	return execFileSync('openssl', ['ts', '-reply', '-token_in', '-in', 'token.der', '-text'], {
		cwd: place,
		encoding: 'utf8'
	});
}

describe.skipIf(!hasPrograms)(`the certificate in the folder of keys${needs}`, () => {
	test('has a history; the private key of one that no longer signs is gone', () => {
		const keys = join(folder, 'keys');
		expect(currentCertificate(keys)).toBeNull();
		expect(removeCertificate(keys, now)).toBeNull();
		const first = keepCertificate(keys, credentialOf(join(folder, 'good.p12')), now);
		const second = keepCertificate(keys, credentialOf(join(folder, 'other.p12')), now);
		expect(openCertificate(keys)!.credential.privateKey.asymmetricKeyType).toBe('ec');
		expect(keptCertificates(keys).map(({ to }) => to === null)).toEqual([false, true]);
		expect(existsSync(join(keys, 'pdf-signing', `${first.sha256}.key.pem`))).toBe(false);
		expect(removeCertificate(keys, now)!.sha256).toBe(second.sha256);
		expect(openCertificate(keys)).toBeNull();
		const kept = readFileSync(join(keys, 'pdf-signing', `${first.sha256}.pem`), 'utf8');
		expect(kept).toContain('BEGIN CERTIFICATE');
		expect(createHash('sha256').update(kept).digest('hex')).toHaveLength(64);
	});
});
