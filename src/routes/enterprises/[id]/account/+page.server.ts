import { error, fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { accountView } from '#lib/assessment/account.ts';
import { decideEntry, readAccount } from '#lib/assessment/account.server.ts';
import { assessEnterprises } from '#lib/assessment/assessment.server.ts';
import { readCard } from '#lib/enterprise/enterprise.server.ts';
import { readForm } from '#lib/identity/credentials.ts';
import { hasRole } from '#lib/identity/identity.ts';
import { eventReader } from '#lib/live/eventReader.server.ts';
import { problemStatus } from '#lib/problem.ts';
import { requireMember } from '../../../guard.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { memberships } = requireMember(event);
	const { client } = event.locals;
	const { id } = event.params;
	const [card, content] = await Promise.all([readCard(client, id), readAccount(client, id)]);
	if (!card || !content) error(404, { message: 'not_found', problem: { code: 'not_found' } });
	return {
		enterprise: { id, name: card.name, community: card.community, isSample: card.isSample },
		account: accountView(id, content),
		mayDecide: hasRole(memberships, 'leader', 'administrator'),
		isPrincipal: !hasRole(memberships, 'leader', 'administrator', 'inspector', 'community_worker')
	};
};

const decisionSchema = z.object({
	factId: z.uuid(),
	clause: z.string().min(1).max(20),
	decision: z.enum(['confirmed', 'reversed']),
	reason: z.string().trim().min(2).max(300)
});

export const actions: Actions = {
	decide: async (event) => {
		requireMember(event, 'leader', 'administrator');
		const { backend, client } = event.locals;
		const data = await event.request.formData();
		const form = readForm(decisionSchema, data);
		const factId = String(data.get('factId') ?? '');
		if (!form.ok) return fail(400, { problem: form.problem, factId });
		const decided = await decideEntry(client, form.value);
		if (!decided.ok) return fail(problemStatus[decided.problem.code], { problem: decided.problem, factId });
		// The page that comes back shows what the decision did; open maps follow at once.
		await assessEnterprises(backend, [event.params.id]);
		eventReader(backend).poke();
		redirect(303, `${event.url.pathname}#entry-${factId}`);
	}
};
