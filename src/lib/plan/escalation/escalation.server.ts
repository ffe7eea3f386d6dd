import { expectValue, readAnswer } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import { uuid } from '#lib/inspection/inspection.ts';
import type { Result } from '#lib/problem.ts';
import type { EscalationFilter, EscalationPage, Escalations } from './escalation.ts';

/** A page of the steps that the client may see, what waits and is longest over first. */
export const readEscalations = async (
	client: Client,
	filter: EscalationFilter,
	page = 1
): Promise<Escalations> =>
	expectValue<Escalations>(await client.rpc('escalation_rows', { p_filter: { ...filter }, p_page: page }));

/** Null: there is none, or none for this client. A step is taken by its paper (`issueAct`). */
export const readEscalation = async (client: Client, id: string): Promise<EscalationPage | null> =>
	uuid.safeParse(id).success
		? expectValue<EscalationPage | null>(await client.rpc('read_escalation', { p_id: id }))
		: null;

/** @returns `escalation.state` when somebody has taken it or it has ended; `permission.role`. */
export const dropEscalation = async (client: Client, id: string, note: string): Promise<Result<unknown>> =>
	readAnswer(await client.rpc('drop_escalation', { p_id: id, p_note: note }));
