import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { v7 as uuidV7 } from 'uuid';
import { enteredText } from '#lib/identity/credentials.ts';
import { readPlan, submitPlan } from '#lib/plan/inspectionPlan/inspectionPlan.server.ts';
import { problemStatus } from '#lib/problem.ts';
import { refuse, requireMember } from '../../guard.ts';
import { draftPlan } from '../draftPlan.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** `?enterprise=` for a new plan, `?plan=` for one that was sent back. */
async function startedFrom(event: RequestEvent) {
	requireMember(event, 'inspector');
	const { searchParams } = event.url;
	const asked = searchParams.get('plan');
	const plan = asked ? await readPlan(event.locals.client, asked) : null;
	if (asked && !plan) refuse({ code: 'not_found' });
	if (plan && (!plan.mayChange || plan.state !== 'returned')) refuse({ code: 'plan.state' });
	return { plan, draft: await draftPlan(event, plan?.enterprise.id ?? searchParams.get('enterprise') ?? '') };
}

export const load: PageServerLoad = async (event) => {
	const { plan, draft } = await startedFrom(event);
	const { card, context, checklists, who } = draft;
	return {
		enterprise: { id: card.id, name: card.name, address: card.address },
		officers: context.officers,
		today: context.today,
		checksThisYear: context.checksThisYear,
		checklists,
		userId: who.userId,
		signer: { name: who.membership.displayName, agency: who.membership.agencyName },
		/** What was sent back, to be written anew. */
		body: plan?.body ?? null,
		reason: plan?.course.findLast(({ act }) => act === 'return')?.note ?? null,
		seen: plan?.steps ?? 0,
		/** One id for the form: sent twice, it is one plan. */
		id: plan?.id ?? uuidV7()
	};
};

export const actions: Actions = {
	default: async (event) => {
		const { draft } = await startedFrom(event);
		const form = await event.request.formData();
		const body = draft.read(form);
		const submitted = body.ok
			? await submitPlan(event.locals.client, {
					id: String(form.get('id') ?? ''),
					enterpriseId: draft.card.id,
					body: body.value,
					seen: Number(form.get('seen') ?? 0)
				})
			: body;
		if (!submitted.ok)
			return fail(problemStatus[submitted.problem.code], {
				problem: submitted.problem,
				entered: enteredText(form),
				chosen: form.getAll('officers').map(String),
				lists: form.getAll('checklists').map(String)
			});
		redirect(303, `/plans/${submitted.value.id}`);
	}
};
