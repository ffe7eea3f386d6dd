import { error, fail, redirect } from '@sveltejs/kit';
import { v7 as uuidV7 } from 'uuid';
import { readCard } from '#lib/enterprise/enterprise.server.ts';
import { closeRiskPointSchema, riskPointSchema } from '#lib/enterprise/risk/riskPoint.ts';
import { closeRiskPoint, readRiskPoints, saveRiskPoint } from '#lib/enterprise/risk/riskPoint.server.ts';
import { enteredText, readForm } from '#lib/identity/credentials.ts';
import { hasRole } from '#lib/identity/identity.ts';
import { problemStatus } from '#lib/problem.ts';
import { requireMember } from '../../../guard.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { memberships } = requireMember(event);
	const { client } = event.locals;
	const card = await readCard(client, event.params.id);
	if (!card) error(404, { message: 'not_found', problem: { code: 'not_found' } });
	return {
		card,
		points: await readRiskPoints(client, card.id),
		mayKeep:
			hasRole(memberships, 'inspector', 'administrator') ||
			memberships.some(({ enterpriseId }) => enterpriseId === card.id),
		/** One id for the form: posted again after a lost answer, it is the same point. */
		newId: uuidV7()
	};
};

export const actions: Actions = {
	save: async (event) => {
		requireMember(event);
		const form = await event.request.formData();
		const values = enteredText(form);
		const point = readForm(riskPointSchema, values);
		const saved = point.ok ? await saveRiskPoint(event.locals.client, event.params.id, point.value) : point;
		if (!saved.ok) return fail(problemStatus[saved.problem.code], { problem: saved.problem, values });
		redirect(303, event.url.pathname);
	},
	close: async (event) => {
		requireMember(event);
		const values = enteredText(await event.request.formData());
		const form = readForm(closeRiskPointSchema, values);
		const closed = form.ok
			? await closeRiskPoint(event.locals.client, form.value.id, form.value.reason)
			: form;
		if (!closed.ok)
			return fail(problemStatus[closed.problem.code], {
				problem: { ...closed.problem, path: `close-${values.id}` },
				values: {} as Record<string, string>
			});
		redirect(303, event.url.pathname);
	}
};
