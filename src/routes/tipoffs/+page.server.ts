import { pageFrom } from '#lib/hazard/hazardRows.ts';
import { hasRole } from '#lib/identity/identity.ts';
import { tipoffListStates } from '#lib/plan/tipoff/tipoff.ts';
import { readTipoffs } from '#lib/plan/tipoff/tipoff.server.ts';
import { requireMember } from '../guard.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	requireMember(event, 'leader', 'administrator', 'inspector');
	const query = event.url.searchParams;
	const filter = {
		state: tipoffListStates.find((state) => state === query.get('state')) ?? ('open' as const),
		q: query.get('q')?.trim() || null
	};
	const page = pageFrom(query);
	return {
		filter,
		page,
		tipoffs: await readTipoffs(event.locals.client, filter, page),
		mayDecide: hasRole(event.locals.memberships, 'leader', 'administrator')
	};
};
