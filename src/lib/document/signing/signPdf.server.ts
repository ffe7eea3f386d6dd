import { createHash } from 'node:crypto';
import { success, type Result } from '#lib/problem.ts';
import { withSignature, withSignatureField } from './signatureField.ts';
import type { PdfSigner } from './signer.ts';

export interface SignedPdf {
	bytes: Uint8Array<ArrayBuffer>;
	sha256: string;
}

/** The paper with a signature behind it. The problems are the signer's. */
export async function signPdf(pdf: Uint8Array, signer: PdfSigner, at: Date): Promise<Result<SignedPdf>> {
	const { certificate, reservedBytes } = signer;
	const name = /CN=([^,]+)/.exec(certificate.subject)?.[1] ?? certificate.subject;
	const room = withSignatureField(pdf, { at, name, reservedBytes });
	const signature = await signer.sign(room.covered, at);
	if (!signature.ok) return signature;
	if (signature.value.byteLength > reservedBytes)
		throw new RangeError(
			`signPdf: got a signature of ${signature.value.byteLength} bytes, expected at most ${reservedBytes}`
		);
	const bytes = withSignature(room, signature.value);
	return success({ bytes, sha256: createHash('sha256').update(bytes).digest('hex') });
}
