import { randomUUID } from 'node:crypto';
import { fail, redirect } from '@sveltejs/kit';
import { uuid } from '#lib/inspection/inspection.ts';
import { problemStatus } from '#lib/problem.ts';
import { adoptingMembership, adoptReport, readReport } from '#lib/record/adoption.server.ts';
import { refuse, requireMember } from '../../guard.ts';
import { readAdoptionForm } from './adoptionForm.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { memberships } = requireMember(event, 'inspector', 'community_worker', 'leader', 'administrator');
	if (!uuid.safeParse(event.params.id).success) refuse({ code: 'not_found' });
	const read = await readReport(event.locals.client, event.params.id);
	if (!read.ok) refuse(read.problem);
	return {
		report: read.value,
		canAdopt: adoptingMembership(memberships, read.value.scope) !== null,
		adoptionId: randomUUID(),
		isDone: event.url.searchParams.has('done')
	};
};

export const actions: Actions = {
	adopt: async (event) => {
		const { session, memberships } = requireMember(event, 'inspector');
		const { client, backend } = event.locals;
		const read = await readReport(client, event.params.id);
		if (!read.ok) refuse(read.problem);
		const membership = adoptingMembership(memberships, read.value.scope);
		if (!membership) refuse({ code: 'permission.track' });
		const form = readAdoptionForm(await event.request.formData());
		const adopted = await adoptReport(
			backend,
			client,
			{ userId: session.userId, membership },
			{ ...form, inspectionId: event.params.id }
		);
		if (!adopted.ok) return fail(problemStatus[adopted.problem.code], { problem: adopted.problem });
		redirect(303, `/reports/${event.params.id}?done`);
	}
};
