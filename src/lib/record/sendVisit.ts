import type { Problem } from '#lib/problem.ts';
import type { Draft } from './draft.ts';
import type { DraftStore, StoredPhoto } from './draftStore.ts';
import type { SealAnswer } from './sealAnswer.ts';

/** How one attempt to send a visit ended. Whatever it was, trying again is safe. */
export type SendOutcome =
	| { state: 'sealed'; answer: Extract<SealAnswer, { state: 'sealed' }> }
	| { state: 'awaiting_cosignature' }
	/** No network, or a server that does not answer: later. */
	| { state: 'offline' }
	/** Signed out meanwhile: sign in again and go on; nothing is deleted. */
	| { state: 'signed_out' }
	/** Some files cannot be taken as they are (their codes stand at the photos); the visit waits. */
	| { state: 'photos_refused'; sha256s: string[] }
	| { state: 'refused'; problem: Problem };

export interface Uploads {
	done: number;
	total: number;
}

type Reply = { status: number; body: unknown } | null;

async function ask(request: () => Promise<Response>): Promise<Reply> {
	try {
		const response = await request();
		return { status: response.status, body: await response.json().catch(() => null) };
	} catch {
		// `fetch` rejects only when there was no answer.
		return null;
	}
}

const problemOf = (reply: NonNullable<Reply>): Problem =>
	(reply.body as { problem?: Problem } | null)?.problem ?? { code: 'backend.unavailable' };

/** What a reply that is no success means for the attempt; null for a refusal that belongs to what was sent. */
function hindrance(reply: Reply): SendOutcome | null {
	if (!reply || reply.status >= 500 || reply.status === 429) return { state: 'offline' };
	return reply.status === 401 ? { state: 'signed_out' } : null;
}

/**
 * Sends a fixed visit: every file on its own, then the offer to the second inspector, then the seal. The server
 * says which files it misses; a file counts as sent only when it acknowledged its hash.
 * @param send `fetch`, or a stand-in for it
 */
export async function sendVisit(
	draft: Draft,
	store: DraftStore,
	send: typeof fetch,
	onUpload: (uploads: Uploads) => void = () => {}
): Promise<SendOutcome> {
	if (!draft.fixed) throw new Error(`send: got ${draft.id} without fixed content, expected it signed`);
	const uploaded = await uploadAll(draft, store, send, onUpload);
	if (uploaded) return uploaded;
	if (draft.companionId) {
		const offered = await post(send, draft, 'offer');
		const stopped = hindrance(offered);
		if (stopped) return stopped;
		// Sealed already, from an attempt whose answer was lost: the seal below repeats that answer.
		if (offered!.status >= 400 && problemOf(offered!).code !== 'inspection.already_sealed') {
			return { state: 'refused', problem: problemOf(offered!) };
		}
	}
	return seal(draft, store, send, onUpload);
}

const post = (send: typeof fetch, draft: Draft, step: 'offer' | 'seal') =>
	ask(() =>
		send(`/api/inspections/${draft.id}/${step}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: draft.fixed!.text
		})
	);

async function seal(
	draft: Draft,
	store: DraftStore,
	send: typeof fetch,
	onUpload: (uploads: Uploads) => void
): Promise<SendOutcome> {
	for (let attempt = 0; attempt < 2; attempt++) {
		const reply = await post(send, draft, 'seal');
		const stopped = hindrance(reply);
		if (stopped) return stopped;
		if (reply!.status >= 400) return { state: 'refused', problem: problemOf(reply!) };
		const answer = reply!.body as SealAnswer;
		if (answer.state === 'sealed') return { state: 'sealed', answer };
		if (answer.state === 'awaiting_cosignature') return { state: 'awaiting_cosignature' };
		for (const sha256 of answer.missing) await store.forgetUpload(draft.id, sha256);
		const uploaded = await uploadAll(draft, store, send, onUpload);
		if (uploaded) return uploaded;
	}
	return { state: 'refused', problem: { code: 'evidence.not_found' } };
}

/** Those of the photos that the fixed content names. */
export const neededPhotos = (draft: Draft, sha256s: readonly string[]): string[] =>
	sha256s.filter((sha256) => draft.fixed?.text.includes(sha256));

async function uploadAll(
	draft: Draft,
	store: DraftStore,
	send: typeof fetch,
	onUpload: (uploads: Uploads) => void
): Promise<SendOutcome | null> {
	const photos = await store.photos(draft.id);
	const named = neededPhotos(
		draft,
		photos.map(({ sha256 }) => sha256)
	);
	const needed = photos.filter(({ sha256 }) => named.includes(sha256));
	let done = needed.filter(({ uploadedAt }) => uploadedAt).length;
	const refused: string[] = [];
	onUpload({ done, total: needed.length });
	for (const photo of needed) {
		if (photo.uploadedAt) continue;
		const outcome = await upload(photo, store, send);
		if (outcome === 'done') onUpload({ done: ++done, total: needed.length });
		else if (outcome === 'refused') refused.push(photo.sha256);
		else return outcome;
	}
	return refused.length > 0 ? { state: 'photos_refused', sha256s: refused } : null;
}

async function upload(
	{ visitId, sha256, blob }: StoredPhoto,
	store: DraftStore,
	send: typeof fetch
): Promise<'done' | 'refused' | SendOutcome> {
	const reply = await ask(() => send(`/api/evidence/${sha256}`, { method: 'PUT', body: blob }));
	const stopped = hindrance(reply);
	if (stopped) return stopped;
	const acknowledged = (reply!.body as { sha256?: string } | null)?.sha256 === sha256;
	if (reply!.status < 400 && acknowledged) {
		await store.noteUpload(visitId, sha256, { at: new Date().toISOString() });
		return 'done';
	}
	await store.noteUpload(visitId, sha256, { refusedCode: problemOf(reply!).code });
	return 'refused';
}
