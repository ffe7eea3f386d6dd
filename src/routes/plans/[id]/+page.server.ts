import { fail, redirect } from '@sveltejs/kit';
import { readForm } from '#lib/identity/credentials.ts';
import { scopeCovers } from '#lib/identity/identity.ts';
import { approvePlan, readPlan, stepPlan } from '#lib/plan/inspectionPlan/inspectionPlan.server.ts';
import { planStepSchema } from '#lib/plan/inspectionPlan/inspectionPlan.ts';
import { problemStatus } from '#lib/problem.ts';
import { refuse, requireMember } from '../../guard.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	requireMember(event, 'inspector', 'leader', 'administrator');
	const plan = await readPlan(event.locals.client, event.params.id);
	if (!plan) refuse({ code: 'not_found' });
	return { plan };
};

export const actions: Actions = {
	default: async (event) => {
		const { session, memberships } = requireMember(event, 'inspector', 'leader', 'administrator');
		const { backend, client } = event.locals;
		const plan = await readPlan(client, event.params.id);
		if (!plan) refuse({ code: 'not_found' });
		const form = readForm(planStepSchema, await event.request.formData());
		if (!form.ok) return fail(problemStatus[form.problem.code], { problem: form.problem });
		const { act, note, seen } = form.value;
		if (act !== 'approve') {
			const done = await stepPlan(client, plan.id, { act, note, seen });
			if (!done.ok) return fail(problemStatus[done.problem.code], { problem: done.problem });
			redirect(303, `/plans/${plan.id}`);
		}
		const [membership] = memberships
			.filter(({ role, scope }) => role !== 'inspector' && scopeCovers(scope, plan.scope))
			.sort((a, b) => b.scope.length - a.scope.length);
		if (!membership) refuse({ code: 'permission.role' });
		const approved = await approvePlan(
			backend,
			client,
			{ userId: session.userId, membership },
			{ plan, seen }
		);
		if (!approved.ok) return fail(problemStatus[approved.problem.code], { problem: approved.problem });
		redirect(303, `/documents/${approved.value.documentId}?issued`);
	}
};
