import { hasRole } from '#lib/identity/identity.ts';
import { readPlans } from '#lib/plan/inspectionPlan/inspectionPlan.server.ts';
import { planFilterSchema } from '#lib/plan/inspectionPlan/inspectionPlan.ts';
import { requireMember } from '../guard.ts';
import type { PageServerLoad } from './$types';

/** 检查方案: what waits for a decision, what was sent back, what was approved. */
export const load: PageServerLoad = async (event) => {
	const { memberships } = requireMember(event, 'inspector', 'leader', 'administrator');
	const { searchParams } = event.url;
	const filter = planFilterSchema.parse(Object.fromEntries(searchParams));
	const page = Math.max(1, Number(searchParams.get('page')) || 1);
	return {
		plans: await readPlans(event.locals.client, filter, page),
		filter,
		page,
		isInspector: hasRole(memberships, 'inspector')
	};
};
