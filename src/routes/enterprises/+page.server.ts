import { redirect } from '@sveltejs/kit';
import { readCommunities } from '#lib/area/boundary.server.ts';
import { bandChoices } from '#lib/enterprise/band.ts';
import { siteTypeNames } from '#lib/enterprise/enterprise.server.ts';
import { readMapAnswer } from '#lib/enterprise/mapIndex/mapAnswer.server.ts';
import { hasRole } from '#lib/identity/identity.ts';
import { requireMember } from '../guard.ts';
import { mapRequest } from '../mapRequest.ts';
import type { PageServerLoad } from './$types';

const perPage = 50;

export const load: PageServerLoad = async (event) => {
	const { memberships } = requireMember(event);
	// The register is for staff; a principal has 「我的单位」.
	if (memberships.every(({ role }) => role === 'principal')) redirect(303, '/my');
	const { client, locale } = event.locals;
	const asked = Math.max(1, Math.trunc(Number(event.url.searchParams.get('page'))) || 1);
	const { index, ...request } = await mapRequest(event);
	const [answer, names, communities] = await Promise.all([
		readMapAnswer(client, index, { ...request, bounds: null, offset: (asked - 1) * perPage, limit: perPage }),
		siteTypeNames(client, locale),
		readCommunities(client)
	]);
	return {
		filter: request.filter,
		page: asked,
		pageCount: Math.max(1, Math.ceil(answer.total / perPage)),
		total: answer.total,
		rows: answer.rows,
		siteTypeNames: names,
		communities: communities.features.map(({ properties }) => ({
			value: properties.scope,
			label: properties.name
		})),
		bands: bandChoices.map((band) => ({ band, count: answer.bandCounts[band] })),
		mayInspect: hasRole(memberships, 'inspector', 'community_worker')
	};
};
