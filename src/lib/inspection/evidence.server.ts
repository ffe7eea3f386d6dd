import { expectValue, readAnswer } from '#lib/backend/answer.ts';
import type { Backend, Client } from '#lib/backend/backend.server.ts';
import { failure, success, type Result } from '#lib/problem.ts';
import { receiveEvidence, type EvidenceMediaType, type ReceivedEvidence } from './receiveEvidence.server.ts';

/**
 * A file of a visit: stored durably first, then said to the database, with the secret key: only this server has
 * seen the bytes behind the hash. In between a crash leaves bytes that nobody knows of, never a row without its
 * bytes. The same file again changes nothing.
 */
export async function putEvidence(
	backend: Backend,
	client: Client,
	sha256: string,
	request: Pick<Request, 'body' | 'headers'>
): Promise<Result<{ sha256: string }>> {
	const received = await receiveEvidence(request, sha256);
	if (!received.ok) return received;
	const { bytes, mediaType } = received.value;
	const who = readAnswer<{ userId: string }>(await client.rpc('who_am_i'));
	if (!who.ok) return who;
	const stored = await backend.evidence.put(sha256, bytes, mediaType);
	if (!stored.ok) return stored;
	const registered = readAnswer(
		await backend.asService('evidence').rpc('register_evidence', {
			p_uploader: who.value.userId,
			p_sha256: sha256,
			p_bytes: bytes.byteLength,
			p_media_type: mediaType
		})
	);
	return registered.ok ? success({ sha256 }) : registered;
}

/** @returns `evidence.not_found` when there is none or the user may not see it: both look the same. */
export async function getEvidence(
	backend: Backend,
	client: Client,
	sha256: string
): Promise<Result<ReceivedEvidence>> {
	const row = expectValue<{ media_type: string } | null>(
		await client.from('evidence').select('media_type').eq('sha256', sha256).maybeSingle()
	);
	if (!row) return failure('evidence.not_found', { sha256 });
	const found = await backend.evidence.get(sha256);
	if (!found.ok) return found;
	return success({ bytes: found.value, mediaType: row.media_type as EvidenceMediaType });
}
