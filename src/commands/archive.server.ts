/**
 * One file that holds everything of an embedded folder: a plain tar (what is inside is compressed already), the
 * manifest last, so that an archive that was cut off has none. `tar -tvf` lists it anywhere.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { Header } from 'tar';
import { z } from 'zod';
import type { EmbeddedBackend } from '#lib/backend/backend.server.ts';
import { lockFiles } from '#lib/backend/dataFolder.server.ts';

export const blockBytes = 512;
export const databaseEntry = 'database.tar.gz';
export const manifestEntry = 'manifest.json';
/** sha-256 of the manifest, so that no byte of the archive goes unwatched. */
export const manifestHashEntry = 'manifest.sha256';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
export const manifestSchema = z.object({
	format: z.literal('mingcha.backup/1'),
	createdAt: z.string(),
	kind: z.enum(['demo', 'live']).nullable(),
	/** The end of the record chain in the database as it was dumped. */
	chain: z.object({ position: z.number().int(), link: sha256 }),
	files: z.array(z.object({ path: z.string(), size: z.number().int(), sha256 }))
});
export type BackupManifest = z.infer<typeof manifestSchema>;

/** Not in a backup: the database's own files (its dump is), what can be made again, what belongs to this process. */
const leftOut = new Set<string>(['database', 'cache', ...lockFiles]);

/**
 * The bytes of the archive, made while they are read. The database is dumped first, at one moment; evidence and PDFs
 * are only ever added, so what the dump names is there when the files are read afterwards. The head kept outside
 * the database is read before it: a kept head may lag behind a chain, never run ahead of it.
 * @returns the manifest.
 */
export async function* archiveOf(
	backend: EmbeddedBackend,
	now: Date
): AsyncGenerator<Uint8Array, BackupManifest> {
	const { root } = backend.folder;
	const keptHead = await readOptional(join(root, 'head.json'));
	// Both tasks stand in the database's queue before anything else can come between them.
	const headAsked = backend.sql<BackupManifest['chain']>('select position::int, link from app.record_head');
	const dumped = backend.dumpDatabase();
	const manifest: BackupManifest = {
		format: 'mingcha.backup/1',
		createdAt: now.toISOString(),
		kind: backend.folder.kind(),
		chain: (await headAsked)[0]!,
		files: []
	};
	const add = (path: string, bytes: Uint8Array) => {
		const hash = createHash('sha256').update(bytes).digest('hex');
		manifest.files.push({ path, size: bytes.byteLength, sha256: hash });
		return entry(path, bytes, now);
	};
	yield* add(databaseEntry, new Uint8Array(await dumped));
	if (keptHead) yield* add('head.json', keptHead);
	for (const path of await filesBelow(root)) yield* add(path, await readFile(join(root, path)));
	const text = Buffer.from(JSON.stringify(manifest, null, '\t') + '\n');
	yield* entry(manifestEntry, text, now);
	yield* entry(manifestHashEntry, Buffer.from(createHash('sha256').update(text).digest('hex') + '\n'), now);
	yield Buffer.alloc(2 * blockBytes);
	return manifest;
}

async function readOptional(path: string): Promise<Uint8Array | null> {
	try {
		return await readFile(path);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
		throw error;
	}
}

async function filesBelow(root: string): Promise<string[]> {
	const entries = await readdir(root, { recursive: true, withFileTypes: true });
	return entries
		.filter((each) => each.isFile())
		.map((each) => relative(root, join(each.parentPath, each.name)))
		.filter((path) => !leftOut.has(path.split('/')[0]!) && path !== 'head.json' && !path.endsWith('.tmp'))
		.sort();
}

function* entry(path: string, bytes: Uint8Array, mtime: Date): Generator<Uint8Array> {
	const header = new Header({ path, size: bytes.byteLength, mode: 0o600, mtime, type: 'File' });
	const block = Buffer.alloc(blockBytes);
	if (header.encode(block))
		throw new RangeError(`archive: got path ${path}, expected one that a tar header holds`);
	yield block;
	yield bytes;
	yield Buffer.alloc(paddingOf(bytes.byteLength));
}

export const paddingOf = (size: number): number => (blockBytes - (size % blockBytes)) % blockBytes;
