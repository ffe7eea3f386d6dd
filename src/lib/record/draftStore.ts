import { Dexie, type Table } from 'dexie';
import type { Draft } from './draft.ts';
import type { VisitBundle } from './visitBundle.ts';

/** A photo as a Blob under its hash; it belongs to one visit of one person. */
export interface StoredPhoto {
	userId: string;
	visitId: string;
	sha256: string;
	blob: Blob;
	/** When the server acknowledged these very bytes; null: it has not. */
	uploadedAt: string | null;
	/** Why the server will not have it (a 4xx); it is put aside and holds up nothing else. */
	refusedCode: string | null;
}

interface StoredBundle {
	userId: string;
	visitId: string;
	bundle: VisitBundle;
}

/**
 * The phone's own database. Every key begins with the user: two people may share a phone.
 * A later version adds tables or fields and an `upgrade`; it never drops what may not have been sent yet.
 */
class DraftDatabase extends Dexie {
	drafts!: Table<Draft, [string, string]>;
	bundles!: Table<StoredBundle, [string, string]>;
	photos!: Table<StoredPhoto, [string, string, string]>;

	constructor(name: string) {
		super(name);
		this.version(1).stores({
			drafts: '[userId+id], userId, updatedAt',
			bundles: '[userId+visitId]',
			photos: '[userId+visitId+sha256], [userId+visitId]'
		});
	}
}

/** What one person has on this phone. */
export interface DraftStore {
	read(id: string): Promise<{ draft: Draft; bundle: VisitBundle; photos: StoredPhoto[] } | null>;
	/** A visit begins: draft and bundle together, or neither. */
	begin(draft: Draft, bundle: VisitBundle): Promise<void>;
	save(draft: Draft): Promise<void>;
	list(): Promise<Draft[]>;
	savePhoto(visitId: string, sha256: string, blob: Blob): Promise<void>;
	photos(visitId: string): Promise<StoredPhoto[]>;
	noteUpload(
		visitId: string,
		sha256: string,
		outcome: { at: string } | { refusedCode: string }
	): Promise<void>;
	/** The server lost a file it had acknowledged: it is to be sent again. */
	forgetUpload(visitId: string, sha256: string): Promise<void>;
	/** The server has the record and every file of it: the pictures may go, the draft stays as its receipt. */
	releasePhotos(visitId: string): Promise<void>;
	remove(visitId: string): Promise<void>;
	close(): void;
}

export function openDraftStore(userId: string, name = 'mingcha'): DraftStore {
	const database = new DraftDatabase(name);
	const photosOf = (visitId: string) => database.photos.where({ userId, visitId });
	const key = (visitId: string, sha256: string): [string, string, string] => [userId, visitId, sha256];
	return {
		async read(id) {
			const [draft, stored] = await Promise.all([
				database.drafts.get([userId, id]),
				database.bundles.get([userId, id])
			]);
			if (!draft || !stored) return null;
			return { draft, bundle: stored.bundle, photos: await photosOf(id).toArray() };
		},
		async begin(draft, bundle) {
			await database.transaction('rw', database.drafts, database.bundles, async () => {
				await database.bundles.put({ userId, visitId: draft.id, bundle });
				await database.drafts.put(draft);
			});
		},
		async save(draft) {
			await database.drafts.put(draft);
		},
		async list() {
			const drafts = await database.drafts.where({ userId }).toArray();
			return drafts.toSorted((a, b) => b.updatedAt.localeCompare(a.updatedAt));
		},
		async savePhoto(visitId, sha256, blob) {
			if (await database.photos.get(key(visitId, sha256))) return;
			await database.photos.put({ userId, visitId, sha256, blob, uploadedAt: null, refusedCode: null });
		},
		photos: (visitId) => photosOf(visitId).toArray(),
		async noteUpload(visitId, sha256, outcome) {
			await database.photos.update(
				key(visitId, sha256),
				'at' in outcome ? { uploadedAt: outcome.at, refusedCode: null } : outcome
			);
		},
		async forgetUpload(visitId, sha256) {
			await database.photos.update(key(visitId, sha256), { uploadedAt: null });
		},
		async releasePhotos(visitId) {
			await photosOf(visitId).delete();
		},
		async remove(visitId) {
			await database.transaction('rw', database.drafts, database.bundles, database.photos, async () => {
				await photosOf(visitId).delete();
				await database.bundles.delete([userId, visitId]);
				await database.drafts.delete([userId, visitId]);
			});
		},
		close: () => database.close()
	};
}

/** Asks the browser not to throw the storage away when space runs short. @returns whether it promised. */
export async function keepStorage(): Promise<boolean> {
	if (!navigator.storage?.persist) return false;
	return (await navigator.storage.persisted()) || navigator.storage.persist();
}
