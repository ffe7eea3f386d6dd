import { open, type FileHandle } from 'node:fs/promises';
import { failure, success, type Result } from '#lib/problem.ts';
import {
	checkFile,
	checkPage,
	checkStatement,
	manifestPath,
	missingFiles,
	pagePath,
	sha256,
	signaturePath,
	type Finding,
	type Manifest,
	type Statement
} from './check.js';
import { differenceFromZip, openZip, readAt, type ZipEntry } from './zip.server.ts';

export interface BundleReport {
	/** Null when the manifest cannot be read: then nothing else was checked. */
	manifest: Manifest | null;
	/** Sha-256 of the key that signed the manifest, to be compared with what the agency publishes. */
	fingerprint: string | null;
	findings: Finding[];
}

/** A photo and a paper are far smaller; what is larger was not put there by us. */
const mostFileBytes = 512 * 1024 * 1024;

/**
 * Checks a case bundle without a server and without a data folder. Nothing is unpacked onto the disk.
 * @returns the report, whatever it says; `bundle.invalid` for a file that is no bundle of ours at all.
 */
export async function verifyBundle(path: string): Promise<Result<BundleReport>> {
	const handle = await open(path, 'r');
	try {
		const opened = await openZip(handle);
		return opened.ok ? await checkEntries(handle, opened.value) : opened;
	} finally {
		await handle.close();
	}
}

async function checkEntries(handle: FileHandle, entries: ZipEntry[]): Promise<Result<BundleReport>> {
	const large = entries.find(({ size }) => size > mostFileBytes);
	if (large) return failure('bundle.invalid', { got: `${large.size} B ${large.path}` });
	const byPath = new Map(entries.map((entry) => [entry.path, entry]));
	const read = async (path: string) => {
		const entry = byPath.get(path);
		return entry ? readAt(handle, entry.offset, entry.size) : null;
	};
	const statement = await readStatement(byPath, read);
	if (!statement) return failure('bundle.invalid', { got: manifestPath });
	const { manifest, findings } = await checkStatement(statement);
	if (!manifest) return success({ manifest, fingerprint: null, findings });
	findings.push(...missingFiles(manifest, new Set(byPath.keys())));
	const page = await read(pagePath);
	if (page) findings.push(...(await checkPage(manifest, decode(page), statement)));
	else findings.push({ verdict: 'broken', kind: 'missing', about: pagePath });
	for (const { path } of entries)
		if (![pagePath, manifestPath, signaturePath].includes(path))
			findings.push(await checkFile(manifest, path, (await read(path))!));
	// Told only when every file holds: a changed file makes another container, too.
	if (findings.every(({ verdict }) => verdict !== 'broken')) {
		const at = await differenceFromZip(handle, entries, manifest.stateAt);
		if (at !== null) findings.push({ verdict: 'broken', kind: 'container', about: `byte ${at}` });
	}
	return success({ manifest, fingerprint: await fingerprintIn(manifest, statement), findings });
}

const decode = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

type Read = (path: string) => Promise<Buffer | null>;

/** The manifest, its signature and the texts of records; null when one of the first two is not there. */
async function readStatement(entries: ReadonlyMap<string, ZipEntry>, read: Read): Promise<Statement | null> {
	const [manifest, signature] = [await read(manifestPath), await read(signaturePath)];
	if (!manifest || !signature) return null;
	const records: Record<string, string> = {};
	for (const path of entries.keys())
		if (path.startsWith('records/')) records[path] = decode((await read(path))!);
	return { manifest: decode(manifest), signature: decode(signature), records };
}

async function fingerprintIn(manifest: Manifest, { signature }: Statement): Promise<string | null> {
	const key = manifest.keys.find(({ keyId }) => keyId === keyIdIn(signature));
	return key ? sha256(Buffer.from(key.publicKey, 'base64')) : null;
}

function keyIdIn(signature: string): unknown {
	try {
		return (JSON.parse(signature) as { keyId?: unknown } | null)?.keyId;
	} catch {
		return undefined; // The signature is named as broken already.
	}
}
