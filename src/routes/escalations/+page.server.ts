import { fail, redirect } from '@sveltejs/kit';
import { pageFrom } from '#lib/hazard/hazardRows.ts';
import { enteredText, readForm } from '#lib/identity/credentials.ts';
import { eventReader } from '#lib/live/eventReader.server.ts';
import { decideEscalation, readEscalations } from '#lib/plan/escalation/escalation.server.ts';
import { escalationDecisionSchema, escalationFilterFrom } from '#lib/plan/escalation/escalation.ts';
import { problemStatus } from '#lib/problem.ts';
import { requireMember } from '../guard.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	requireMember(event, 'inspector', 'leader', 'administrator');
	const query = event.url.searchParams;
	const filter = escalationFilterFrom(query);
	const page = pageFrom(query);
	return { filter, page, escalations: await readEscalations(event.locals.client, filter, page) };
};

async function decide(event: RequestEvent, outcome: 'done' | 'dropped') {
	requireMember(event, 'inspector', 'leader');
	const data = await event.request.formData();
	const form = readForm(escalationDecisionSchema, { ...enteredText(data), outcome });
	const done = form.ok ? await decideEscalation(event.locals.client, form.value) : form;
	if (!done.ok)
		return fail(problemStatus[done.problem.code], {
			id: enteredText(data).id ?? '',
			problem: done.problem
		});
	eventReader(event.locals.backend).poke();
	redirect(303, event.url.pathname);
}

export const actions: Actions = {
	done: (event) => decide(event, 'done'),
	dropped: (event) => decide(event, 'dropped')
};
