import { waitingReports } from '#lib/record/adoption.server.ts';
import { requireMember } from '../guard.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	requireMember(event, 'inspector', 'community_worker', 'leader', 'administrator');
	return { reports: await waitingReports(event.locals.client) };
};
