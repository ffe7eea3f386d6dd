import { fail } from '@sveltejs/kit';
import { administeredAreas, administeredEnterprises } from '#lib/identity/administration.server.ts';
import { enteredText, readForm } from '#lib/identity/credentials.ts';
import { memberRoles, type MemberRole } from '#lib/identity/identity.ts';
import { createInvitation } from '#lib/identity/invitation.server.ts';
import { invitationSchema } from '#lib/identity/invitation.ts';
import { invitationPath } from '#lib/identity/invitationToken.server.ts';
import { problemStatus } from '#lib/problem.ts';
import { requireMember } from '../../../guard.ts';
import type { Actions, PageServerLoad } from './$types';

const isRole = (value: string | null): value is MemberRole => memberRoles.includes(value as MemberRole);

/** The role stands in the address, so that the fields that belong to it are there without a script too. */
export const load: PageServerLoad = async (event) => {
	const { memberships } = requireMember(event, 'administrator');
	const { client } = event.locals;
	const asked = event.url.searchParams.get('role');
	const role = isRole(asked) ? asked : 'inspector';
	const text = event.url.searchParams.get('enterprise')?.slice(0, 60) ?? '';
	return {
		role,
		text,
		administersAll: memberships.some(({ scope }) => scope === ''),
		areas: role === 'principal' ? [] : await administeredAreas(client),
		enterprises: role === 'principal' && text ? await administeredEnterprises(client, text) : []
	};
};

export const actions: Actions = {
	default: async (event) => {
		requireMember(event, 'administrator');
		const { request, locals, url, setHeaders } = event;
		const entered = enteredText(await request.formData());
		const form = readForm(invitationSchema, entered);
		if (!form.ok) return fail(400, { problem: form.problem, entered });
		const created = await createInvitation(locals.client, form.value);
		if (!created.ok) return fail(problemStatus[created.problem.code], { problem: created.problem, entered });
		setHeaders({ 'cache-control': 'no-store' });
		const link = new URL(invitationPath(created.value.token), process.env.PUBLIC_URL ?? url.origin).href;
		return { link, role: form.value.role, displayName: form.value.displayName };
	}
};
