import { fail, redirect } from '@sveltejs/kit';
import { changePassword, passwordChangeSchema } from '#lib/identity/changePassword.server.ts';
import { readForm } from '#lib/identity/credentials.ts';
import { problemStatus } from '#lib/problem.ts';
import { requireMember } from '../guard.ts';
import { writeTokens } from '../sessionCookies.ts';
import { visitor } from '../visitor.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
	const { session } = requireMember(event);
	return { email: session.email, isChanged: event.url.searchParams.has('changed') };
};

export const actions: Actions = {
	default: async (event) => {
		const { session } = requireMember(event);
		const { locals, cookies, url, request } = event;
		const change = readForm(passwordChangeSchema, await request.formData());
		if (!change.ok) return fail(400, { problem: change.problem });
		const changed = await changePassword(locals.backend, session.email, change.value, visitor(event));
		if (!changed.ok) return fail(problemStatus[changed.problem.code], { problem: changed.problem });
		writeTokens(cookies, url, changed.value);
		redirect(303, '/password?changed');
	}
};
