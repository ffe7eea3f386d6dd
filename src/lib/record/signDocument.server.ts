import { expectValue, readAnswer } from '#lib/backend/answer.ts';
import type { Backend } from '#lib/backend/backend.server.ts';
import { log } from '#lib/backend/log.server.ts';
import { openCertificate } from '#lib/document/signing/certificateFolder.server.ts';
import { credentialSigner } from '#lib/document/signing/credentialSigner.server.ts';
import { signPdf } from '#lib/document/signing/signPdf.server.ts';
import type { PdfSigner } from '#lib/document/signing/signer.ts';
import { success, type Result } from '#lib/problem.ts';

export interface SigningOptions {
	/** An RFC 3161 server; null: signatures carry no timestamp. */
	timestampUrl: string | null;
}

const documentsPerLook = 20;

interface Unsigned {
	id: string;
	pdfSha256: string;
}

/**
 * Signs the papers that were rendered since the agency's certificate was put into the folder; without one, none.
 * A problem of the certificate or the timestamp ends the look: it would be the same for the next paper.
 * @returns how many were signed; `certificate.validity`, `timestamp.failed`.
 */
export async function signWaiting(
	backend: Backend,
	{ timestampUrl }: SigningOptions
): Promise<Result<number>> {
	const opened = openCertificate(backend.folder.keysFolder);
	if (!opened) return success(0);
	const signer = credentialSigner(opened.credential, timestampUrl);
	let count = 0;
	for (;;) {
		const waiting = expectValue<Unsigned[]>(
			await backend
				.asService('document worker')
				.rpc('documents_to_sign', { p_since: opened.kept.from, p_limit: documentsPerLook })
		);
		const before = count;
		for (const document of waiting) {
			const signed = await signDocument(backend, document, signer);
			if (signed.ok) count += 1;
			else if (signed.problem.code !== 'evidence.not_found') return signed;
			// A lost paper is made again when somebody opens it, and named by `verify`; the others do not wait for it.
			else log.warn({ documentId: document.id, problem: signed.problem }, 'document not signed');
		}
		if (waiting.length < documentsPerLook || count === before) return success(count);
	}
}

/** First the file, durably, then its hash in the database; two at once come to one. */
async function signDocument(
	backend: Backend,
	{ id, pdfSha256 }: Unsigned,
	signer: PdfSigner
): Promise<Result<{ sha256: string }>> {
	const paper = await backend.documents.get(pdfSha256);
	if (!paper.ok) return paper;
	const signedAt = new Date();
	const signed = await signPdf(paper.value, signer, signedAt);
	if (!signed.ok) return signed;
	const { bytes, sha256 } = signed.value;
	const stored = await backend.documents.put(sha256, bytes, 'application/pdf');
	if (!stored.ok) return stored;
	const { certificate, level } = signer;
	return readAnswer(
		await backend.asService('document worker').rpc('store_document_signature', {
			p_document: id,
			p_signature: {
				pdfSha256,
				sha256,
				bytes: bytes.byteLength,
				level,
				certificateSha256: certificate.sha256,
				subject: certificate.subject,
				issuer: certificate.issuer,
				validUntil: certificate.validUntil,
				signedAt: signedAt.toISOString()
			}
		})
	);
}
