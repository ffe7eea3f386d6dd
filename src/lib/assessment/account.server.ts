import { expectValue, readAnswer } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import type { Result } from '#lib/problem.ts';
import type { AccountContent } from './account.ts';

/** The facts of one enterprise and where they are written; null when the client may not see it. */
export const readAccount = async (client: Client, enterpriseId: string): Promise<AccountContent | null> =>
	expectValue<AccountContent | null>(await client.rpc('enterprise_account', { p_enterprise: enterpriseId }));

export interface Decision {
	factId: string;
	clause: string;
	decision: 'confirmed' | 'reversed';
	reason: string;
}

/** A leader decides on an entry; the database says who may. The account follows once it is assessed again. */
export const decideEntry = async (client: Client, decision: Decision): Promise<Result<unknown>> =>
	readAnswer(
		await client.rpc('decide_entry', {
			p_fact: decision.factId,
			p_clause: decision.clause,
			p_decision: decision.decision,
			p_reason: decision.reason
		})
	);
