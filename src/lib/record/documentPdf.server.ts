import { expectValue } from '#lib/backend/answer.ts';
import type { Backend, Client } from '#lib/backend/backend.server.ts';
import { uuid } from '#lib/inspection/inspection.ts';
import type { Problem, Result } from '#lib/problem.ts';
import { failure, success } from '#lib/problem.ts';
import type { DocumentWorker } from './documentWorker.server.ts';

export interface DocumentPdf {
	bytes: Uint8Array<ArrayBuffer>;
	/** 文号.pdf */
	fileName: string;
}

/** A document that somebody was found to be allowed to read. */
export interface ReadableDocument {
	id: string;
	numberText: string;
	state: 'issued' | 'superseded' | 'voided';
	pdfSha256: string | null;
	renderProblem: Problem | null;
}

/**
 * What somebody reads: the sealed PDF, or of a paper that was replaced since (更正) a copy that says so on every page.
 * The sealed bytes themselves: `documentPdf`.
 */
export async function readablePdf(
	backend: Backend,
	worker: DocumentWorker,
	document: ReadableDocument
): Promise<Result<DocumentPdf>> {
	if (document.state !== 'superseded') return documentPdf(backend, worker, document);
	const copy = await worker.markedCopy(document.id);
	return copy.ok ? success({ bytes: copy.value, fileName: `${document.numberText}（已被更正）.pdf` }) : copy;
}

/**
 * The PDF of a document, rendered now when it was not yet: a loaded history is rendered when it is opened.
 * @returns `record.signature` for a record that no PDF may be made of; other reasons are tried again.
 */
export async function documentPdf(
	backend: Backend,
	worker: DocumentWorker,
	document: ReadableDocument
): Promise<Result<DocumentPdf>> {
	const fileName = `${document.numberText}.pdf`;
	if (document.pdfSha256) {
		const stored = await backend.documents.get(document.pdfSha256);
		// A lost file is made again: the same record gives the same bytes. Another problem is not ours to mend.
		if (stored.ok || stored.problem.code !== 'evidence.not_found')
			return stored.ok ? success({ bytes: stored.value, fileName }) : stored;
	}
	if (document.renderProblem?.code === 'record.signature') return failure('record.signature');
	const rendered = await worker.render(document.id);
	if (!rendered.ok) return rendered;
	const stored = await backend.documents.get(rendered.value.sha256);
	return stored.ok ? success({ bytes: stored.value, fileName }) : stored;
}

/**
 * The paper with the agency's signature behind it. A lost one cannot be made again: its time has passed.
 * @param sha256 of the signed file; null: the paper has none.
 * @returns `document.unsigned`
 */
export async function signedPdf(
	backend: Backend,
	{ numberText }: Pick<ReadableDocument, 'numberText'>,
	sha256: string | null
): Promise<Result<DocumentPdf>> {
	if (sha256 === null) return failure('document.unsigned');
	const stored = await backend.documents.get(sha256);
	return stored.ok ? success({ bytes: stored.value, fileName: `${numberText}（数字签名）.pdf` }) : stored;
}

/** Of the signed file, as the asking user's own rows show it. */
export async function findSignedSha256(client: Client, id: string): Promise<string | null> {
	const row = expectValue<{ signed_sha256: string } | null>(
		await client.from('document_signatures').select('signed_sha256').eq('id', id).maybeSingle()
	);
	return row?.signed_sha256 ?? null;
}

interface DocumentRow {
	id: string;
	number_text: string;
	state: ReadableDocument['state'];
	pdf_sha256: string | null;
	render_problem: unknown;
}

/** A document as the asking user's own rows show it. @returns `not_found` for one outside of what they may see. */
export async function findDocument(client: Client, id: string): Promise<Result<ReadableDocument>> {
	if (!uuid.safeParse(id).success) return failure('not_found');
	const row = expectValue<DocumentRow | null>(
		await client
			.from('documents')
			.select('id, number_text, state, pdf_sha256, render_problem')
			.eq('id', id)
			.maybeSingle()
	);
	if (!row) return failure('not_found');
	return success({
		id: row.id,
		numberText: row.number_text,
		state: row.state,
		pdfSha256: row.pdf_sha256,
		renderProblem: row.render_problem as Problem | null
	});
}
