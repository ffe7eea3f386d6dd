import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { SupabaseClient } from '@supabase/supabase-js';
import { failure, success, type Result } from '#lib/problem.ts';
import type { Database } from './database.types.ts';

export interface StoredEvidence {
	/** Lower-case hex; also its address. */
	sha256: string;
	sizeBytes: number;
}

/**
 * Files of evidence, addressed by their sha-256 and stored unchanged. The store asks nobody's permission:
 * who may read or add a file is decided before, by the rows of `evidence` that the user's token shows.
 */
export interface EvidenceStore {
	/**
	 * Stores the bytes durably; the same bytes again change nothing.
	 * @returns `evidence.hash_mismatch` with `got` and `expected` when the bytes are not those of `sha256`.
	 */
	put(sha256: string, bytes: Uint8Array, mediaType: string): Promise<Result<StoredEvidence>>;
	/** @returns `evidence.not_found`, or the very bytes that were put. */
	get(sha256: string): Promise<Result<Uint8Array<ArrayBuffer>>>;
	/** Those of the given addresses that are stored. */
	has(sha256s: readonly string[]): Promise<Set<string>>;
	/** @returns `evidence.not_found`, or its size. */
	stat(sha256: string): Promise<Result<StoredEvidence>>;
}

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const isAddress = (text: string) => /^[0-9a-f]{64}$/.test(text);
const notFound = (sha256: string) => failure('evidence.not_found', { sha256 });

function checkBytes(sha256: string, bytes: Uint8Array): Result<StoredEvidence> {
	const got = sha256Of(bytes);
	if (got !== sha256) return failure('evidence.hash_mismatch', { got, expected: sha256 });
	return success({ sha256, sizeBytes: bytes.byteLength });
}

/** What was stored must come back unchanged; anything else is a broken disk or a hand in the folder. */
function assertUnchanged(sha256: string, bytes: Uint8Array): void {
	const got = sha256Of(bytes);
	if (got !== sha256) throw new Error(`evidence: got bytes of sha-256 ${got}, expected ${sha256}`);
}

/** The store of the embedded backend: `ab/ab12…` under the folder. */
export function openEvidenceFolder(folder: string): EvidenceStore {
	const pathOf = (sha256: string) => join(folder, sha256.slice(0, 2), sha256);
	const sizeOf = async (sha256: string): Promise<number | null> => {
		if (!isAddress(sha256)) return null;
		try {
			return (await stat(pathOf(sha256))).size;
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
			throw error;
		}
	};
	return {
		async put(sha256, bytes) {
			const checked = checkBytes(sha256, bytes);
			// A name stands only for a whole, synced file (see writeFile), so a file that is there is finished.
			if (checked.ok && (await sizeOf(sha256)) === null) await writeFile(pathOf(sha256), bytes);
			return checked;
		},
		async get(sha256) {
			if ((await sizeOf(sha256)) === null) return notFound(sha256);
			const bytes = await readFile(pathOf(sha256));
			assertUnchanged(sha256, bytes);
			return success(bytes);
		},
		async has(sha256s) {
			const sizes = await Promise.all(sha256s.map(sizeOf));
			return new Set(sha256s.filter((_, index) => sizes[index] !== null));
		},
		async stat(sha256) {
			const sizeBytes = await sizeOf(sha256);
			return sizeBytes === null ? notFound(sha256) : success({ sha256, sizeBytes });
		}
	};
}

/** Temporary file, fsync, rename, fsync of the folder: after a crash there is the whole file or none. */
async function writeFile(path: string, bytes: Uint8Array): Promise<void> {
	const folder = dirname(path);
	if (await mkdir(folder, { recursive: true })) await syncFolder(dirname(folder));
	const temporary = `${path}.${randomUUID()}.tmp`;
	try {
		const file = await open(temporary, 'wx', 0o640);
		try {
			await file.writeFile(bytes);
			await file.sync();
		} finally {
			await file.close();
		}
		await rename(temporary, path);
	} catch (error) {
		await rm(temporary, { force: true });
		throw error;
	}
	await syncFolder(folder);
}

async function syncFolder(folder: string): Promise<void> {
	const handle = await open(folder, 'r');
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}

/** Private buckets: what was photographed, and the PDFs made from records. */
export type Bucket = 'evidence' | 'documents';
/** Storage requests in flight for one `has`: enough to hide latency, few enough for a small server. */
const parallelRequests = 8;

/** The store of the remote backend: a private bucket, reached with the secret key. */
export function openEvidenceBucket(client: SupabaseClient<Database>, bucket: Bucket): EvidenceStore {
	const files = client.storage.from(bucket);
	const statOne = async (sha256: string): Promise<Result<StoredEvidence>> => {
		if (!isAddress(sha256)) return notFound(sha256);
		const { data, error } = await files.info(sha256);
		if (error) return isMissing(error) ? notFound(sha256) : unavailable(error);
		return success({ sha256, sizeBytes: Number(data.size ?? data.metadata?.size) });
	};
	return {
		async put(sha256, bytes, mediaType) {
			const checked = checkBytes(sha256, bytes);
			if (!checked.ok) return checked;
			const { error } = await files.upload(sha256, bytes, { contentType: mediaType, upsert: false });
			if (error && !isDuplicate(error)) return unavailable(error);
			return checked;
		},
		async get(sha256) {
			if (!isAddress(sha256)) return notFound(sha256);
			const { data, error } = await files.download(sha256);
			if (error) return isMissing(error) ? notFound(sha256) : unavailable(error);
			const bytes = new Uint8Array(await data.arrayBuffer());
			assertUnchanged(sha256, bytes);
			return success(bytes);
		},
		async has(sha256s) {
			const found = new Set<string>();
			for (let from = 0; from < sha256s.length; from += parallelRequests) {
				const chunk = sha256s.slice(from, from + parallelRequests);
				for (const one of await Promise.all(chunk.map(statOne))) {
					if (one.ok) found.add(one.value.sha256);
					// "Not there" would make the phone send again; an unreachable store must not say so.
					else if (one.problem.code !== 'evidence.not_found')
						throw new Error(`evidence: got ${one.problem.code}, expected an answer for each file`);
				}
			}
			return found;
		},
		stat: statOne
	};
}

/** Makes the private bucket when it is not there. */
export async function ensureEvidenceBucket(client: SupabaseClient<Database>, bucket: Bucket): Promise<void> {
	const { error } = await client.storage.createBucket(bucket, { public: false });
	if (error && !isDuplicate(error)) throw new Error(`${bucket}: ${error.message}`, { cause: error });
}

interface StorageFailure {
	message: string;
	status?: number;
	statusCode?: string;
}
const statusOf = (error: StorageFailure) => Number(error.statusCode ?? error.status);
const isDuplicate = (error: StorageFailure) => statusOf(error) === 409;
// Hosted storage answers a missing object with HTTP 400 and the status 404 in its body.
const isMissing = (error: StorageFailure) => statusOf(error) === 404 || /not.found/i.test(error.message);
const unavailable = (error: StorageFailure) => failure('backend.unavailable', { message: error.message });
