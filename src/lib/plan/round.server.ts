import { expectValue } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import type { RoundTask } from './round.ts';

/** 「今日任务」 of what the asking person may see, the most urgent first; at most 200. */
export const readRound = async (client: Client, limit = 40): Promise<RoundTask[]> =>
	expectValue<RoundTask[]>(await client.rpc('round', { p_limit: limit }));

/** The enterprise with this 统一社会信用代码, for who scans a licence or types it. */
export async function findByCreditCode(client: Client, code: string): Promise<string | null> {
	const row = expectValue<{ id: string } | null>(
		await client.from('enterprises').select('id').eq('credit_code', code).maybeSingle()
	);
	return row?.id ?? null;
}
