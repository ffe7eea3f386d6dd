import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectValue, readAnswer } from '#lib/backend/answer.ts';
import type { Backend } from '#lib/backend/backend.server.ts';
import { packageRoot } from '#lib/backend/packageRoot.server.ts';

/**
 * Installs shipped content when its files are not those of the last time: reading and checking all of it again
 * takes most of a second, which every start would wait for. An install may be repeated; cut short, it is.
 * @param folder of the package, every file under it
 */
export async function installShipped(
	backend: Backend,
	folder: string,
	install: () => Promise<void>
): Promise<void> {
	const client = backend.asService('start-up');
	const digest = digestOf(join(packageRoot(), folder));
	const installed = expectValue<Record<string, string>>(await client.rpc('shipped_content'));
	if (installed[folder] === digest) return;
	await install();
	const noted = readAnswer(await client.rpc('note_shipped_content', { p_folder: folder, p_sha256: digest }));
	if (!noted.ok) throw new Error(`note_shipped_content: got ${noted.problem.code}, expected ok`);
}

function digestOf(folder: string): string {
	const hash = createHash('sha256');
	const names = readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name))
		.sort();
	for (const name of names) hash.update(`${name.slice(folder.length)}\0`).update(readFileSync(name));
	return hash.digest('hex');
}
