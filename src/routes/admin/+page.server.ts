import { administrationSummary } from '#lib/identity/administration.server.ts';
import { requireMember } from '../guard.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	requireMember(event, 'administrator');
	return { summary: await administrationSummary(event.locals.client) };
};
