import { administrationSummary } from '#lib/identity/administration.server.ts';
import { requireMember } from '../guard.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { memberships } = requireMember(event, 'administrator');
	const { backend, client } = event.locals;
	return {
		summary: await administrationSummary(client),
		mayBackUp: backend.kind === 'embedded' && memberships.some(({ scope }) => scope === '')
	};
};
