import { error, type RequestEvent } from '@sveltejs/kit';
import { shanghaiDate } from '#lib/calendar.ts';
import { readCard } from '#lib/enterprise/enterprise.server.ts';
import { scopeCovers } from '#lib/identity/identity.ts';
import { checklistNames } from '#lib/plan/inspectionPlan/inspectionPlan.server.ts';
import type { PlanBody } from '#lib/plan/inspectionPlan/inspectionPlan.ts';
import type { Result } from '#lib/problem.ts';
import { readActForm, type ActContext } from '#lib/record/actForm.ts';
import { readOfficers } from '#lib/record/act.server.ts';
import { refuse, requireMember } from '../guard.ts';

/** Who drafts a plan for which enterprise: an inspector of its place. */
export async function draftPlan(event: RequestEvent, enterpriseId: string) {
	const { session, memberships } = requireMember(event, 'inspector');
	const { client } = event.locals;
	const card = await readCard(client, enterpriseId);
	if (!card) error(404, { message: 'not_found', problem: { code: 'not_found' } });
	const [membership] = memberships
		.filter(({ scope }) => scopeCovers(scope, card.scope))
		.sort((a, b) => b.scope.length - a.scope.length);
	if (!membership) refuse({ code: 'permission.role' });
	const context: ActContext = {
		officers: await readOfficers(client, card.scope),
		today: shanghaiDate(new Date()),
		checksThisYear: card.checksThisYear,
		writer: { userId: session.userId, name: membership.displayName }
	};
	return {
		card,
		context,
		who: { userId: session.userId, membership },
		checklists: await checklistNames(client, card),
		read: (form: FormData) => readActForm('inspection_plan', form, context) as Result<PlanBody>
	};
}
