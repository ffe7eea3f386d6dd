import { expectValue, readAnswer } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import type { Result } from '#lib/problem.ts';
import type { ObjectionAnswer, ObjectionFilter, Objections } from './objection.ts';

/** A page of those that the client may see, what waits for longest first. */
export const readObjections = async (
	client: Client,
	filter: ObjectionFilter,
	page = 1
): Promise<Objections> =>
	expectValue<Objections>(await client.rpc('objection_rows', { p_filter: { ...filter }, p_page: page }));

/** @returns `objection.answered` when somebody was faster; `permission.role` to who is not of the agency. */
export const answerObjection = async (
	client: Client,
	{ id, note }: ObjectionAnswer
): Promise<Result<unknown>> => readAnswer(await client.rpc('answer_objection', { p_id: id, p_note: note }));
