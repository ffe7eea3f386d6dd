import { expectValue, readAnswer } from '#lib/backend/answer.ts';
import type { Backend, Client } from '#lib/backend/backend.server.ts';
import { attention, type Attention, type AttentionParameters, type SiteRecord } from '#scoring';

/**
 * Scores every site of the streets that are behind the day, or of the streets in which some enterprises lie, and stores them, a
 * street at a time.
 * @param stop begins no further street once aborted; what is left is behind the day and found again
 * @returns how many sites.
 */
export async function scoreAttention(
	backend: Backend,
	parameters: AttentionParameters,
	{ around = null, stop }: { around?: readonly string[] | null; stop?: AbortSignal } = {}
): Promise<number> {
	const client = backend.asService('assessor');
	const streets = expectValue<string[]>(
		await client.rpc('streets_for_attention', { p_enterprises: around as never })
	);
	let scored = 0;
	for (const street of streets) {
		if (stop?.aborted) break;
		scored += await scoreStreet(client, parameters, street);
	}
	return scored;
}

async function scoreStreet(client: Client, parameters: AttentionParameters, street: string): Promise<number> {
	const { today, sites } = expectValue<{ today: string; sites: SiteRecord[] }>(
		await client.rpc('sites_for_attention', { p_street: street, p_months: parameters.months })
	);
	const scores = [...attention(parameters, sites)].map(([id, { score, ...reasons }]) => ({
		id,
		score,
		reasons
	}));
	const stored = readAnswer(
		await client.rpc('store_attention', {
			p_street: street,
			p_as_of: today,
			p_version: parameters.version,
			p_scores: scores as never
		})
	);
	if (!stored.ok) throw new Error(`store_attention: got ${stored.problem.code}, expected ok`);
	return scores.length;
}

/** 动态风险分 of one site, for staff; null: not scored yet, or nothing for who asks. */
export async function readAttention(client: Client, enterpriseId: string): Promise<Attention | null> {
	const row = expectValue<{ score: number | null; reasons: Omit<Attention, 'score'> } | null>(
		(await client
			.from('attention_scores')
			.select('score, reasons')
			.eq('enterprise_id', enterpriseId)
			.maybeSingle()) as never
	);
	return row && { ...row.reasons, score: row.score };
}
