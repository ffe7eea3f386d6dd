import { createHash, webcrypto, type X509Certificate } from 'node:crypto';
import * as asn1js from 'asn1js';
import {
	Attribute,
	Certificate,
	ContentInfo,
	EncapsulatedContentInfo,
	IssuerAndSerialNumber,
	SignedAndUnsignedAttributes,
	SignedData,
	SignerInfo
} from 'pkijs';
import { success } from '#lib/problem.ts';
import {
	certificateFacts,
	isValidAt,
	validityProblem,
	webCryptoAlgorithm,
	type Credential
} from './credential.server.ts';
import type { PdfSigner } from './signer.ts';
import { timestampBytes, timestampOf } from './timestamp.server.ts';

const oid = {
	data: '1.2.840.113549.1.7.1',
	signedData: '1.2.840.113549.1.7.2',
	contentType: '1.2.840.113549.1.9.3',
	messageDigest: '1.2.840.113549.1.9.4',
	signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
	timestampToken: '1.2.840.113549.1.9.16.2.14'
};

/** Attributes, algorithm names and a signature of up to 4096 bits. */
const signatureBytes = 2_000;

/**
 * Signs with a certificate and key of this folder: CAdES as PAdES wants it (EN 319 142-1, 6.3: signing-certificate-v2,
 * no signing-time, which stands in the PDF).
 * @param timestampUrl of an RFC 3161 server; null: without a timestamp.
 */
export function credentialSigner(credential: Credential, timestampUrl: string | null): PdfSigner {
	const certificate = certificateFacts(credential);
	const chainBytes = credential.chain.reduce((sum, { raw }) => sum + raw.byteLength, 0);
	return {
		certificate,
		level: timestampUrl ? 'B-T' : 'B-B',
		reservedBytes: signatureBytes + chainBytes + (timestampUrl ? timestampBytes : 0),
		async sign(covered, at) {
			if (!isValidAt(certificate, at)) return validityProblem(certificate);
			const { cms, signer } = await signedData(credential, covered);
			if (timestampUrl) {
				const token = await timestampOf(signer.signature.valueBlock.valueHexView, timestampUrl);
				if (!token.ok) return token;
				signer.unsignedAttrs = attributes(1, [attribute(oid.timestampToken, parsed(token.value))]);
			}
			return success(
				new Uint8Array(
					new ContentInfo({ contentType: oid.signedData, content: cms.toSchema(true) }).toSchema().toBER()
				)
			);
		}
	};
}

async function signedData({ privateKey, chain }: Credential, covered: readonly Uint8Array[]) {
	const certificates = chain.map(({ raw }) => Certificate.fromBER(new Uint8Array(raw).buffer));
	const [own] = certificates as [Certificate];
	const signer = new SignerInfo({
		version: 1,
		sid: new IssuerAndSerialNumber({ issuer: own.issuer, serialNumber: own.serialNumber }),
		signedAttrs: attributes(0, signedAttributes(covered, chain[0]!))
	});
	const cms = new SignedData({
		version: 1,
		encapContentInfo: new EncapsulatedContentInfo({ eContentType: oid.data }),
		certificates,
		signerInfos: [signer]
	});
	const key = await webcrypto.subtle.importKey(
		'pkcs8',
		privateKey.export({ type: 'pkcs8', format: 'der' }),
		webCryptoAlgorithm(privateKey),
		false,
		['sign']
	);
	await cms.sign(key as CryptoKey, 0, 'SHA-256');
	return { cms, signer };
}

/** In the order of their DER, as a SET OF is signed. */
function signedAttributes(covered: readonly Uint8Array[], own: X509Certificate): Attribute[] {
	const digest = createHash('sha256');
	for (const part of covered) digest.update(part);
	const certificateHash = createHash('sha256').update(own.raw).digest();
	const octets = (bytes: Buffer) => new asn1js.OctetString({ valueHex: new Uint8Array(bytes).buffer });
	const sequence = (...value: asn1js.BaseBlock[]) => new asn1js.Sequence({ value });
	const all = [
		attribute(oid.contentType, new asn1js.ObjectIdentifier({ value: oid.data })),
		attribute(oid.messageDigest, octets(digest.digest())),
		// ESSCertIDv2 (RFC 5035) whose hash is SHA-256, the default.
		attribute(oid.signingCertificateV2, sequence(sequence(sequence(octets(certificateHash)))))
	];
	const der = (one: Attribute) => Buffer.from(one.toSchema().toBER());
	return all.sort((a, b) => Buffer.compare(der(a), der(b)));
}

const attribute = (type: string, value: asn1js.BaseBlock): Attribute =>
	new Attribute({ type, values: [value] });

const attributes = (type: 0 | 1, list: Attribute[]): SignedAndUnsignedAttributes =>
	new SignedAndUnsignedAttributes({ type, attributes: list });

function parsed(der: Uint8Array): asn1js.BaseBlock {
	const { result, offset } = asn1js.fromBER(new Uint8Array(der).buffer);
	if (offset === -1) throw new Error('credentialSigner: got no DER, expected a timestamp token');
	return result;
}
