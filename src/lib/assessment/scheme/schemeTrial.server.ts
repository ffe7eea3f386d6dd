import { randomUUID } from 'node:crypto';
import { readAnswer } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import { log } from '#lib/backend/log.server.ts';
import type { Problem } from '#lib/problem.ts';
import type { Pack } from '#scoring';
import type { Declaration, PackVersion } from './schemes.ts';
import { readPack } from './schemes.server.ts';
import { emptyTrial, tryRows, type Trial, type TrialRow } from './schemeTrial.ts';

/** A dry run: under way, or over with what it found. It lives in this process and is its starter's alone. */
export interface TrialRun {
	id: string;
	userId: string;
	declaration: Declaration;
	version: PackVersion;
	state: 'running' | 'done' | 'stopped' | 'failed';
	problem: Problem | null;
	trial: Trial;
	startedAt: number;
}

/** Accounts read at once: a fraction of a second, after which others get their turn and a stop is heard. */
const chunkSize = 200;
/** A result that nobody confirmed within an hour is tried again: facts have moved on. */
const keptMilliseconds = 3_600_000;
const runsPerPerson = 3;

const runs = new Map<string, TrialRun>();

/**
 * Begins to replay all facts of the place under the version, with the client's own rights.
 * @returns the run at once; it goes on by itself
 */
export function startTrial(
	client: Client,
	userId: string,
	version: PackVersion,
	declaration: Declaration
): TrialRun {
	forgetOld(userId);
	const run: TrialRun = {
		id: randomUUID(),
		userId,
		declaration,
		version,
		state: 'running',
		problem: null,
		trial: emptyTrial(),
		startedAt: Date.now()
	};
	runs.set(run.id, run);
	void replay(client, run).catch((error: unknown) => {
		log.error({ err: error, pack: version.id }, 'dry run failed');
		run.state = 'failed';
		run.problem = { code: 'backend.unavailable' };
	});
	return run;
}

/** A run of this person; null when there is none, or none any more. */
export function readTrial(userId: string, id: string): TrialRun | null {
	const run = runs.get(id);
	return run && run.userId === userId && isKept(run) ? run : null;
}

export function stopTrial(userId: string, id: string): void {
	const run = readTrial(userId, id);
	if (run?.state === 'running') run.state = 'stopped';
}

const isKept = ({ startedAt }: TrialRun): boolean => Date.now() - startedAt < keptMilliseconds;

/** Whatever is over its time goes, and of this person's the oldest, so that a new one has room. */
function forgetOld(userId: string): void {
	for (const run of runs.values()) if (!isKept(run)) forget(run);
	const own = [...runs.values()].filter((run) => run.userId === userId);
	for (const run of own.slice(0, Math.max(0, own.length - runsPerPerson + 1))) forget(run);
}

function forget(run: TrialRun): void {
	if (run.state === 'running') run.state = 'stopped';
	runs.delete(run.id);
}

interface Chunk {
	/** Only with the first chunk. */
	total: number | null;
	/** null: nothing is left. */
	last: string | null;
	passed: number;
	rows: TrialRow[];
}

async function replay(client: Client, run: TrialRun): Promise<void> {
	const { trial, declaration } = run;
	const after = await readPack(client, run.version.sha256);
	const packs = new Map<string, Pack>();
	for (let last: string | null = null; run.state === 'running';) {
		const chunk = await readChunk(client, declaration, after.subject, last);
		if (!chunk.ok) {
			run.state = 'failed';
			run.problem = chunk.problem;
			return;
		}
		const { total, passed, rows } = chunk.value;
		trial.total = total ?? trial.total;
		await addPacks(client, packs, rows);
		tryRows(trial, packs, after, rows, declaration.from);
		trial.passed += passed;
		trial.done += passed + rows.length;
		last = chunk.value.last;
		if (last === null) run.state = 'done';
	}
}

const readChunk = async (
	client: Client,
	{ scope, siteType, from }: Declaration,
	subject: Pack['subject'],
	last: string | null
) =>
	readAnswer<Chunk>(
		await client.rpc('facts_for_trial', {
			p_scope: scope,
			p_site_type: siteType as string,
			p_on: from,
			p_subject: subject,
			p_after: last as string,
			p_limit: chunkSize
		})
	);

async function addPacks(client: Client, packs: Map<string, Pack>, rows: readonly TrialRow[]): Promise<void> {
	for (const { packSha256 } of rows)
		if (packSha256 !== null && !packs.has(packSha256))
			packs.set(packSha256, await readPack(client, packSha256));
}
