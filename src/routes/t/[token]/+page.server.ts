import { fail, redirect } from '@sveltejs/kit';
import { enteredText, readForm } from '#lib/identity/credentials.ts';
import { rateCheck, readTask } from '#lib/plan/task/task.server.ts';
import { ratingSchema } from '#lib/plan/task/task.ts';
import { problemStatus, type Problem } from '#lib/problem.ts';
import { refuse } from '../../guard.ts';
import { admit, privateHeaders } from '../../o/access.ts';
import type { Actions, PageServerLoad } from './$types';

/** Whoever is signed in as staff reads the page, and does not rate their own house. */
const isStaff = ({ memberships }: App.Locals): boolean =>
	memberships.some(({ role }) => role !== 'principal');

/** Looking changes nothing. An unknown token is always answered alike, whatever is wrong with it. */
export const load: PageServerLoad = async (event) => {
	event.setHeaders(privateHeaders);
	admit(event);
	const task = await readTask(event.locals.backend, event.params.token);
	if (!task.ok) refuse(task.problem);
	return {
		frame: 'none' as const,
		task: task.value,
		isStaff: isStaff(event.locals),
		isThanked: event.url.searchParams.get('done') === 'rated'
	};
};

const refused = (problem: Problem, entered: Record<string, string> = {}) =>
	fail(problemStatus[problem.code], { problem, entered });

export const actions: Actions = {
	rate: async (event) => {
		admit(event);
		const { backend } = event.locals;
		const { token } = event.params;
		const entered = enteredText(await event.request.formData());
		const task = await readTask(backend, token);
		if (!task.ok) refuse(task.problem);
		if (isStaff(event.locals)) return refused({ code: 'rating.staff' }, entered);
		const rating = readForm(ratingSchema, entered);
		if (!rating.ok) return refused(rating.problem, entered);
		const answer = await rateCheck(backend, token, rating.value);
		if (!answer.ok) return refused(answer.problem, entered);
		redirect(303, `/t/${token}?done=rated#rating`);
	}
};
