import type { Draft } from './draft.ts';
import type { DraftStore } from './draftStore.ts';
import { sendVisit } from './sendVisit.ts';
import { noteSealed } from './visit.ts';

/**
 * Sends every signed visit that still waits on this phone, each on its own: one that is refused holds up no
 * other. Stops at the first sign that nothing can be sent at all.
 * @returns how many were sealed now.
 */
export async function sendWaiting(store: DraftStore, send: typeof fetch): Promise<number> {
	let sealed = 0;
	for (const draft of await store.list()) {
		if (!draft.fixed || draft.sealed) continue;
		const outcome = await sendVisit(draft, store, send);
		if (outcome.state === 'offline' || outcome.state === 'signed_out') break;
		if (outcome.state !== 'sealed') continue;
		await store.save(noteSealed(draft, outcome.answer));
		await store.releasePhotos(draft.id);
		sealed += 1;
	}
	return sealed;
}

const dayMilliseconds = 86_400_000;

/** What a person wants to see of what is on the phone: all that is unsent, and what was sealed in the last day. */
export const draftsToShow = (drafts: readonly Draft[], now: number): Draft[] =>
	drafts.filter(({ sealed }) => !sealed || now - Date.parse(sealed.sealedAt) < dayMilliseconds);
