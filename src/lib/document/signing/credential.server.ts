import { createHash, createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import forge from 'node-forge';
import { failure, success, type Result } from '#lib/problem.ts';
import type { SigningCertificate } from './signer.ts';

/** A key and its certificate, with what was issued above it: the own one first. */
export interface Credential {
	privateKey: KeyObject;
	chain: X509Certificate[];
}

/**
 * Reads a PKCS#12 file (.p12, .pfx).
 * @returns `certificate.unreadable`, `certificate.password`, `certificate.key_mismatch` (no certificate for its key),
 *   `certificate.sm2`, `certificate.algorithm` (neither RSA from 2048 bits nor ECDSA), `certificate.validity`.
 */
export function readPkcs12(bytes: Uint8Array, password: string, now: Date): Result<Credential> {
	const opened = openPkcs12(bytes, password);
	if (!opened.ok) return opened;
	const { key, certificates } = opened.value;
	if (isSm2(key) || certificates.some(isSm2)) return failure('certificate.sm2');
	const read = readCredential(key, certificates);
	if (!read.ok) return read;
	const facts = certificateFacts(read.value);
	return isValidAt(facts, now) ? read : validityProblem(facts);
}

interface Opened {
	/** PKCS#8, DER. */
	key: Buffer;
	/** DER. */
	certificates: Buffer[];
}

/** What is in it, as DER: node-forge knows the old encryption that certificate authorities still use; it knows RSA only. */
function openPkcs12(bytes: Uint8Array, password: string): Result<Opened> {
	let file: forge.asn1.Asn1;
	try {
		file = forge.asn1.fromDer(forge.util.createBuffer(Buffer.from(bytes).toString('latin1')));
	} catch {
		return failure('certificate.unreadable');
	}
	let safe: forge.pkcs12.Pkcs12Pfx;
	try {
		safe = forge.pkcs12.pkcs12FromAsn1(file, password);
	} catch (error) {
		const { message } = error as Error;
		return failure(
			/password|MAC could not be verified/i.test(message) ? 'certificate.password' : 'certificate.unreadable'
		);
	}
	const { pkcs8ShroudedKeyBag, keyBag, certBag } = forge.pki.oids as Record<string, string>;
	const bagsOf = (type: string) => safe.getBags({ bagType: type })[type] ?? [];
	const key = [...bagsOf(pkcs8ShroudedKeyBag!), ...bagsOf(keyBag!)][0];
	if (!key) return failure('certificate.key_mismatch');
	return success({
		key: der(key.key ? forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(key.key)) : key.asn1),
		certificates: bagsOf(certBag!).map(({ cert, asn1 }) =>
			der(cert ? forge.pki.certificateToAsn1(cert) : asn1)
		)
	});
}

const der = (value: forge.asn1.Asn1): Buffer => Buffer.from(forge.asn1.toDer(value).getBytes(), 'latin1');

/** 1.2.156.10197.1.301, the curve, as it stands in a key and in a certificate. */
const sm2Curve = Buffer.from('06082a811ccf5501822d', 'hex');
const isSm2 = (bytes: Buffer): boolean => bytes.includes(sm2Curve);

function readCredential(key: Buffer, certificates: readonly Buffer[]): Result<Credential> {
	let privateKey: KeyObject;
	try {
		privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' });
	} catch {
		return failure('certificate.algorithm', { got: '—' });
	}
	const algorithm = algorithmOf(privateKey);
	if (!algorithm.ok) return algorithm;
	const all = certificates.map((bytes) => new X509Certificate(bytes));
	const own = all.find((certificate) => certificate.checkPrivateKey(privateKey));
	if (!own) return failure('certificate.key_mismatch');
	return success({ privateKey, chain: [own, ...above(own, all)] });
}

/** From the issuer of one upwards, as far as the file goes. */
function above(own: X509Certificate, all: readonly X509Certificate[]): X509Certificate[] {
	const issuer = all.find((one) => one !== own && own.checkIssued(one));
	return issuer
		? [
				issuer,
				...above(
					issuer,
					all.filter((one) => one !== own)
				)
			]
		: [];
}

const leastRsaBits = 2048;
const curves: Record<string, string> = { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' };

function algorithmOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): Result<null> {
	const { modulusLength = 0, namedCurve = '' } = asymmetricKeyDetails ?? {};
	const isEnough =
		(asymmetricKeyType === 'rsa' && modulusLength >= leastRsaBits) ||
		(asymmetricKeyType === 'ec' && namedCurve in curves);
	if (isEnough) return success(null);
	return failure('certificate.algorithm', {
		got: `${asymmetricKeyType} ${modulusLength || namedCurve}`.trim()
	});
}

export const webCryptoAlgorithm = ({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject) =>
	asymmetricKeyType === 'ec'
		? { name: 'ECDSA', namedCurve: curves[asymmetricKeyDetails!.namedCurve!]! }
		: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };

export function certificateFacts({ chain }: Pick<Credential, 'chain'>): SigningCertificate {
	const own = chain[0]!;
	return {
		sha256: createHash('sha256').update(own.raw).digest('hex'),
		subject: nameOf(own.subject),
		issuer: nameOf(own.issuer),
		serialNumber: own.serialNumber.toLowerCase(),
		validFrom: new Date(own.validFrom).toISOString(),
		validUntil: new Date(own.validTo).toISOString()
	};
}

/** `CN=…, O=…`: Node gives a line for each part, the country first. */
const nameOf = (lines: string): string => lines.split('\n').reverse().join(', ');

export const isValidAt = ({ validFrom, validUntil }: SigningCertificate, at: Date): boolean =>
	at.toISOString() >= validFrom && at.toISOString() <= validUntil;

export const validityProblem = ({ validFrom, validUntil }: SigningCertificate) =>
	failure('certificate.validity', { got: `${validFrom.slice(0, 10)} – ${validUntil.slice(0, 10)}` });
