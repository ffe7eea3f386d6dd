import { expectValue, readAnswer } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import type { Result } from '#lib/problem.ts';
import type { Opinion, OpinionDecision, OpinionForm } from './opinion.ts';

/** Of an enterprise that the client may see, those that wait for somebody first. */
export const readOpinions = async (client: Client, enterpriseId: string): Promise<Opinion[]> =>
	expectValue<Opinion[]>(await client.rpc('opinions_of', { p_enterprise: enterpriseId }));

export const recordOpinion = async (
	client: Client,
	enterpriseId: string,
	form: OpinionForm
): Promise<Result<unknown>> =>
	readAnswer(await client.rpc('record_opinion', { p_opinion: { ...form, enterpriseId } }));

export const decideOpinion = async (
	client: Client,
	{ id, ...decision }: OpinionDecision
): Promise<Result<unknown>> =>
	readAnswer(await client.rpc('decide_opinion', { p_id: id, p_decision: decision }));
