import { createHash } from 'node:crypto';
import { expectValue, readAnswer } from '#lib/backend/answer.ts';
import type { Backend, Client } from '#lib/backend/backend.server.ts';
import { failure, success, type Result } from '#lib/problem.ts';
import {
	evidenceMediaTypes,
	receiveEvidence,
	type EvidenceMediaType,
	type ReceivedEvidence
} from './receiveEvidence.server.ts';

/**
 * A file of a visit: stored durably first, then said to the database, with the secret key: only this server has
 * seen the bytes behind the hash. In between a crash leaves bytes that nobody knows of, never a row without its
 * bytes. The same file again changes nothing.
 */
export async function putEvidence(
	backend: Backend,
	client: Client,
	sha256: string,
	request: Pick<Request, 'body' | 'headers'>,
	mediaTypes?: readonly EvidenceMediaType[]
): Promise<Result<{ sha256: string }>> {
	const received = await receiveEvidence(request, sha256, mediaTypes);
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

/**
 * Puts the photos and papers of a form as this person's; a file field in which nothing was chosen sends one empty
 * file, which is passed over. @returns their hashes, or the first refusal.
 */
export async function putPapers(
	backend: Backend,
	client: Client,
	files: readonly FormDataEntryValue[],
	mediaTypes: readonly EvidenceMediaType[] = evidenceMediaTypes
): Promise<Result<string[]>> {
	const hashes: string[] = [];
	for (const file of files) {
		if (!(file instanceof File) || file.size === 0) continue;
		const bytes = new Uint8Array(await file.arrayBuffer());
		const sha256 = createHash('sha256').update(bytes).digest('hex');
		const sent = new Response(bytes);
		const put = await putEvidence(backend, client, sha256, sent, mediaTypes);
		if (!put.ok) return put;
		if (!hashes.includes(sha256)) hashes.push(sha256);
	}
	return success(hashes);
}

/** Those of the files that the user may see, in the order asked. */
export async function readFiles(
	client: Client,
	hashes: readonly string[]
): Promise<{ sha256: string; mediaType: string }[]> {
	if (hashes.length === 0) return [];
	const rows = expectValue<{ sha256: string; mediaType: string }[]>(
		await client
			.from('evidence')
			.select('sha256, mediaType:media_type')
			.in('sha256', [...hashes])
	);
	return hashes.flatMap((hash) => rows.find(({ sha256 }) => sha256 === hash) ?? []);
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
