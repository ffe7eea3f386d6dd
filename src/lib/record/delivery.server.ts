import { timingSafeEqual } from 'node:crypto';
import { readAnswer } from '#lib/backend/answer.ts';
import type { Backend } from '#lib/backend/backend.server.ts';
import { codeSha256, tokenSha256, unlockProof } from '#lib/document/deliveryTokens.server.ts';
import { completeTemplate } from '#lib/document/printedAgency.ts';
import { extensionRequestSchema, type ExtensionRequest } from '#lib/hazard/extension/extension.ts';
import { receiveEvidence, type ReceivedEvidence } from '#lib/inspection/receiveEvidence.server.ts';
import { fileTypeFromBuffer } from 'file-type';
import { failure, success, type Result } from '#lib/problem.ts';
import {
	maskDelivery,
	photosOf,
	rectificationSchema,
	type DeliveredDocument,
	type Delivery
} from './delivery.ts';
import { correctionInWords as inWords } from './correction/corrections.server.ts';

/**
 * The enterprise's page belongs to whoever holds its token, so it is asked for with the secret key; each function
 * of the database takes the token's hash and checks it itself.
 */
const ask = (backend: Backend) => backend.asService('qr pages');

/** A delivery as this visitor may read it. */
export interface OpenedDelivery {
	delivery: Delivery;
	/** From paper and without the 领取码: names are masked, pictures and papers stay shut, nothing can be sent. */
	isLocked: boolean;
}

/** Changes nothing. @returns `delivery.unknown`, also for a code that was revoked; `delivery.expired`. */
export async function readDelivery(
	backend: Backend,
	token: string,
	proof?: string
): Promise<Result<OpenedDelivery>> {
	const answer = readAnswer<DeliveryRow>(
		await ask(backend).rpc('read_delivery', { p_token_sha256: tokenSha256(token) })
	);
	if (!answer.ok) return answer;
	const delivery: Delivery = {
		...answer.value,
		documents: answer.value.documents.map(withRemedy),
		corrections: answer.value.corrections.map(inWords)
	};
	const isLocked = delivery.means === 'paper' && !isProof(backend, delivery, proof);
	return success({ delivery: isLocked ? maskDelivery(delivery) : delivery, isLocked });
}

/** As the database gives it: the sealed texts, of which a page is told only what differs. */
type DeliveryRow = Omit<Delivery, 'corrections'> & {
	corrections: { number: number; at: string; reason: string; text: string; supersededText: string }[];
};

/** The clause as the order prints it: what the agency did not set comes from the sample. */
const withRemedy = (document: DeliveredDocument): DeliveredDocument => ({
	...document,
	remedy: document.remedy && completeTemplate({ remedy: document.remedy }).remedy
});

const proofOf = ({ keys }: Backend, { deliveryId, serial }: Pick<Delivery, 'deliveryId' | 'serial'>) =>
	unlockProof(keys.deliverySecret, deliveryId, serial);

function isProof(
	backend: Backend,
	delivery: Pick<Delivery, 'deliveryId' | 'serial'>,
	proof: string | undefined
): boolean {
	const expected = Buffer.from(proofOf(backend, delivery));
	const got = Buffer.from(proof ?? '');
	return got.length === expected.length && timingSafeEqual(got, expected);
}

/**
 * @returns the proof to keep; `delivery.code_wrong`; after five wrong ones within an hour `delivery.code_locked`
 *   (details.minutes until the next try).
 */
export async function unlockDelivery(
	backend: Backend,
	token: string,
	code: string
): Promise<Result<{ proof: string }>> {
	const read = await readDelivery(backend, token);
	if (!read.ok) return read;
	const { delivery } = read.value;
	const answer = readAnswer(
		await ask(backend).rpc('unlock_delivery', {
			p_token_sha256: tokenSha256(token),
			p_code_sha256: codeSha256(backend.keys.deliverySecret, delivery.deliveryId, code)
		})
	);
	return answer.ok ? success({ proof: proofOf(backend, delivery) }) : answer;
}

/** Somebody looks at the page: said by a POST of the page itself, because previews fetch links. */
export const noteOpened = async (backend: Backend, token: string, means: string): Promise<Result<unknown>> =>
	readAnswer(
		await ask(backend).rpc('note_delivery_opened', { p_token_sha256: tokenSha256(token), p_means: means })
	);

/** The delivery for somebody who wants to do something with it: a locked one lets nobody. */
export async function unlocked(backend: Backend, token: string, proof?: string): Promise<Result<Delivery>> {
	const read = await readDelivery(backend, token, proof);
	if (!read.ok) return read;
	return read.value.isLocked ? failure('delivery.code_wrong') : success(read.value.delivery);
}

/** 「我已收到」: receipt, no agreement. Said again, the first one stands. */
export async function receiveDelivery(
	backend: Backend,
	token: string,
	{ name, proof }: { name: string; proof?: string }
): Promise<Result<{ receivedAt: string; receivedBy: string }>> {
	const opened = await unlocked(backend, token, proof);
	if (!opened.ok) return opened;
	return readAnswer(
		await ask(backend).rpc('receive_delivery', {
			p_token_sha256: tokenSha256(token),
			p_name: name,
			p_means: opened.value.means
		})
	);
}

/** 「我有异议」. @returns `request.invalid` at `note` when it says nothing. */
export async function objectToDelivery(
	backend: Backend,
	token: string,
	{ name, note, proof }: { name: string; note: string; proof?: string }
): Promise<Result<unknown>> {
	const opened = await unlocked(backend, token, proof);
	if (!opened.ok) return opened;
	return readAnswer(
		await ask(backend).rpc('object_to_delivery', {
			p_token_sha256: tokenSha256(token),
			p_name: name,
			p_note: note
		})
	);
}

/** One photo of a rectification, before the rectification itself. */
export async function putDeliveryEvidence(
	backend: Backend,
	token: string,
	sha256: string,
	{ request, proof }: { request: Pick<Request, 'body' | 'headers'>; proof?: string }
): Promise<Result<{ sha256: string }>> {
	const opened = await unlocked(backend, token, proof);
	if (!opened.ok) return opened;
	const received = await receiveEvidence(request, sha256);
	if (!received.ok) return received;
	const { bytes, mediaType } = received.value;
	const stored = await backend.evidence.put(sha256, bytes, mediaType);
	if (!stored.ok) return stored;
	const registered = readAnswer(
		await ask(backend).rpc('register_delivery_evidence', {
			p_token_sha256: tokenSha256(token),
			p_sha256: sha256,
			p_bytes: bytes.byteLength,
			p_media_type: mediaType
		})
	);
	return registered.ok ? success({ sha256 }) : registered;
}

/** A photo that this page shows. @returns `evidence.not_found` for any other, also when it exists elsewhere. */
export async function deliveryPhoto(
	backend: Backend,
	token: string,
	sha256: string,
	proof?: string
): Promise<Result<ReceivedEvidence>> {
	const read = await readDelivery(backend, token, proof);
	if (!read.ok) return read;
	if (!photosOf(read.value.delivery).has(sha256)) return failure('evidence.not_found', { sha256 });
	const found = await backend.evidence.get(sha256);
	if (!found.ok) return found;
	const type = await fileTypeFromBuffer(found.value);
	return success({ bytes: found.value, mediaType: type?.mime as ReceivedEvidence['mediaType'] });
}

/**
 * 「提交整改照片」: what was done about one hazard, with at least one photo that was put before.
 * @returns `rectification.empty` without text or photo; `hazard.state` when it was closed meanwhile; `not_found`
 *   for a hazard of another delivery; `evidence.not_found` for a photo that came another way.
 */
export async function submitRectification(
	backend: Backend,
	token: string,
	{ proof, ...body }: { id: string; hazardId: string; note: string; photos: string[]; proof?: string }
): Promise<Result<{ state: string }>> {
	const opened = await unlocked(backend, token, proof);
	if (!opened.ok) return opened;
	if (body.note.trim() === '' || body.photos.length === 0) return failure('rectification.empty');
	const parsed = rectificationSchema.safeParse(body);
	if (!parsed.success) return failure('request.invalid', {}, parsed.error.issues[0]?.path.join('.'));
	const photos = [...new Set(parsed.data.photos)];
	return readAnswer(
		await ask(backend).rpc('submit_rectification', {
			p_token_sha256: tokenSha256(token),
			p_rectification: { ...parsed.data, photos }
		})
	);
}

/**
 * 「申请延期」 for hazards of this page.
 * @returns `extension.late` after the deadline; `extension.pending` while one waits for its answer; `extension.day` for a
 *   day that puts nothing off; `hazard.state` for what does not wait for work; `not_found`, `evidence.not_found` as for a
 *   rectification.
 */
export async function requestExtension(
	backend: Backend,
	token: string,
	{ proof, ...body }: ExtensionRequest & { proof?: string }
): Promise<Result<unknown>> {
	const opened = await unlocked(backend, token, proof);
	if (!opened.ok) return opened;
	const parsed = extensionRequestSchema.safeParse(body);
	if (!parsed.success) return failure('request.invalid', {}, parsed.error.issues[0]?.path.join('.'));
	return readAnswer(
		await ask(backend).rpc('request_extension', {
			p_token_sha256: tokenSha256(token),
			p_request: { ...parsed.data, photos: [...new Set(parsed.data.photos)] }
		})
	);
}
