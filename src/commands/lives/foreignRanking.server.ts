import { expectValue } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';

/** A community by what a register of others found there. */
export interface ForeignRankingRow {
	key: string;
	label: string;
	violations: number;
	inspections: number;
	sites: number;
}

/** Of all the register's time, most violations first. */
export const rankForeign = async (client: Client, source: string): Promise<ForeignRankingRow[]> =>
	expectValue<ForeignRankingRow[]>(
		await client.rpc('foreign_ranking', { p_source: source, p_from: '1900-01-01', p_to: '9999-12-31' })
	);
