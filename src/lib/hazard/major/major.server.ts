import { expectValue, readAnswer } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import { failure, success, type Result } from '#lib/problem.ts';
import {
	majorFields,
	majorStepSchema,
	type Major,
	type MajorFilter,
	type MajorRows,
	type MajorStepRequest
} from './major.ts';

/** A page of 重大 hazards that the client may see, those that are open first. */
export const readMajors = async (client: Client, filter: MajorFilter, page = 1): Promise<MajorRows> =>
	expectValue<MajorRows>(await client.rpc('major_rows', { p_filter: { ...filter }, p_page: page }));

/** One with its whole life; null when the client may not see it, or it is none. */
export async function readMajor(client: Client, hazardId: string): Promise<Major | null> {
	const { data, error } = await client.rpc('read_major', { p_hazard: hazardId });
	if (error) throw new Error(`read_major: got ${error.message}, expected a hazard or nothing`);
	return data as Major | null;
}

/** As a form says it → as the database takes it. @returns `request.invalid` with the field. */
export function parseMajorStep(said: unknown): Result<MajorStepRequest> {
	const parsed = majorStepSchema.safeParse(said);
	if (!parsed.success) return failure('request.invalid', {}, parsed.error.issues[0]?.path.join('.'));
	const says = majorFields[parsed.data.act].safeParse(parsed.data.says);
	if (!says.success) return failure('request.invalid', {}, says.error.issues[0]?.path.join('.'));
	return success({ ...parsed.data, says: says.data as Record<string, string> });
}

/**
 * @returns `major.leader`, `major.officer`, `major.same_person` when it is not the client's to take; `major.state` when
 *   it cannot be taken from here, also when somebody was faster; `major.no_plan`, `major.stopped`, `major.not_accepted`
 *   (details.missing: all of them) for a 销号; `major.after_treatment`, `major.day`, `major.scan`.
 */
export async function takeMajorStep(
	client: Client,
	hazardId: string,
	said: unknown
): Promise<Result<{ hazardId: string; number: number }>> {
	const step = parseMajorStep(said);
	if (!step.ok) return step;
	return readAnswer(await client.rpc('take_major_step', { p_hazard: hazardId, p_step: { ...step.value } }));
}
