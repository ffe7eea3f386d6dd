import { expectValue, readAnswer } from '#lib/backend/answer.ts';
import type { Backend, Client } from '#lib/backend/backend.server.ts';
import type { Result } from '#lib/problem.ts';
import type { AccountContent } from './accountContent.ts';
import { assessEnterprises } from './assessment.server.ts';
import { reasonKeys, type Appeal, type BandDecision, type Decision, type Reasons } from './review.ts';

/** The facts of one enterprise and where they are written; null when the client may not see it. */
export const readAccount = async (client: Client, enterpriseId: string): Promise<AccountContent | null> =>
	expectValue<AccountContent | null>(await client.rpc('enterprise_account', { p_enterprise: enterpriseId }));

/** What came of a reviewer's word: `approved` waits for `missing` more people. */
export interface Reviewed {
	state: 'approved' | 'decided';
	missing: number;
}

const reasonsOf = (given: Reasons): Reasons =>
	Object.fromEntries(reasonKeys.map((key) => [key, given[key]])) as Reasons;

/** A reviewer decides on an entry; the database says who may, and how many it takes. */
export const decideEntry = async (client: Client, decision: Decision): Promise<Result<Reviewed>> =>
	readAnswer(
		await client.rpc('decide_entry', {
			p_fact: decision.factId,
			p_clause: decision.clause,
			p_decision: decision.decision,
			p_reasons: reasonsOf(decision) as never,
			...(decision.points !== undefined && { p_points: decision.points })
		})
	);

/** A reviewer confirms the band that the points have reached. */
export const confirmBand = async (
	client: Client,
	enterpriseId: string,
	decision: BandDecision
): Promise<Result<Reviewed>> =>
	readAnswer(
		await client.rpc('confirm_band', {
			p_enterprise: enterpriseId,
			p_band: decision.band,
			p_reasons: reasonsOf(decision) as never
		})
	);

/** Makes a decision known to the enterprise; its time to state its case begins. */
export const publishDecision = async (client: Client, decisionId: string): Promise<Result<unknown>> =>
	readAnswer(await client.rpc('publish_decision', { p_decision: decisionId }));

/** The enterprise states its case (陈述申辩) on an entry. @param evidence hashes of files that the same person has put */
export const appealEntry = async (
	client: Client,
	{ factId, statement }: Appeal,
	evidence: readonly string[]
): Promise<Result<unknown>> =>
	readAnswer(
		await client.rpc('appeal_entry', { p_fact: factId, p_statement: statement, p_evidence: [...evidence] })
	);

/**
 * Lets a person act on an account as it is now: one that is behind its facts is assessed and the act tried again.
 * Whatever was done, the account is up with it when this returns.
 */
export async function actOnAccount<Value>(
	backend: Backend,
	enterpriseId: string,
	act: () => Promise<Result<Value>>
): Promise<Result<Value>> {
	let result = await act();
	if (!result.ok && result.problem.code === 'decision.behind') {
		await assessEnterprises(backend, [enterpriseId]);
		result = await act();
	}
	if (result.ok) await assessEnterprises(backend, [enterpriseId]);
	return result;
}
