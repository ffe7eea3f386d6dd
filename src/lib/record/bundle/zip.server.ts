import type { FileHandle } from 'node:fs/promises';
import { Zip, ZipPassThrough } from 'fflate';
import { shanghaiDate } from '#lib/calendar.ts';
import { failure, success, type Result } from '#lib/problem.ts';

export interface BundleEntry {
	path: string;
	bytes: Uint8Array;
}

/** Without the 64-bit extensions a zip cannot say more. */
export const mostBundleBytes = 0xffff_ffff;
const mostEntries = 10_000;

/**
 * The bytes of a zip, made while they are read: entries stored as they are, one in memory at a time. The same entries
 * of the same day give the same bytes everywhere.
 */
export async function* zipOf(
	entries: AsyncIterable<BundleEntry>,
	stateAt: string
): AsyncGenerator<Uint8Array> {
	const chunks: Uint8Array[] = [];
	const zip = new Zip((error, chunk) => {
		if (error) throw error;
		chunks.push(chunk);
	});
	const [year, month, day] = shanghaiDate(stateAt).split('-').map(Number) as [number, number, number];
	for await (const { path, bytes } of entries) {
		const file = new ZipPassThrough(path);
		// A zip tells local time without a zone. Noon is there on every day of every zone.
		file.mtime = new Date(year, month - 1, day, 12);
		zip.add(file);
		file.push(bytes, true);
		yield* chunks.splice(0);
	}
	zip.end();
	yield* chunks;
}

/** Where an entry's bytes lie in the file. */
export interface ZipEntry {
	path: string;
	offset: number;
	size: number;
}

const signatures = { local: 0x04034b50, central: 0x02014b50, end: 0x06054b50 };
const bytesOf = { local: 30, central: 46, end: 22, descriptor: 16 };
/** Sizes follow the bytes, because the maker streams. */
const descriptorFlag = 8;

const invalid = (got: string) => failure('bundle.invalid', { got });

/** Folders and names of a bundle: nothing that leads out of the folder it is unpacked into, on any system. */
const isSafePath = (path: string): boolean =>
	/^[A-Za-z0-9][A-Za-z0-9._/-]{0,199}$/.test(path) &&
	path.split('/').every((part) => part !== '' && !/^\.+$/.test(part));

/**
 * The entries of a bundle's zip, from its directory. Only what `zipOf` writes is taken: nothing is unpacked, so nothing
 * can be larger than the file, and entries follow each other without gap or overlap.
 * @returns `bundle.invalid` with what is wrong as `got`.
 */
export async function openZip(handle: FileHandle): Promise<Result<ZipEntry[]>> {
	const { size: total } = await handle.stat();
	if (total < bytesOf.end || total > mostBundleBytes) return invalid(`${total} B`);
	const end = await readAt(handle, total - bytesOf.end, bytesOf.end);
	const [count, centralBytes, centralAt] = [end.readUInt16LE(10), end.readUInt32LE(12), end.readUInt32LE(16)];
	if (end.readUInt32LE(0) !== signatures.end || end.readUInt16LE(20) !== 0) return invalid('end');
	if (count === 0 || count > mostEntries || centralAt + centralBytes !== total - bytesOf.end)
		return invalid('directory');
	const central = await readAt(handle, centralAt, centralBytes);
	return listEntries(central, count, centralAt);
}

function listEntries(central: Buffer, count: number, centralAt: number): Result<ZipEntry[]> {
	const entries: ZipEntry[] = [];
	const seen = new Set<string>();
	let at = 0;
	let next = 0;
	for (let n = 0; n < count; n++) {
		if (at + bytesOf.central > central.length || central.readUInt32LE(at) !== signatures.central)
			return invalid(`directory ${n + 1}`);
		const path = central.toString(
			'latin1',
			at + bytesOf.central,
			at + bytesOf.central + central.readUInt16LE(at + 28)
		);
		const [packed, size] = [central.readUInt32LE(at + 20), central.readUInt32LE(at + 24)];
		if (!isSafePath(path)) return invalid(`path ${JSON.stringify(path.slice(0, 80))}`);
		if (seen.has(path)) return invalid(`twice ${path}`);
		if (central.readUInt16LE(at + 10) !== 0 || packed !== size) return invalid(`compressed ${path}`);
		if (central.readUInt16LE(at + 8) !== descriptorFlag) return invalid(`flags ${path}`);
		if (central.readUInt16LE(at + 30) !== 0 || central.readUInt16LE(at + 32) !== 0)
			return invalid(`extra ${path}`);
		if (central.readUInt32LE(at + 42) !== next) return invalid(`offset ${path}`);
		seen.add(path);
		entries.push({ path, offset: next + bytesOf.local + path.length, size });
		next += bytesOf.local + path.length + size + bytesOf.descriptor;
		at += bytesOf.central + path.length;
	}
	return at === central.length && next === centralAt ? success(entries) : invalid('directory');
}

export async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
	const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
	if (bytesRead !== length) throw new Error(`zip: got ${bytesRead} bytes at ${position}, expected ${length}`);
	return buffer;
}

/**
 * The first byte at which a file is not what `zipOf` makes of its own entries; null: it is, to the last byte. What is in
 * no entry (names, times, sums, the directory) is watched by this alone.
 */
export async function differenceFromZip(
	handle: FileHandle,
	entries: readonly ZipEntry[],
	stateAt: string
): Promise<number | null> {
	async function* again() {
		for (const { path, offset, size } of entries) yield { path, bytes: await readAt(handle, offset, size) };
	}
	let at = 0;
	for await (const expected of zipOf(again(), stateAt)) {
		const got = await readAt(handle, at, expected.byteLength);
		if (!got.equals(expected)) return at + got.findIndex((byte, index) => byte !== expected[index]);
		at += expected.byteLength;
	}
	return null;
}
