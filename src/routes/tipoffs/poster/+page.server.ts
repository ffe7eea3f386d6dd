import { readCommunities } from '#lib/area/boundary.server.ts';
import { publicUrlOf } from '#lib/backend/publicUrl.ts';
import { requireMember } from '../../guard.ts';
import type { PageServerLoad } from './$types';

/** `?area=`: of one community; without it of all. */
export const load: PageServerLoad = async (event) => {
	requireMember(event, 'leader', 'administrator', 'inspector');
	const communities = (await readCommunities(event.locals.client)).features.map(({ properties }) => ({
		value: properties.scope,
		label: properties.name
	}));
	const area = communities.find(({ value }) => value === event.url.searchParams.get('area')) ?? null;
	const address = new URL('/tipoff', publicUrlOf(process.env) ?? event.url.origin);
	if (area) address.searchParams.set('area', area.value);
	return { communities, area, address: address.href };
};
