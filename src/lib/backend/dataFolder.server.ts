import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { failure, success, type Result } from '#lib/problem.ts';

/** A folder holds sample data or real data, never both. It is marked once. */
export type FolderKind = 'demo' | 'live';

export interface DataFolder {
	root: string;
	databaseFolder: string;
	evidenceFolder: string;
	documentsFolder: string;
	keysFolder: string;
	/** Holds nothing that cannot be made again; a backup leaves it out. */
	cacheFolder: string;
	/** `null` until the folder is marked. */
	kind(): FolderKind | null;
	/** Marks the folder; refused with `folder.kind` when it is already marked as the other kind. */
	markKind(kind: FolderKind): Result<FolderKind>;
	/** Gives the folder free. Afterwards another process may open it. */
	release(): void;
}

/** Files that hold the lock. A backup leaves them out: opening and closing `folder.lock` would drop the lock. */
export const lockFiles = ['folder.lock', 'folder.pid'] as const;

/**
 * Opens the data folder for this process alone. PGlite lets two processes open one database without a word,
 * and then acknowledged rows vanish; so the folder is locked by the operating system, through SQLite's
 * exclusive file lock, which dies with the process however it dies.
 * @returns `folder.locked` with `pid` when another opener, in this or another process, holds it.
 */
export function openDataFolder(path: string): Result<DataFolder> {
	const root = resolve(path);
	const databaseFolder = join(root, 'database');
	const evidenceFolder = join(root, 'evidence');
	const documentsFolder = join(root, 'documents');
	const keysFolder = join(root, 'keys');
	mkdirSync(root, { recursive: true });

	const lock = acquireLock(root);
	if (!lock) return failure('folder.locked', { folder: root, pid: readHolder(root) });
	for (const folder of [databaseFolder, evidenceFolder, documentsFolder])
		mkdirSync(folder, { recursive: true });
	mkdirSync(keysFolder, { recursive: true, mode: 0o700 });

	return success({
		root,
		databaseFolder,
		evidenceFolder,
		documentsFolder,
		keysFolder,
		cacheFolder: join(root, 'cache'),
		kind: () => readKind(root),
		markKind(kind) {
			const marked = readKind(root);
			if (marked && marked !== kind) return failure('folder.kind', { folder: root, marked, wanted: kind });
			if (!marked) writeDurably(join(root, 'folder.json'), JSON.stringify({ kind }) + '\n');
			return success(kind);
		},
		release: () => lock.isOpen && lock.close()
	});
}

function acquireLock(root: string): DatabaseSync | null {
	const lock = new DatabaseSync(join(root, 'folder.lock'));
	try {
		lock.exec('pragma locking_mode = exclusive; begin exclusive');
	} catch (error) {
		lock.close();
		// SQLITE_BUSY: somebody else holds the file. Anything else (disk, rights) is not ours to explain away.
		if ((error as { errcode?: number }).errcode === 5) return null;
		throw error;
	}
	writeDurably(join(root, 'folder.pid'), `${process.pid}\n`);
	return lock;
}

function readHolder(root: string): number {
	try {
		return Number(readFileSync(join(root, 'folder.pid'), 'utf8'));
	} catch {
		return 0; // The holder locks first and writes its pid right after.
	}
}

function readKind(root: string): FolderKind | null {
	let text: string;
	try {
		text = readFileSync(join(root, 'folder.json'), 'utf8');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
		throw error;
	}
	const { kind } = JSON.parse(text) as { kind: unknown };
	if (kind !== 'demo' && kind !== 'live')
		throw new Error(`folder.json: got kind ${JSON.stringify(kind)}, expected "demo" or "live"`);
	return kind;
}

/** Writes a whole file or nothing: temporary file, fsync, rename, fsync of the folder. */
export function writeDurably(path: string, text: string, mode = 0o644): void {
	const temporary = `${path}.${randomUUID()}.tmp`;
	const file = openSync(temporary, 'wx', mode);
	try {
		writeSync(file, text);
		fsyncSync(file);
	} finally {
		closeSync(file);
	}
	renameSync(temporary, path);
	const folder = openSync(dirname(path), 'r');
	try {
		fsyncSync(folder);
	} finally {
		closeSync(folder);
	}
}
