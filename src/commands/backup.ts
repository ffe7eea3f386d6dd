/** `npm run -s backup -- FILE`: database, evidence, documents and keys in one file, readable by its owner only. */
import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Backend } from '#lib/backend/backend.server.ts';
import { archiveOf, type BackupManifest } from './archive.server.ts';
import { exitCodes, printProblem, readArguments, terminalTranslate, wrongUsage } from './terminal.ts';
import { withBackend } from './withBackend.server.ts';

const usage = 'usage: backup FILE';
const t = await terminalTranslate(process.env);
const file = readArguments({}, usage, t).positionals[0] ?? wrongUsage('FILE', usage, t);
if (existsSync(file)) {
	printProblem({ code: 'backup.exists' }, t);
	process.exit(exitCodes.refused);
}

process.exitCode = await withBackend(process.env, t, '/admin', run);

async function run(backend: Backend): Promise<number> {
	if (backend.kind === 'remote') {
		printProblem({ code: 'backup.remote' }, t);
		return exitCodes.refused;
	}
	const { manifest, bytes } = await write(archiveOf(backend, new Date()));
	const { position } = manifest.chain;
	const megabytes = (bytes / 1e6).toFixed(1);
	console.log(t('command.backup.done', { file, count: manifest.files.length, megabytes, position }));
	console.log(t('command.backup.secret'));
	return exitCodes.done;
}

/** Under another name until it is whole: a backup that is there is a backup. */
async function write(archive: AsyncGenerator<Uint8Array, BackupManifest>) {
	const unfinished = `${file}.unfinished`;
	let manifest: BackupManifest | undefined;
	let bytes = 0;
	async function* chunks() {
		for (let next = await archive.next(); ; next = await archive.next()) {
			if (next.done) return void (manifest = next.value);
			bytes += next.value.byteLength;
			yield next.value;
		}
	}
	try {
		const options = { mode: 0o600, flush: true };
		await pipeline(Readable.from(chunks()), createWriteStream(unfinished, options));
		await rename(unfinished, file);
	} catch (error) {
		await rm(unfinished, { force: true });
		throw error;
	}
	if (!manifest) throw new Error('backup: got no manifest, expected one at the end of the archive');
	return { manifest, bytes };
}
