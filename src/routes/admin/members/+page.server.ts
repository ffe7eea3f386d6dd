import { fail } from '@sveltejs/kit';
import { z } from 'zod';
import { shanghaiDate } from '#lib/calendar.ts';
import { administeredInvitations, administeredMembers } from '#lib/identity/administration.server.ts';
import { readForm } from '#lib/identity/credentials.ts';
import { memberRoles } from '#lib/identity/identity.ts';
import { revokeInvitation } from '#lib/identity/invitation.server.ts';
import { problemStatus } from '#lib/problem.ts';
import { requireMember } from '../../guard.ts';
import type { Actions, PageServerLoad } from './$types';

const pageSize = 50;
// Of an address somebody typed: what is not understood is left out.
const filterSchema = z.object({
	role: z.enum(memberRoles).nullable().catch(null),
	q: z.string().trim().min(1).max(60).nullable().catch(null),
	page: z.coerce.number().int().min(1).max(10_000).catch(1)
});

export const load: PageServerLoad = async (event) => {
	requireMember(event, 'administrator');
	const { client } = event.locals;
	const { role, q, page } = filterSchema.parse(
		Object.fromEntries(['role', 'q', 'page'].map((name) => [name, event.url.searchParams.get(name)]))
	);
	const [members, invitations] = await Promise.all([
		administeredMembers(client, { role, text: q, offset: (page - 1) * pageSize, limit: pageSize }),
		administeredInvitations(client)
	]);
	const today = shanghaiDate(new Date());
	return { members, invitations, role, q, page, pageCount: Math.ceil(members.total / pageSize), today };
};

export const actions: Actions = {
	revoke: async (event) => {
		requireMember(event, 'administrator');
		const form = readForm(z.object({ id: z.uuid() }), await event.request.formData());
		if (!form.ok) return fail(400, { problem: form.problem });
		const revoked = await revokeInvitation(event.locals.client, form.value.id);
		if (!revoked.ok) return fail(problemStatus[revoked.problem.code], { problem: revoked.problem });
		return { revoked: true };
	}
};
