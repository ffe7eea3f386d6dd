import { readCommunities } from '#lib/area/boundary.server.ts';
import { pageFrom } from '#lib/hazard/hazardRows.ts';
import { hasRole } from '#lib/identity/identity.ts';
import { readSupervisions } from '#lib/plan/supervision/supervision.server.ts';
import { supervisionFilterFrom } from '#lib/plan/supervision/supervision.ts';
import { requireMember } from '../guard.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	requireMember(event, 'leader', 'administrator', 'inspector', 'community_worker');
	const { client, memberships } = event.locals;
	const query = event.url.searchParams;
	const filter = supervisionFilterFrom(query);
	const page = pageFrom(query);
	const [supervisions, communities] = await Promise.all([
		readSupervisions(client, filter, page),
		readCommunities(client)
	]);
	return {
		filter,
		page,
		supervisions,
		mayAssign: hasRole(memberships, 'leader', 'administrator'),
		communities: communities.features.map(({ properties }) => ({
			value: properties.scope,
			label: properties.name
		}))
	};
};
