import { redirect } from '@sveltejs/kit';
import { hasRole } from '#lib/identity/identity.ts';
import { findByCreditCode, readRound } from '#lib/plan/round.server.ts';
import { requireMember } from '../guard.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { session } = requireMember(event, 'inspector', 'community_worker');
	const { client } = event.locals;
	const code = event.url.searchParams.get('code')?.trim().toUpperCase() ?? null;
	if (code) {
		const enterpriseId = await findByCreditCode(client, code);
		if (enterpriseId) redirect(303, `/visit/new?enterprise=${enterpriseId}`);
	}
	const tasks = await readRound(client);
	// Rechecks are an inspector's; a community worker goes there to look, and reports.
	const mayRecheck = hasRole(event.locals.memberships, 'inspector');
	return {
		tasks: mayRecheck ? tasks : tasks.map((task) => ({ ...task, rechecks: null })),
		userId: session.userId,
		unknownCode: code
	};
};
