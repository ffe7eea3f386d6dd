import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm, writeFile, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Header, x as extractTar } from 'tar';
import { openBackend } from '#lib/backend/backend.server.ts';
import { lockFiles } from '#lib/backend/dataFolder.server.ts';
import { failure, success, type Result } from '#lib/problem.ts';
import { verifyChain, type ChainReport } from '#lib/record/verifyChain.server.ts';
import {
	blockBytes,
	databaseEntry,
	manifestEntry,
	manifestHashEntry,
	manifestSchema,
	paddingOf,
	type BackupManifest
} from './archive.server.ts';

export interface Restored {
	manifest: BackupManifest;
	/** What the restored chain says of itself. A defect in it is told, not hidden by refusing the backup. */
	chain: ChainReport;
}

/** Where an entry lies in the archive. */
interface Entry {
	path: string;
	offset: number;
	size: number;
}

/**
 * Restores an archive into a folder that does not exist or is empty. First every byte is checked against the
 * manifest; then it is unpacked beside its place, opened and its chain walked; only then it is moved there.
 * @returns `backup.invalid` with what differs as `got`, `folder.not_empty`.
 */
export async function restoreArchive(file: string, folder: string): Promise<Result<Restored>> {
	if (existsSync(folder) && (await readdir(folder)).length > 0)
		return failure('folder.not_empty', { got: folder });
	const handle = await open(file, 'r');
	try {
		const checked = await checkArchive(handle);
		if (!checked.ok) return checked;
		const { entries, manifest } = checked.value;
		// Inside the folder itself, which may be a mount of its own: moving up from there is a rename.
		const staging = join(folder, '.restoring');
		await mkdir(staging, { recursive: true, mode: 0o700 });
		try {
			await unpack(handle, entries, staging);
			const chain = await walkChain(staging);
			await moveUp(staging, folder);
			return success({ manifest, chain });
		} finally {
			await rm(staging, { recursive: true, force: true });
		}
	} finally {
		await handle.close();
	}
}

const invalid = (got: string) => failure('backup.invalid', { got });

/** Reads the whole archive once and compares every file with the manifest. */
async function checkArchive(
	handle: FileHandle
): Promise<Result<{ entries: Entry[]; manifest: BackupManifest }>> {
	const listed = await listEntries(handle);
	if (!listed.ok) return listed;
	const byPath = new Map(listed.value.map((entry) => [entry.path, entry]));
	const [manifestAt, hashAt] = [byPath.get(manifestEntry), byPath.get(manifestHashEntry)];
	if (!manifestAt || !hashAt) return invalid(manifestEntry);
	const text = await readAt(handle, manifestAt.offset, manifestAt.size);
	const expected = (await readAt(handle, hashAt.offset, hashAt.size)).toString().trim();
	if (createHash('sha256').update(text).digest('hex') !== expected) return invalid(manifestEntry);
	const manifest = manifestSchema.safeParse(JSON.parse(text.toString()));
	if (!manifest.success) return invalid(manifestEntry);
	const differing: string[] = [];
	for (const { path, size, sha256 } of manifest.data.files) {
		const entry = byPath.get(path);
		if (!entry || entry.size !== size || (await hashAtEntry(handle, entry)) !== sha256) differing.push(path);
	}
	const known = new Set([...manifest.data.files.map(({ path }) => path), manifestEntry, manifestHashEntry]);
	differing.push(...listed.value.map(({ path }) => path).filter((path) => !known.has(path)));
	if (differing.length > 0) return invalid(differing.slice(0, 5).join('、'));
	const files = new Set(manifest.data.files.map(({ path }) => path));
	return success({ entries: listed.value.filter(({ path }) => files.has(path)), manifest: manifest.data });
}

async function listEntries(handle: FileHandle): Promise<Result<Entry[]>> {
	const { size: archiveBytes } = await handle.stat();
	const entries: Entry[] = [];
	let offset = 0;
	while (offset + blockBytes <= archiveBytes) {
		const block = await readAt(handle, offset, blockBytes);
		if (block.every((byte) => byte === 0)) return success(entries);
		const { path, size, cksumValid, type } = new Header(block, 0);
		const isSafe = path && !path.startsWith('/') && !path.split('/').includes('..');
		if (!cksumValid || type !== 'File' || !isSafe || size === undefined) return invalid(`byte ${offset}`);
		const padding = paddingOf(size);
		const rest = await readAt(handle, offset + blockBytes + size, padding);
		if (rest.byteLength < padding || rest.some((byte) => byte !== 0)) return invalid(path);
		entries.push({ path, offset: offset + blockBytes, size });
		offset += blockBytes + size + padding;
	}
	return invalid('…');
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
	const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
	return buffer.subarray(0, bytesRead);
}

const chunkBytes = 1 << 20;

async function* contentOf(handle: FileHandle, { offset, size }: Entry): AsyncGenerator<Buffer> {
	for (let at = 0; at < size; at += chunkBytes)
		yield await readAt(handle, offset + at, Math.min(chunkBytes, size - at));
}

async function hashAtEntry(handle: FileHandle, entry: Entry): Promise<string> {
	const hash = createHash('sha256');
	for await (const chunk of contentOf(handle, entry)) hash.update(chunk);
	return hash.digest('hex');
}

async function unpack(handle: FileHandle, entries: readonly Entry[], folder: string): Promise<void> {
	for (const entry of entries) {
		const path = join(folder, entry.path);
		await mkdir(dirname(path), { recursive: true, mode: 0o700 });
		await writeFile(path, contentOf(handle, entry), { mode: 0o600, flush: true });
	}
	// PGlite's dump has absolute paths, `/PG_VERSION`: the first part of each is empty and goes.
	const dump = join(folder, databaseEntry);
	const database = join(folder, 'database');
	await mkdir(database, { recursive: true });
	await new Promise<void>((resolve, reject) => {
		createReadStream(dump)
			.on('error', reject)
			.pipe(extractTar({ cwd: database, strict: true, strip: 1 }))
			.on('finish', resolve)
			.on('error', reject);
	});
	await rm(dump);
}

async function walkChain(folder: string): Promise<ChainReport> {
	const opened = await openBackend({ dataFolder: folder });
	if (!opened.ok) throw new Error(`${folder}: got ${opened.problem.code}, expected it to open`);
	try {
		return await verifyChain(opened.value);
	} finally {
		await opened.value.close();
	}
}

/** The database last: a folder without one is not taken for a whole one. */
async function moveUp(staging: string, folder: string): Promise<void> {
	for (const name of lockFiles) await rm(join(staging, name), { force: true });
	const names = (await readdir(staging)).sort((a, b) => Number(a === 'database') - Number(b === 'database'));
	for (const name of names) await rename(join(staging, name), join(folder, name));
}
