import { readCommunities } from '#lib/area/boundary.server.ts';
import { measureFilterFrom } from '#lib/assessment/measure.ts';
import { readMeasures } from '#lib/assessment/measure.server.ts';
import { pageFrom } from '#lib/hazard/hazardRows.ts';
import { requireMember } from '../guard.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	requireMember(event, 'leader', 'administrator', 'inspector', 'community_worker');
	const { client } = event.locals;
	const query = event.url.searchParams;
	const filter = measureFilterFrom(query);
	const page = pageFrom(query);
	const [measures, communities] = await Promise.all([
		readMeasures(client, filter, page),
		readCommunities(client)
	]);
	return {
		filter,
		page,
		measures,
		communities: communities.features.map(({ properties }) => ({
			value: properties.scope,
			label: properties.name
		}))
	};
};
