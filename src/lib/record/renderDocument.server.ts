import { expectValue, readAnswer } from '#lib/backend/answer.ts';
import type { Backend } from '#lib/backend/backend.server.ts';
import { crashPoint } from '#lib/backend/crashPoint.server.ts';
import { shanghaiDate } from '#lib/calendar.ts';
import type { DocumentContent } from '#lib/document/content.ts';
import { deliveryTokens } from '#lib/document/deliveryTokens.server.ts';
import { renderPdf } from '#lib/document/renderPdf.server.ts';
import { failure, success, type Problem, type Result } from '#lib/problem.ts';
import { documentContent } from './documentContent.ts';
import type { DocumentSource } from './documentSource.ts';
import { signatureFault } from './recordSignature.server.ts';

/** Where the addresses in a document lead: the server as people reach it, without a slash at the end. */
export interface PublicAddress {
	publicUrl: string;
}

/**
 * Renders one document from its sealed record and stores it: first the bytes, durably, then their hash in the
 * database. Done twice, by two at once, or again after a crash in between, it comes to the same.
 * @returns the hash of the stored PDF; `not_found`; or why there is none, which is noted beside the document.
 */
export async function renderDocument(
	backend: Backend,
	documentId: string,
	address: PublicAddress
): Promise<Result<{ sha256: string }>> {
	const service = backend.asService('document worker');
	const source = expectValue<DocumentSource | null>(
		await service.rpc('document_source', { p_document: documentId })
	);
	if (!source) return failure('not_found');
	crashPoint('before_pdf');
	const made = await makePdf(backend, source, address);
	if (!made.ok) {
		await noteRenderProblem(backend, documentId, made.problem);
		return made;
	}
	const { bytes, sha256, templateVersion } = made.value;
	const stored = await backend.documents.put(sha256, bytes, 'application/pdf');
	if (!stored.ok) return stored;
	const answer = readAnswer<{ pdfSha256: string }>(
		await service.rpc('store_document_pdf', {
			p_document: documentId,
			p_sha256: sha256,
			p_bytes: bytes.byteLength,
			p_template_version: templateVersion
		})
	);
	return answer.ok ? success({ sha256: answer.value.pdfSha256 }) : answer;
}

/**
 * A copy of a paper that was replaced since (更正), marked as such on every page. Nothing is stored: the sealed bytes
 * stay what they are, and are still to be had.
 */
export async function renderMarkedCopy(
	backend: Backend,
	documentId: string,
	address: PublicAddress
): Promise<Result<Uint8Array<ArrayBuffer>>> {
	const source = expectValue<DocumentSource | null>(
		await backend.asService('document worker').rpc('document_source', { p_document: documentId })
	);
	if (!source) return failure('not_found');
	const made = await makePdf(backend, source, { ...address, isCopy: true });
	return made.ok ? success(made.value.bytes) : made;
}

export async function noteRenderProblem(
	backend: Backend,
	documentId: string,
	problem: Problem
): Promise<void> {
	const { code, details = {} } = problem;
	const answer = await backend
		.asService('document worker')
		.rpc('note_render_problem', { p_document: documentId, p_problem: { code, details } });
	if (answer.error) throw new Error(`note_render_problem: ${answer.error.message}`);
}

async function makePdf(
	backend: Backend,
	source: DocumentSource,
	{ publicUrl, isCopy = false }: PublicAddress & { isCopy?: boolean }
) {
	for (const record of [source.record, source.inspectionRecord, source.correction?.superseded]) {
		if (!record) continue;
		const fault = signatureFault(backend.keys, record);
		if (fault) return failure('record.signature', { got: fault });
	}
	const { deliveryId, deliverySerial } = source;
	const paperToken =
		deliveryId && deliveryTokens(backend.keys.deliverySecret, deliveryId, deliverySerial ?? 0).paperToken;
	const content = documentContent(source, {
		deliveryUrl: paperToken && `${publicUrl}/o/${paperToken}`,
		verifyUrl: `${publicUrl}/v/${source.record.sha256}`
	});
	const { replacement } = source;
	const printed =
		isCopy && replacement
			? { ...content, replacement: { number: replacement.numberText, on: shanghaiDate(replacement.at) } }
			: content;
	const photos = await readPhotos(backend, content);
	return photos.ok ? renderPdf(printed, photos.value) : photos;
}

async function readPhotos(
	backend: Backend,
	{ photos }: DocumentContent
): Promise<Result<Map<string, Uint8Array>>> {
	const files = new Map<string, Uint8Array>();
	for (const { sha256 } of photos) {
		if (files.has(sha256)) continue;
		const file = await backend.evidence.get(sha256);
		if (!file.ok) return file;
		files.set(sha256, file.value);
	}
	return success(files);
}
