import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deliveryTokens } from '#lib/document/deliveryTokens.server.ts';
import { currentCertificate, keepCertificate } from '#lib/document/signing/certificateFolder.server.ts';
import { readDelivery } from '#lib/record/delivery.server.ts';
import { readDocumentPage } from '#lib/record/documentPage.server.ts';
import { findDocument, findSignedSha256, signedPdf } from '#lib/record/documentPdf.server.ts';
import { startDocumentWorker } from '#lib/record/documentWorker.server.ts';
import { signWaiting } from '#lib/record/signDocument.server.ts';
import { dropCertificate, storeCertificate } from '#lib/record/storeCertificate.server.ts';
import { defectsBeside } from '#lib/record/proof/verifyRows.server.ts';
import { verifyChain } from '#lib/record/verifyChain.server.ts';
import { verifyRecord } from '#lib/record/verifyRecord.server.ts';
import { openTestBackend, type TestBackend } from '../support/testBackend.ts';
import { sampleCertificate } from '../support/certificate.ts';
import { foundTwo, sealedBy } from './sealed.ts';
import { makeStreet, type Street } from './street.ts';

let opened: TestBackend;
let street: Street;
const at = new Date('2026-11-20T05:30:00Z');
/** Before the clock of the story. */
const stored = new Date('2026-11-01T00:00:00Z');

beforeAll(async () => {
	opened = await openTestBackend();
	street = await makeStreet(opened);
	await opened.setClock('2026-11-20T06:00:00Z');
});
afterAll(() => opened.close());

async function rendered(timestampUrl: string | null = null): Promise<void> {
	const worker = startDocumentWorker(
		opened.backend,
		{ publicUrl: 'https://mingcha.example' },
		{ timestampUrl }
	);
	await worker.idle();
	await worker.close();
}
const signatures = () =>
	opened.sql<{ id: string; pdf_sha256: string; signed_sha256: string; level: string }>(
		'select * from public.document_signatures order by id'
	);

describe('papers with the agency’s own signature', () => {
	test('there are none without a certificate, and what nobody stored cannot be removed', async () => {
		await sealedBy(opened, street, foundTwo(street, at));
		await rendered();
		expect(await signatures()).toEqual([]);
		expect(await dropCertificate(opened.backend, new Date())).toMatchObject({
			problem: { code: 'certificate.none' }
		});
		expect(await storeCertificate(opened.backend, Buffer.from('no file'), 'x', new Date())).toMatchObject({
			problem: { code: 'certificate.unreadable' }
		});
		expect(currentCertificate(opened.backend.folder.keysFolder)).toBeNull();
	});

	test('a timestamp that was asked for and does not come leaves them unsigned, and the papers as they are', async () => {
		keepCertificate(opened.backend.folder.keysFolder, await sampleCertificate(), stored);
		const unheard = { timestampUrl: 'http://127.0.0.1:9/' };
		expect(await signWaiting(opened.backend, unheard)).toMatchObject({
			problem: { code: 'timestamp.failed' }
		});
		expect(await signatures()).toEqual([]);
	});

	test('one whose file is lost keeps nobody waiting: the others are signed', async () => {
		const [lost] = await opened.sql<{ id: string; pdf_sha256: string }>(
			'select id, pdf_sha256 from public.documents order by rendered_at, id limit 1'
		);
		const name = (sha256: string) =>
			opened.sql('update public.documents set pdf_sha256 = $2 where id = $1', [lost!.id, sha256]);
		await name('0'.repeat(64));
		expect(await signWaiting(opened.backend, { timestampUrl: null })).toEqual({ ok: true, value: 1 });
		await name(lost!.pdf_sha256);
	});

	test('each is signed once, beside the rendered one, for who may see the paper', async () => {
		await rendered();
		await rendered();
		const [row] = await signatures();
		expect(await signatures()).toHaveLength(2);
		const found = await findDocument(street.as(street.wang), row!.id);
		if (!found.ok) throw new Error(found.problem.code);
		const paper = await opened.backend.documents.get(row!.pdf_sha256);
		if (!paper.ok) throw new Error(paper.problem.code);
		const signed = await signedPdf(
			opened.backend,
			found.value,
			await findSignedSha256(street.as(street.wang), row!.id)
		);
		if (!signed.ok) throw new Error(signed.problem.code);
		const { bytes } = signed.value;
		expect(Buffer.from(bytes.subarray(0, paper.value.byteLength)).equals(Buffer.from(paper.value))).toBe(
			true
		);
		expect(signed.value.fileName).toContain('数字签名');
		expect(await findSignedSha256(street.as(street.sun), row!.id)).toBeNull();
		expect(await signedPdf(opened.backend, found.value, null)).toMatchObject({
			problem: { code: 'document.unsigned' }
		});
		const page = await readDocumentPage(street.as(street.wang), row!.id);
		expect(page.ok && page.value.signature).toMatchObject({ level: 'B-B', sha256: row!.signed_sha256 });
	});

	test('the enterprise gets it by the code of the paper, anybody verifies it by its hash', async () => {
		const [row] = await signatures();
		const [{ id }] = (await opened.sql('select id from public.deliveries limit 1')) as [{ id: string }];
		const { screenToken } = deliveryTokens(opened.backend.keys.deliverySecret, id);
		const page = await readDelivery(opened.backend, screenToken);
		if (!page.ok || page.value.isLocked) throw new Error('locked');
		const hashes = page.value.delivery.documents.map(({ signature }) => signature?.sha256);
		expect(hashes).toContain(row!.signed_sha256);
		const verified = await verifyRecord(opened.backend, row!.signed_sha256);
		expect(verified.ok && verified.value.documents.map(({ signature }) => signature?.subject)).toEqual(
			Array(2).fill(expect.stringContaining('CN=示例街道办事处'))
		);
	});

	test('verification names a changed row, one that no event tells of, and a lost file', async () => {
		const { backend, sql } = opened;
		expect((await verifyChain(backend)).defects).toEqual([]);
		expect(await defectsBeside(backend)).toEqual([]);
		const [row] = await signatures();
		await sql('alter table public.document_signatures disable trigger document_signatures_append_only');
		await sql(`update public.document_signatures set pdf_sha256 = repeat('0', 64) where id = $1`, [row!.id]);
		expect(await defectsBeside(backend)).toMatchObject([
			{ kind: 'course', table: 'document_signatures', id: row!.id, field: 'pdf_sha256' }
		]);
		await sql('update public.document_signatures set pdf_sha256 = $2 where id = $1', [
			row!.id,
			row!.pdf_sha256
		]);
		// Another paper's signed file in its place: the file is whole, but begins with other bytes.
		const [, other] = await signatures();
		await sql('delete from public.document_signatures where id = $1', [other!.id]);
		await sql('update public.document_signatures set signed_sha256 = $2 where id = $1', [
			row!.id,
			other!.signed_sha256
		]);
		expect((await verifyChain(backend)).defects).toMatchObject([
			{ kind: 'signed_other', documentId: row!.id }
		]);
		await sql('update public.document_signatures set signed_sha256 = $2 where id = $1', [
			row!.id,
			row!.signed_sha256
		]);
		await sql(`update public.document_signatures set signed_sha256 = repeat('0', 64) where id = $1`, [
			row!.id
		]);
		expect((await verifyChain(backend)).defects).toMatchObject([
			{ kind: 'signed_missing', documentId: row!.id }
		]);
	});
});
