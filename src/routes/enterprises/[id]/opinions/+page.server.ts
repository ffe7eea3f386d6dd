import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { v7 as uuidV7 } from 'uuid';
import { shanghaiDate } from '#lib/calendar.ts';
import { readCard } from '#lib/enterprise/enterprise.server.ts';
import { opinionDecisionSchema, opinionSchema } from '#lib/enterprise/opinion/opinion.ts';
import { decideOpinion, readOpinions, recordOpinion } from '#lib/enterprise/opinion/opinion.server.ts';
import { enteredText, readForm } from '#lib/identity/credentials.ts';
import { hasRole, type MemberRole } from '#lib/identity/identity.ts';
import { problemStatus, type Result } from '#lib/problem.ts';
import { requireMember } from '../../../guard.ts';
import type { Actions, PageServerLoad } from './$types';

const staff: MemberRole[] = ['inspector', 'community_worker', 'leader', 'administrator'];
const supervisors: MemberRole[] = ['inspector', 'leader'];

export const load: PageServerLoad = async (event) => {
	const { memberships } = requireMember(event);
	const { client } = event.locals;
	const [card, opinions] = await Promise.all([
		readCard(client, event.params.id),
		readOpinions(client, event.params.id)
	]);
	if (!card) error(404, { message: 'not_found', problem: { code: 'not_found' } });
	return {
		enterprise: { id: card.id, name: card.name, isSample: card.isSample },
		opinions,
		mayRecord: hasRole(memberships, ...staff),
		maySupervise: hasRole(memberships, ...supervisors),
		today: shanghaiDate(new Date()),
		newId: uuidV7()
	};
};

/** Afterwards the page shows what was done; what was refused is given back as it was typed. */
async function act(
	event: RequestEvent,
	run: (values: Record<string, string>) => Promise<Result<unknown>>,
	placeOf: (values: Record<string, string>) => string | null
) {
	const values = enteredText(await event.request.formData());
	const done = await run(values);
	if (!done.ok)
		return fail(problemStatus[done.problem.code], { problem: done.problem, place: placeOf(values), values });
	redirect(303, event.url.pathname);
}

export const actions: Actions = {
	record: (event) => {
		requireMember(event, ...staff);
		return act(
			event,
			async (values) => {
				const form = readForm(opinionSchema, values);
				return form.ok ? recordOpinion(event.locals.client, event.params.id, form.value) : form;
			},
			() => null
		);
	},
	decide: (event) => {
		requireMember(event, ...supervisors);
		return act(
			event,
			async (values) => {
				const form = readForm(opinionDecisionSchema, values);
				return form.ok ? decideOpinion(event.locals.client, form.value) : form;
			},
			(values) => values.id ?? null
		);
	}
};
