import { redirect } from '@sveltejs/kit';
import { readExtensions } from '#lib/hazard/extension/extension.server.ts';
import { hasRole } from '#lib/identity/identity.ts';
import { readEscalations } from '#lib/plan/escalation/escalation.server.ts';
import { readObjections } from '#lib/record/objection/objection.server.ts';
import { findByCreditCode, readRound } from '#lib/plan/round.server.ts';
import { readSupervisions } from '#lib/plan/supervision/supervision.server.ts';
import { supervisionFilterFrom } from '#lib/plan/supervision/supervision.ts';
import { requireMember } from '../guard.ts';
import type { PageServerLoad } from './$types';

const askedOfMe = supervisionFilterFrom(new URLSearchParams({ side: 'asked' }));

export const load: PageServerLoad = async (event) => {
	const { session } = requireMember(event, 'inspector', 'community_worker');
	const { client } = event.locals;
	const code = event.url.searchParams.get('code')?.trim().toUpperCase() ?? null;
	if (code) {
		const enterpriseId = await findByCreditCode(client, code);
		if (enterpriseId) redirect(303, `/visit/new?enterprise=${enterpriseId}`);
	}
	const [tasks, asked, extensions, escalations, objections] = await Promise.all([
		readRound(client),
		readSupervisions(client, askedOfMe),
		readExtensions(client, { state: 'asked', enterprise: null }),
		readEscalations(client, { state: 'proposed', enterprise: null }),
		readObjections(client, { state: 'open', enterprise: null })
	]);
	// Rechecks are an inspector's; a community worker goes there to look, and reports.
	const mayRecheck = hasRole(event.locals.memberships, 'inspector');
	const waiting = [
		{
			href: '/supervision?side=asked',
			key: 'inspection.round.asked',
			count: asked.rows.filter(({ state }) => state !== 'answered').length
		},
		// A community worker issues no order, so has no answer to give and no step to take.
		{ href: '/extensions', key: 'extension.round', count: mayRecheck ? extensions.waiting : 0 },
		{ href: '/objections', key: 'objection.round', count: mayRecheck ? objections.waiting : 0 },
		{ href: '/escalations', key: 'escalation.round', count: mayRecheck ? escalations.waiting : 0 }
	] as const;
	return {
		tasks: mayRecheck ? tasks : tasks.map((task) => ({ ...task, rechecks: null })),
		/** What waits for this person besides sites: also 督办 that lead to none. */
		waiting: waiting.filter(({ count }) => count > 0),
		userId: session.userId,
		unknownCode: code
	};
};
