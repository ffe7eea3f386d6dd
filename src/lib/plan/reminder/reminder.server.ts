import { readAnswer } from '#lib/backend/answer.ts';
import type { Backend } from '#lib/backend/backend.server.ts';

export interface Reminded {
	/** Lines made now; said before they are none. */
	reminders: number;
	escalations: number;
}

/**
 * One run of the worker: makes what is due today, so many at a time, until nothing is left. Done twice, or by two at
 * once, it is done once. Who is told of it, and how, is for `plan/notice`.
 */
export async function remind(backend: Backend, signal?: AbortSignal): Promise<Reminded> {
	const made: Reminded = { reminders: 0, escalations: 0 };
	while (!signal?.aborted) {
		const answer = readAnswer<Reminded>(await backend.asService('reminders').rpc('make_reminders'));
		if (!answer.ok) throw new Error(`make_reminders: got ${answer.problem.code}, expected success`);
		made.reminders += answer.value.reminders;
		made.escalations += answer.value.escalations;
		if (answer.value.reminders + answer.value.escalations === 0) break;
	}
	return made;
}
