import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { expectValue } from '#lib/backend/answer.ts';
import type { Backend } from '#lib/backend/backend.server.ts';
import { writeDurably } from '#lib/backend/dataFolder.server.ts';
import { sha256Of } from '#lib/backend/evidenceStore.server.ts';
import { canonicalText } from '#lib/canonical.ts';
import { sha256 } from '#lib/inspection/inspection.ts';
import { signatureFault, signText } from './recordSignature.server.ts';

/**
 * The end of the chain, kept outside the database (`head.json` in the data folder) and signed: whoever cuts
 * records off the end of the database cannot make this file forget them.
 */
const keptHeadSchema = z.object({
	format: z.literal('mingcha.head/1'),
	position: z.number().int().positive(),
	link: sha256,
	keyId: z.string(),
	signature: z.string()
});
export interface ChainHead {
	/** 0 for an empty chain. */
	position: number;
	link: string;
}

const fileOf = ({ folder }: Backend) => join(folder.root, 'head.json');
const signedPart = ({ position, link }: ChainHead) =>
	canonicalText({ format: 'mingcha.head/1', link, position });

/** The head as the database has it. */
async function readHead(backend: Backend): Promise<ChainHead> {
	const answer = await backend
		.asService('document worker')
		.rpc('read_chain', { p_after: Number.MAX_SAFE_INTEGER, p_limit: 0 });
	return expectValue<{ head: ChainHead }>(answer).head;
}

export type KeptHead = { state: 'none' } | { state: 'forged' } | { state: 'kept'; head: ChainHead };

/** The head as it was kept; `forged` when the file is not what this server wrote. */
export function readKeptHead(backend: Backend): KeptHead {
	let text: string;
	try {
		text = readFileSync(fileOf(backend), 'utf8');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { state: 'none' };
		throw error;
	}
	const parsed = keptHeadSchema.safeParse(readJson(text));
	if (!parsed.success) return { state: 'forged' };
	const { position, link, keyId, signature } = parsed.data;
	const signed = signedPart({ position, link });
	const record = { text: signed, sha256: sha256Of(Buffer.from(signed)), keyId, signature };
	return signatureFault(backend.keys, record)
		? { state: 'forged' }
		: { state: 'kept', head: { position, link } };
}

function readJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

/**
 * Writes down how far the chain reaches now. It only ever moves on: a database that has fewer records than were
 * kept has lost some, and what was kept is the proof.
 * @returns `broken` when the database ends before what was kept or says otherwise, or the file is not ours.
 */
export async function keepHead(backend: Backend): Promise<'kept' | 'unchanged' | 'broken'> {
	const head = await readHead(backend);
	const kept = readKeptHead(backend);
	if (kept.state === 'forged') return 'broken';
	const last = kept.state === 'kept' ? kept.head : { position: 0, link: head.link };
	if (head.position < last.position) return 'broken';
	if (head.position === last.position) return head.link === last.link ? 'unchanged' : 'broken';
	const text = signedPart(head);
	const file = { format: 'mingcha.head/1', ...head, ...signText(backend.keys, text) };
	writeDurably(fileOf(backend), JSON.stringify(file) + '\n');
	return 'kept';
}
