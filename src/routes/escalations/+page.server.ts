import { pageFrom } from '#lib/hazard/hazardRows.ts';
import { readEscalations } from '#lib/plan/escalation/escalation.server.ts';
import { escalationFilterFrom } from '#lib/plan/escalation/escalation.ts';
import { requireMember } from '../guard.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	requireMember(event, 'inspector', 'leader', 'administrator');
	const query = event.url.searchParams;
	const filter = escalationFilterFrom(query);
	const page = pageFrom(query);
	return { filter, page, escalations: await readEscalations(event.locals.client, filter, page) };
};
