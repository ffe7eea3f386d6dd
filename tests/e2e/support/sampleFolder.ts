import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, readdir, rename, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shanghaiDate } from '#lib/calendar.ts';
import { packageRoot } from '#lib/backend/packageRoot.server.ts';
import { samplePassword } from '#lib/identity/password.ts';
import { fillSampleFolder } from '../../../src/commands/server/fillSampleFolder.ts';

const cache = () => join(packageRoot(), 'node_modules/.cache/mingcha');

/** What the sample street depends on: another one of these gives another folder. */
async function fingerprint(): Promise<string> {
	const hash = createHash('sha256').update(shanghaiDate(new Date()));
	for (const folder of ['supabase', 'src/commands', 'scoring', 'src/lib/record', 'src/lib/assessment']) {
		const entries = await readdir(join(packageRoot(), folder), { recursive: true, withFileTypes: true });
		const files = entries
			.filter((entry) => entry.isFile() && !/\.svelte(\.ts)?$/.test(entry.name))
			.map((entry) => join(entry.parentPath, entry.name));
		for (const file of files.sort()) hash.update(file).update(await readFile(file));
	}
	return hash.digest('hex').slice(0, 16);
}

/** The sample street of today, filled once and kept; tests take copies. */
export async function sampleTemplate(): Promise<string> {
	const folder = join(cache(), `sample-${await fingerprint()}`);
	if (existsSync(folder)) return folder;
	for (const old of existsSync(cache()) ? await readdir(cache()) : [])
		if (old.startsWith('sample-')) await rm(join(cache(), old), { recursive: true, force: true });
	console.log('Filling the sample street for the browser tests (once a day) …');
	const filling = join(cache(), 'filling');
	await rm(filling, { recursive: true, force: true });
	await fillSampleFolder(filling, samplePassword);
	await rename(filling, folder);
	return folder;
}

/** A copy of it in a temporary folder, for one server. */
export async function copySampleFolder(): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'mingcha-e2e-'));
	await cp(await sampleTemplate(), folder, { recursive: true });
	return folder;
}
