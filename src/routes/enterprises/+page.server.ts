import { readCommunities } from '#lib/area/boundary.server.ts';
import { bandChoices } from '#lib/enterprise/band.ts';
import { readMapEnterprises, siteTypeNames } from '#lib/enterprise/enterprise.server.ts';
import { compareByUrgency, unpackEnterprise } from '#lib/enterprise/mapEnterprise.ts';
import { countBands, filterFrom, matchesFilter } from '#lib/enterprise/mapFilter.ts';
import { hasRole } from '#lib/identity/identity.ts';
import { requireMember } from '../guard.ts';
import type { PageServerLoad } from './$types';

const perPage = 50;

export const load: PageServerLoad = async (event) => {
	const { memberships } = requireMember(event);
	const { client, locale } = event.locals;
	const query = event.url.searchParams;
	const [content, names, communities] = await Promise.all([
		readMapEnterprises(client),
		siteTypeNames(client, locale),
		readCommunities(client)
	]);
	const enterprises = content.rows.map(unpackEnterprise);
	const filter = filterFrom(query);
	const matching = enterprises.filter(matchesFilter(filter)).toSorted(compareByUrgency);
	const pageCount = Math.max(1, Math.ceil(matching.length / perPage));
	const page = Math.min(pageCount, Math.max(1, Math.trunc(Number(query.get('page'))) || 1));
	const counts = countBands(enterprises, filter);
	return {
		filter,
		page,
		pageCount,
		total: matching.length,
		rows: matching.slice((page - 1) * perPage, page * perPage),
		siteTypeNames: names,
		communities: communities.features.map(({ properties }) => ({
			value: properties.scope,
			label: properties.name
		})),
		bands: bandChoices.map((band) => ({ band, count: counts[band] })),
		mayInspect: hasRole(memberships, 'inspector', 'community_worker')
	};
};
