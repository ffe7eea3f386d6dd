import { readAnswer } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import type { Result } from '#lib/problem.ts';
import type { EnterpriseRanking, EnterpriseRankingFilter } from './enterpriseRanking.ts';

/** Enterprises of one scheme, the worst off first. Refused to who does not oversee. @param page from 1 */
export const readEnterpriseRanking = async (
	client: Client,
	filter: EnterpriseRankingFilter,
	page: number
): Promise<Result<EnterpriseRanking>> =>
	readAnswer(await client.rpc('enterprise_ranking', { p_filter: { ...filter }, p_page: page }));
