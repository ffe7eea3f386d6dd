import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Backend } from '#lib/backend/backend.server.ts';
import { readAnswer } from '#lib/backend/answer.ts';
import { packageRoot } from '#lib/backend/packageRoot.server.ts';
import type { Database } from '#lib/backend/database.types.ts';
import { canonicalText, sha256Hex } from '#lib/canonical.ts';
import { packDocument, parsePack } from '#scoring';
import { installShipped } from './installShipped.server.ts';

type Json = Database['public']['Functions']['install_pack']['Args']['p_document'];

/** Counts wherever no other scheme was declared. */
const defaultPack = 'street-base';

/** Puts the shipped scoring packs into the database, each known by the sha-256 of its canonical text. */
export const installPacks = (backend: Backend): Promise<void> =>
	installShipped(backend, 'scoring/packs', async () => {
		const folder = join(packageRoot(), 'scoring/packs');
		const names = readdirSync(folder)
			.filter((name) => name.endsWith('.yaml'))
			.sort();
		for (const name of names) await installPack(backend, join(folder, name));
	});

async function installPack(backend: Backend, file: string): Promise<void> {
	const outcome = parsePack(readFileSync(file, 'utf8'));
	if (!outcome.ok) throw new Error(`${file}: got ${outcome.problems[0]?.message}, expected a valid pack`);
	const { pack } = outcome;
	const document = packDocument(pack);
	const answer = readAnswer(
		await backend.asService('start-up').rpc('install_pack', {
			p_id: pack.id,
			p_sha256: await sha256Hex(canonicalText(document)),
			p_document: document as unknown as Json,
			p_is_sample: pack.isSample,
			p_default_from: pack.id === defaultPack ? pack.validFrom : (null as unknown as string)
		})
	);
	if (!answer.ok) throw new Error(`install_pack ${pack.id}: got ${answer.problem.code}, expected ok`);
}
