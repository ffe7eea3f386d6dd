import { strToU8, zipSync } from 'fflate';
import type { Draft } from './draft.ts';
import type { DraftStore } from './draftStore.ts';

/**
 * Everything of unsent drafts in one zip: for when a phone must be given away before there is a network. The
 * pictures stand in it under their hashes.
 */
export async function exportDrafts(store: DraftStore, drafts: readonly Draft[]): Promise<Blob> {
	const files: Record<string, Uint8Array> = {};
	for (const { id } of drafts) {
		const kept = await store.read(id);
		if (!kept) continue;
		files[`${id}/draft.json`] = strToU8(JSON.stringify(kept.draft, null, '\t'));
		files[`${id}/bundle.json`] = strToU8(JSON.stringify(kept.bundle));
		for (const { sha256, blob } of kept.photos) {
			files[`${id}/${sha256}.jpg`] = new Uint8Array(await blob.arrayBuffer());
		}
	}
	// Photos are compressed already.
	return new Blob([zipSync(files, { level: 0 }) as Uint8Array<ArrayBuffer>], { type: 'application/zip' });
}

/** Hands a file to the person, as a download. */
export function saveFile(blob: Blob, name: string): void {
	const url = URL.createObjectURL(blob);
	const link = document.createElement('a');
	link.href = url;
	link.download = name;
	link.click();
	// The browser reads the Blob after the click returns.
	setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
