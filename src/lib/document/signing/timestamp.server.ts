import { createHash, randomBytes } from 'node:crypto';
import * as asn1js from 'asn1js';
import {
	AlgorithmIdentifier,
	MessageImprint,
	PKIStatus,
	TimeStampReq,
	TimeStampResp,
	TSTInfo,
	SignedData
} from 'pkijs';
import { failure, success, type Result } from '#lib/problem.ts';

const sha256Oid = '2.16.840.1.101.3.4.2.1';
const waitMilliseconds = 10_000;

/** The most bytes of a token with its certificates that room is left for. */
export const timestampBytes = 10_000;

/**
 * A timestamp (RFC 3161) over some bytes. That it is about these bytes and this request is checked; whether its
 * authority is to be trusted is for the reader of the paper.
 * @returns DER of the token; `timestamp.failed` with what came instead as `got`.
 */
export async function timestampOf(bytes: Uint8Array, url: string): Promise<Result<Uint8Array>> {
	const digest = createHash('sha256').update(bytes).digest();
	const nonce = positiveNonce();
	try {
		const response = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
			body: requestOf(digest, nonce),
			signal: AbortSignal.timeout(waitMilliseconds)
		});
		if (!response.ok) return failure('timestamp.failed', { got: `HTTP ${response.status}` });
		return tokenOf(await response.arrayBuffer(), digest, nonce);
	} catch (error) {
		return failure('timestamp.failed', { got: (error as Error).message });
	}
}

/** Its first byte says that it is no negative number and has no leading zero. */
function positiveNonce(): Buffer {
	const nonce = randomBytes(8);
	nonce[0] = (nonce[0]! & 0x3f) | 0x40;
	return nonce;
}

const arrayOf = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;

function requestOf(digest: Buffer, nonce: Buffer): ArrayBuffer {
	const request = new TimeStampReq({
		version: 1,
		messageImprint: new MessageImprint({
			hashAlgorithm: new AlgorithmIdentifier({ algorithmId: sha256Oid }),
			hashedMessage: new asn1js.OctetString({ valueHex: arrayOf(digest) })
		}),
		nonce: new asn1js.Integer({ valueHex: arrayOf(nonce) }),
		certReq: true
	});
	return request.toSchema().toBER();
}

function tokenOf(answer: ArrayBuffer, digest: Buffer, nonce: Buffer): Result<Uint8Array> {
	const { status, timeStampToken } = TimeStampResp.fromBER(answer);
	if (!timeStampToken || ![PKIStatus.granted, PKIStatus.grantedWithMods].includes(status.status))
		return failure('timestamp.failed', { got: `PKIStatus ${status.status}` });
	const content = new SignedData({ schema: timeStampToken.content }).encapContentInfo.eContent;
	const info = content && TSTInfo.fromBER(content.getValue());
	const isOurs =
		info &&
		Buffer.from(info.messageImprint.hashedMessage.getValue()).equals(digest) &&
		info.nonce !== undefined &&
		Buffer.from(info.nonce.valueBlock.valueHexView).equals(nonce);
	if (!isOurs) return failure('timestamp.failed', { got: 'messageImprint / nonce' });
	const token = new Uint8Array(timeStampToken.toSchema().toBER());
	if (token.byteLength > timestampBytes) return failure('timestamp.failed', { got: `${token.byteLength} B` });
	return success(token);
}
