import { fail, redirect } from '@sveltejs/kit';
import { enteredText, readForm } from '#lib/identity/credentials.ts';
import { eventReader } from '#lib/live/eventReader.server.ts';
import { tipoffStepSchema, type TipoffAct } from '#lib/plan/tipoff/tipoff.ts';
import { readReporter, readTipoff, stepTipoff } from '#lib/plan/tipoff/tipoff.server.ts';
import { problemStatus } from '#lib/problem.ts';
import { refuse, requireMember } from '../../guard.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	requireMember(event, 'leader', 'administrator', 'inspector');
	const words = event.url.searchParams.get('q')?.trim() ?? '';
	const tipoff = await readTipoff(event.locals.client, event.params.id, words);
	if (!tipoff.ok) refuse(tipoff.problem);
	return { tipoff: tipoff.value, words };
};

/** One step; afterwards the page shows what it did. */
async function step(event: RequestEvent, act: TipoffAct) {
	requireMember(event, 'leader', 'administrator');
	const entered = enteredText(await event.request.formData());
	const form = readForm(tipoffStepSchema, entered);
	const { backend, client } = event.locals;
	const done = form.ok ? await stepTipoff(client, event.params.id, act, form.value) : form;
	if (!done.ok)
		return fail(problemStatus[done.problem.code], { act, problem: done.problem, entered, reporter: null });
	eventReader(backend).poke();
	redirect(303, event.url.pathname);
}

export const actions: Actions = {
	accept: (event) => step(event, 'accept'),
	answer: (event) => step(event, 'answer'),
	transfer: (event) => step(event, 'transfer'),
	dismiss: (event) => step(event, 'dismiss'),
	// By POST, because looking is written down; the name stands in this one answer and in no address.
	reporter: async (event) => {
		requireMember(event, 'leader', 'administrator');
		const reporter = await readReporter(event.locals.client, event.params.id);
		if (!reporter.ok) return fail(problemStatus[reporter.problem.code], { act: 'reporter', ...reporter });
		return { act: 'reporter', problem: null, entered: {}, reporter: reporter.value };
	}
};
