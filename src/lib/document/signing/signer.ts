import type { Result } from '#lib/problem.ts';

/** B-B: signature with certificate. B-T: and a timestamp (RFC 3161) by somebody else's clock. */
type PdfSignatureLevel = 'B-B' | 'B-T';

/** What a reader of the signed file can see of the certificate. */
export interface SigningCertificate {
	/** Of the DER, hex. */
	sha256: string;
	/** `CN=…, O=…` */
	subject: string;
	issuer: string;
	/** Hex. */
	serialNumber: string;
	/** Instants. */
	validFrom: string;
	validUntil: string;
}

/** Who signs the bytes of a PDF. Anything that gives a CMS (RFC 5652) fits: a key here, or a service elsewhere. */
export interface PdfSigner {
	certificate: SigningCertificate;
	level: PdfSignatureLevel;
	/** The most bytes that `sign` gives: so much room is left in the file. */
	reservedBytes: number;
	/**
	 * @param covered the bytes that are signed: everything but the place of the signature itself.
	 * @returns DER of a detached CMS; `certificate.validity` at a moment outside of it, `timestamp.failed`.
	 */
	sign(covered: readonly Uint8Array[], at: Date): Promise<Result<Uint8Array>>;
}

/** What is told of a paper's signature, to whoever may see the paper. */
export interface DocumentSignature {
	level: PdfSignatureLevel;
	/** Of the signed file, hex. */
	sha256: string;
	bytes: number;
	subject: string;
	issuer: string;
	certificateSha256: string;
	validUntil: string;
	signedAt: string;
}

/** Signed by itself: no reader trusts it without having been told to. */
export const isSelfSigned = ({ subject, issuer }: Pick<SigningCertificate, 'subject' | 'issuer'>): boolean =>
	subject === issuer;
