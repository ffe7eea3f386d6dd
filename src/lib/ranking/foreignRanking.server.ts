import { expectValue } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import type { ForeignRankingRow } from './foreignRanking.ts';

/** Names of the registers of others that say something of what the client may see. */
export const readForeignRegisters = async (client: Client): Promise<string[]> =>
	expectValue<string[]>(await client.rpc('foreign_registers'));

/** Of all the register's time, most violations first. */
export const rankForeign = async (client: Client, source: string): Promise<ForeignRankingRow[]> =>
	expectValue<ForeignRankingRow[]>(
		await client.rpc('foreign_ranking', { p_source: source, p_from: '1900-01-01', p_to: '9999-12-31' })
	);
