import { problemStatus, success, type Problem, type Result } from '#lib/problem.ts';
import type { Draft } from './draft.ts';
import type { OpenedTask, TaskCode, TaskStatement } from './taskCode.ts';
import { checklistOf } from './visit.ts';
import type { VisitBundle } from './visitBundle.ts';

/** Nothing of a visit hangs on the code: a network that does not answer by then counts as none. */
const patienceMilliseconds = 10_000;

export function taskStatementOf(draft: Draft, bundle: VisitBundle): TaskStatement {
	return {
		enterpriseId: draft.enterpriseId,
		kind: draft.kind,
		taskSource: draft.taskSource.trim() || null,
		companionId: draft.companionId,
		checklistVersionIds: draft.kind === 'recheck' ? [] : checklistOf(draft, bundle).versionIds
	};
}

/** Whether the server has what this draft says. */
export const isTaskCurrent = (draft: Draft, bundle: VisitBundle): boolean =>
	draft.taskCode?.stated === JSON.stringify(taskStatementOf(draft, bundle));

/**
 * Announces the check, or puts right what was announced.
 * @param send `fetch`, or a stand-in for it
 * @returns `backend.unavailable` without a network: the visit goes on, and it is tried again when the code is asked for.
 */
export async function stateTask(
	draft: Draft,
	bundle: VisitBundle,
	send: typeof fetch
): Promise<Result<TaskCode>> {
	const stated = JSON.stringify(taskStatementOf(draft, bundle));
	const reply = await send(`/api/inspections/${draft.id}/task`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: stated,
		signal: AbortSignal.timeout(patienceMilliseconds)
	}).catch(() => null);
	const body = (await reply?.json().catch(() => null)) as
		(OpenedTask & { address: string }) | { problem?: Problem } | null | undefined;
	if (reply?.ok && body && 'address' in body) return success({ ...body, stated });
	const problem = body && 'problem' in body ? body.problem : undefined;
	return {
		ok: false,
		problem: problem && problem.code in problemStatus ? problem : { code: 'backend.unavailable' }
	};
}
