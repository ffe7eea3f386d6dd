import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { administeredMember, endMembership, setLicence } from '#lib/identity/administration.server.ts';
import { enteredText, readForm } from '#lib/identity/credentials.ts';
import { licenceSchema } from '#lib/identity/invitation.ts';
import { problemStatus } from '#lib/problem.ts';
import { refuse, requireMember } from '../../../guard.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	requireMember(event, 'administrator');
	const { id } = event.params;
	const member = z.uuid().safeParse(id).success ? await administeredMember(event.locals.client, id) : null;
	return { member: member ?? refuse({ code: 'not_found' }) };
};

export const actions: Actions = {
	licence: async (event) => {
		requireMember(event, 'administrator');
		const entered = enteredText(await event.request.formData());
		const form = readForm(licenceSchema, entered);
		if (!form.ok) return fail(400, { problem: form.problem, entered });
		const { licenceNumber, licenceValidUntil } = form.value;
		const saved = await setLicence(event.locals.client, event.params.id, licenceNumber, licenceValidUntil);
		if (!saved.ok) return fail(problemStatus[saved.problem.code], { problem: saved.problem, entered });
		return { saved: true };
	},
	end: async (event) => {
		requireMember(event, 'administrator');
		const entered = enteredText(await event.request.formData());
		const form = readForm(z.object({ sure: z.literal('on') }), entered);
		if (!form.ok) return fail(400, { problem: form.problem, entered });
		const ended = await endMembership(event.locals.client, event.params.id);
		if (!ended.ok) return fail(problemStatus[ended.problem.code], { problem: ended.problem, entered });
		redirect(303, '/admin/members?ended');
	}
};
