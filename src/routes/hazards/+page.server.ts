import { readCommunities } from '#lib/area/boundary.server.ts';
import { readCard, siteTypeNames } from '#lib/enterprise/enterprise.server.ts';
import { hazardFilterFrom, pageFrom } from '#lib/hazard/hazardRows.ts';
import { readHazardRows } from '#lib/hazard/hazardRows.server.ts';
import { hasRole } from '#lib/identity/identity.ts';
import { requireMember } from '../guard.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	requireMember(event);
	const { client, locale } = event.locals;
	const query = event.url.searchParams;
	const filter = hazardFilterFrom(query);
	const page = pageFrom(query);
	const [hazards, names, communities, enterprise] = await Promise.all([
		readHazardRows(client, filter, page),
		siteTypeNames(client, locale),
		readCommunities(client),
		filter.enterprise ? readCard(client, filter.enterprise) : null
	]);
	return {
		filter,
		page,
		hazards,
		siteTypes: Object.entries(names).map(([value, label]) => ({ value, label })),
		communities: communities.features.map(({ properties }) => ({
			value: properties.scope,
			label: properties.name
		})),
		enterpriseName: enterprise?.name ?? null,
		/** 台账 is the staff's. */
		mayExport: hasRole(event.locals.memberships, 'leader', 'administrator', 'inspector', 'community_worker')
	};
};
