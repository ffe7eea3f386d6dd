import { createHash } from 'node:crypto';
import { expectValue, readAnswer } from '#lib/backend/answer.ts';
import type { Backend, Client } from '#lib/backend/backend.server.ts';
import { success, type Result } from '#lib/problem.ts';
import type { OpenedTask, TaskStatement } from '#lib/record/taskCode.ts';
import type { CheckTask, Rating, RatingFilter, RatingRows } from './task.ts';
import { taskToken } from './taskToken.server.ts';

/** The page of a task belongs to whoever was shown its code, so it is asked for with the secret key. */
const ask = (backend: Backend) => backend.asService('qr pages');
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/**
 * The asking inspector announces a check; stated again until the seal, it says the new thing.
 * @param id of the inspection, made by the phone
 * @returns `permission.area` outside one's scope; `inspection.already_sealed` when the check is over and had no code;
 *   `request.invalid` for an id of somebody else's visit or a companion who is none.
 */
export async function openTask(
	{ keys }: Backend,
	client: Client,
	id: string,
	statement: TaskStatement
): Promise<Result<OpenedTask & { token: string }>> {
	const token = taskToken(keys.deliverySecret, id);
	const answer = readAnswer<OpenedTask>(
		await client.rpc('open_check_task', { p_task: { ...statement, id, tokenSha256: hashOf(token) } })
	);
	return answer.ok ? success({ ...answer.value, token }) : answer;
}

/** Changes nothing. @returns `task.unknown`, whatever was wrong with the token. */
export const readTask = async (backend: Backend, token: string): Promise<Result<CheckTask>> =>
	readAnswer(await ask(backend).rpc('read_check_task', { p_token_sha256: hashOf(token) }));

/** Once for each check. @returns `rating.not_checked`, `rating.given`, `rating.over`, `task.unknown`. */
export const rateCheck = async (backend: Backend, token: string, rating: Rating): Promise<Result<unknown>> =>
	readAnswer(
		await ask(backend).rpc('rate_check', { p_token_sha256: hashOf(token), p_rating: { ...rating } })
	);

/** A page of the ratings that the client is in charge of, the latest first, and their figures by month. */
export const readRatings = async (client: Client, filter: RatingFilter, page = 1): Promise<RatingRows> =>
	expectValue<RatingRows>(await client.rpc('rating_rows', { p_filter: { ...filter }, p_page: page }));
