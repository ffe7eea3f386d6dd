import { readCommunities } from '#lib/area/boundary.server.ts';
import { pageFrom } from '#lib/hazard/hazardRows.ts';
import { readRatings } from '#lib/plan/task/task.server.ts';
import { ratingFilterFrom } from '#lib/plan/task/task.ts';
import { requireMember } from '../guard.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	requireMember(event, 'leader', 'administrator');
	const { client } = event.locals;
	const filter = ratingFilterFrom(event.url.searchParams);
	const page = pageFrom(event.url.searchParams);
	const [ratings, communities] = await Promise.all([
		readRatings(client, filter, page),
		readCommunities(client)
	]);
	return {
		filter,
		page,
		ratings,
		communities: communities.features.map(({ properties }) => ({
			value: properties.scope,
			label: properties.name
		}))
	};
};
