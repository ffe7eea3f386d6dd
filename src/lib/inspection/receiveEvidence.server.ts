import { createHash } from 'node:crypto';
import { fileTypeFromBuffer } from 'file-type';
import { failure, success, type Result } from '#lib/problem.ts';

/** A photo as a phone sends it is 0.2–0.6 MB; an original from a camera still fits. */
export const evidenceLimitMegabytes = 20;
const limitBytes = evidenceLimitMegabytes * 1024 * 1024;

export const photoMediaTypes = ['image/jpeg', 'image/png', 'image/webp'] as const;
/** Papers too, where somebody registers what they have on paper: a decision, a report. */
export const evidenceMediaTypes = [...photoMediaTypes, 'application/pdf'] as const;
export type EvidenceMediaType = (typeof evidenceMediaTypes)[number];

export interface ReceivedEvidence {
	bytes: Uint8Array<ArrayBuffer>;
	mediaType: EvidenceMediaType;
}

const tooLarge = () => failure('evidence.too_large', { limitMegabytes: evidenceLimitMegabytes });

/**
 * Takes a file from a request, hashing while it arrives. Its type is read from its bytes: what a name or a
 * header says about it is not looked at, so an HTML page called .jpg is refused.
 * @returns `evidence.too_large` without reading on, `evidence.hash_mismatch`, `evidence.media_type`.
 */
export async function receiveEvidence(
	request: Pick<Request, 'body' | 'headers'>,
	sha256: string,
	mediaTypes: readonly EvidenceMediaType[] = photoMediaTypes
): Promise<Result<ReceivedEvidence>> {
	if (Number(request.headers.get('content-length') ?? 0) > limitBytes) return tooLarge();
	const hash = createHash('sha256');
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of request.body ?? []) {
		size += chunk.byteLength;
		if (size > limitBytes) return tooLarge();
		hash.update(chunk);
		chunks.push(chunk);
	}
	const got = hash.digest('hex');
	if (got !== sha256) return failure('evidence.hash_mismatch', { got, expected: sha256 });
	const bytes = new Uint8Array(Buffer.concat(chunks));
	const mediaType = (await fileTypeFromBuffer(bytes))?.mime;
	const known = mediaTypes.find((type) => type === mediaType);
	if (!known) return failure('evidence.media_type', { got: mediaType ?? 'text' });
	return success({ bytes, mediaType: known });
}
