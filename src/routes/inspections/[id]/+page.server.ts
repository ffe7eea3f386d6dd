import { readInspectionPage } from '#lib/record/inspectionPage.server.ts';
import { refuse, requireMember } from '../../guard.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { memberships } = requireMember(event);
	const answer = await readInspectionPage(event.locals.client, event.params.id);
	if (!answer.ok) refuse(answer.problem);
	return {
		inspection: answer.value,
		isStaff: memberships.some(({ role }) => role !== 'principal')
	};
};
