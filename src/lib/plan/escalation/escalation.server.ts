import { expectValue, readAnswer } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import type { Result } from '#lib/problem.ts';
import type { EscalationDecision, EscalationFilter, Escalations } from './escalation.ts';

/** A page of the steps that the client may see, what waits and is longest over first. */
export const readEscalations = async (
	client: Client,
	filter: EscalationFilter,
	page = 1
): Promise<Escalations> =>
	expectValue<Escalations>(await client.rpc('escalation_rows', { p_filter: { ...filter }, p_page: page }));

/** @returns `escalation.state` when somebody has taken it or it has ended; `permission.role`. */
export const decideEscalation = async (
	client: Client,
	{ id, ...decision }: EscalationDecision
): Promise<Result<unknown>> =>
	readAnswer(await client.rpc('decide_escalation', { p_id: id, p_decision: { ...decision } }));
