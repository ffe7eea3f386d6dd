import { fail, redirect } from '@sveltejs/kit';
import { pageFrom } from '#lib/hazard/hazardRows.ts';
import { enteredText, readForm } from '#lib/identity/credentials.ts';
import { eventReader } from '#lib/live/eventReader.server.ts';
import { problemStatus } from '#lib/problem.ts';
import { answerObjection, readObjections } from '#lib/record/objection/objection.server.ts';
import { objectionAnswerSchema, objectionFilterFrom } from '#lib/record/objection/objection.ts';
import { requireMember } from '../guard.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	requireMember(event, 'inspector', 'leader', 'administrator');
	const query = event.url.searchParams;
	const filter = objectionFilterFrom(query);
	const page = pageFrom(query);
	return { filter, page, objections: await readObjections(event.locals.client, filter, page) };
};

export const actions: Actions = {
	answer: async (event) => {
		requireMember(event, 'inspector', 'leader');
		const entered = enteredText(await event.request.formData());
		const form = readForm(objectionAnswerSchema, entered as never);
		const done = form.ok ? await answerObjection(event.locals.client, form.value) : form;
		if (!done.ok) return fail(problemStatus[done.problem.code], { problem: done.problem, entered });
		eventReader(event.locals.backend).poke();
		const { enterprise, state } = objectionFilterFrom(event.url.searchParams);
		const query = new URLSearchParams({
			...(enterprise && { enterprise }),
			...(state === 'all' && { state })
		});
		redirect(303, `${event.url.pathname}${query.size > 0 ? `?${query}` : ''}`);
	}
};
