import { expectValue, readAnswer } from '#lib/backend/answer.ts';
import type { Backend, Client } from '#lib/backend/backend.server.ts';
import { log } from '#lib/backend/log.server.ts';
import { loadPack, type Pack } from '#scoring';
import { accountRow, type AccountRow, type AssessmentInput } from './assess.ts';

/** Accounts in one transaction: one round trip for many, short enough that a seal never waits long behind it. */
const batchSize = 200;

export interface AssessOptions {
	/** No events: for loading a history, which no open map has to follow. */
	quiet?: boolean;
}

/**
 * Derives the accounts of these enterprises from all their facts and stores them.
 * @returns ids that could not be assessed; why stands in the log. One of them never keeps the others waiting.
 */
export async function assessEnterprises(
	backend: Backend,
	ids: readonly string[],
	{ quiet = false }: AssessOptions = {}
): Promise<string[]> {
	const client = backend.asService('assessor');
	const failed: string[] = [];
	for (let from = 0; from < ids.length; from += batchSize) {
		const batch = ids.slice(from, from + batchSize);
		const inputs = expectValue<AssessmentInput[]>(
			await client.rpc('facts_for_assessment', { p_enterprises: batch })
		);
		const packs = await packsFor(client, inputs);
		const accounts = inputs.flatMap((input) => derive(packs, input, failed));
		const stored = readAnswer(
			await client.rpc('store_assessments', { p_accounts: accounts as never, p_quiet: quiet })
		);
		if (!stored.ok) throw new Error(`store_assessments: got ${stored.problem.code}, expected ok`);
	}
	return failed;
}

/** Assesses everything that is behind its facts, the day or the declared scheme. @returns how many accounts. */
export async function assessBehind(
	backend: Backend,
	options: AssessOptions & { progress?: (done: number) => void } = {}
): Promise<number> {
	const failed = new Set<string>();
	for (let done = 0; ;) {
		const ids = expectValue<string[]>(
			await backend.asService('assessor').rpc('enterprises_to_assess', { p_limit: batchSize + failed.size })
		).filter((id) => !failed.has(id));
		if (ids.length === 0) return done;
		for (const id of await assessEnterprises(backend, ids, options)) failed.add(id);
		done += ids.length;
		options.progress?.(done);
	}
}

function derive(packs: ReadonlyMap<string, Pack>, input: AssessmentInput, failed: string[]): AccountRow[] {
	const { enterpriseId, packSha256 } = input;
	// No scheme declared there: 未评估, nothing to store.
	if (packSha256 === null) return [];
	try {
		return [accountRow(packs.get(packSha256)!, input)];
	} catch (error) {
		failed.push(enterpriseId);
		log.error({ enterpriseId, pack: input.packId, err: error }, 'assessor: account not derived');
		return [];
	}
}

/** Packs never change under their hash, so each is read and compiled once. */
const compiled = new Map<string, Pack>();

async function packsFor(
	client: Client,
	inputs: readonly AssessmentInput[]
): Promise<ReadonlyMap<string, Pack>> {
	const missing = new Set(
		inputs.flatMap(({ packSha256 }) => (packSha256 !== null && !compiled.has(packSha256) ? [packSha256] : []))
	);
	if (missing.size === 0) return compiled;
	const rows = expectValue<{ id: string; sha256: string; document: unknown }[]>(
		await client.rpc('read_packs')
	);
	// Only what counts: a stored pack that nobody declared cannot keep the others from being assessed.
	for (const { id, sha256, document } of rows.filter((row) => missing.has(row.sha256))) {
		const outcome = loadPack(document);
		if (!outcome.ok)
			throw new Error(`pack ${id}: got ${outcome.problems[0]?.message}, expected a valid pack`);
		compiled.set(sha256, outcome.pack);
	}
	return compiled;
}
