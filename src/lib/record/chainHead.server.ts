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

const headFormat = 'mingcha.head/2';

/**
 * The ends of both chains, kept outside the database (`head.json` in the data folder) and signed: whoever cuts
 * records or events off the end of the database cannot make this file forget them.
 */
const keptHeadSchema = z.object({
	format: z.literal(headFormat),
	position: z.number().int().nonnegative(),
	link: sha256,
	events: z.object({ position: z.number().int().nonnegative(), hash: sha256 }),
	keyId: z.string(),
	signature: z.string()
});
export interface ChainHead {
	/** 0 for an empty chain. */
	position: number;
	link: string;
}

export interface EventHead {
	position: number;
	hash: string;
}

interface Heads extends ChainHead {
	events: EventHead;
}

const fileOf = ({ folder }: Backend) => join(folder.root, 'head.json');
const signedPart = ({ position, link, events }: Heads) =>
	canonicalText({
		format: headFormat,
		link,
		position,
		events: { position: events.position, hash: events.hash }
	});

/** The heads as the database has them. */
async function readHeads(backend: Backend): Promise<Heads> {
	const service = backend.asService('document worker');
	const [records, events] = await Promise.all([
		service.rpc('read_chain', { p_after: Number.MAX_SAFE_INTEGER, p_limit: 0 }),
		service.rpc('read_event_chain', { p_after: Number.MAX_SAFE_INTEGER, p_limit: 0 })
	]);
	return {
		...expectValue<{ head: ChainHead }>(records).head,
		events: expectValue<{ head: EventHead }>(events).head
	};
}

export type KeptHead = { state: 'none' } | { state: 'forged' } | { state: 'kept'; head: Heads };

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
	const { position, link, events, keyId, signature } = parsed.data;
	const signed = signedPart({ position, link, events });
	const record = { text: signed, sha256: sha256Of(Buffer.from(signed)), keyId, signature };
	return signatureFault(backend.keys, record)
		? { state: 'forged' }
		: { state: 'kept', head: { position, link, events } };
}

function readJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

const noHeads: Heads = {
	position: 0,
	link: '0'.repeat(64),
	events: { position: 0, hash: '0'.repeat(64) }
};

/**
 * Writes down how far the chains reach now. It only ever moves on: a database that has fewer records than were
 * kept has lost some, and what was kept is the proof.
 * @returns `broken` when the database ends before what was kept or says otherwise, or the file is not ours.
 */
export async function keepHead(backend: Backend): Promise<'kept' | 'unchanged' | 'broken'> {
	const heads = await readHeads(backend);
	const kept = readKeptHead(backend);
	if (kept.state === 'forged') return 'broken';
	const last = kept.state === 'kept' ? kept.head : noHeads;
	const moves = [
		moveOf(heads.position - last.position, heads.link === last.link),
		moveOf(heads.events.position - last.events.position, heads.events.hash === last.events.hash)
	];
	if (moves.includes('broken')) return 'broken';
	if (!moves.includes('on')) return 'unchanged';
	writeHeads(backend, heads);
	return 'kept';
}

const moveOf = (steps: number, isSame: boolean): 'on' | 'none' | 'broken' =>
	steps > 0 ? 'on' : steps === 0 && isSame ? 'none' : 'broken';

function writeHeads(backend: Backend, heads: Heads): void {
	const file = { format: headFormat, ...heads, ...signText(backend.keys, signedPart(heads)) };
	writeDurably(fileOf(backend), JSON.stringify(file) + '\n');
}

/**
 * Signs what is kept anew with the current key, after it was rotated. What was kept stays what it was.
 * @returns `forged` for a file that this server did not write: it is left as it is.
 */
export function signHeadAgain(backend: Backend): KeptHead['state'] {
	const kept = readKeptHead(backend);
	if (kept.state === 'kept') writeHeads(backend, kept.head);
	return kept.state;
}
