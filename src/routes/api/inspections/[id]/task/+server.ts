import { json } from '@sveltejs/kit';
import { publicUrlOf } from '#lib/backend/publicUrl.ts';
import { uuid } from '#lib/inspection/inspection.ts';
import { openTask } from '#lib/plan/task/task.server.ts';
import { taskStatementSchema } from '#lib/plan/task/task.ts';
import { problemAnswer, requireMember } from '../../../../guard.ts';
import { readJson } from '../../../../readJson.ts';
import type { RequestHandler } from './$types';

/** The check is announced before it begins; the answer is what the 任务核验码 carries. */
export const POST: RequestHandler = async (event) => {
	requireMember(event, 'inspector', 'community_worker');
	const body = await readJson(event.request);
	if (!body.ok) return problemAnswer(body.problem);
	const id = uuid.safeParse(event.params.id);
	const statement = taskStatementSchema.safeParse(body.value);
	if (!id.success || !statement.success)
		return problemAnswer({
			code: 'request.invalid',
			path: statement.error?.issues[0]?.path.join('.') ?? 'id'
		});
	const { backend, client } = event.locals;
	const opened = await openTask(backend, client, id.data, statement.data);
	if (!opened.ok) return problemAnswer(opened.problem);
	const { token, ...task } = opened.value;
	return json(
		{ ...task, address: new URL(`/t/${token}`, publicUrlOf(process.env)).href },
		{ headers: { 'cache-control': 'no-store' } }
	);
};
