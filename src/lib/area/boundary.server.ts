import { expectValue } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import type { AreaLevel } from './areaLevel.ts';
import type { AreaBoundaries } from './boundary.ts';

/** Boundaries of the areas of a level that the client may see; an area without one is left out. */
export const readBoundaries = async (client: Client, level: AreaLevel): Promise<AreaBoundaries> =>
	expectValue<AreaBoundaries>(await client.rpc('area_boundaries', { p_level: level }));

/** More areas than this are not told apart in a still picture, and their outlines are heavier than the page. */
const mostAreasOfPicture = 400;

/** What a still picture is drawn of: communities, or their streets where they are too many. */
export async function readAreasOfPicture(client: Client): Promise<AreaBoundaries> {
	const communities = await readCommunities(client);
	if (communities.features.length <= mostAreasOfPicture) return communities;
	const streets = await readBoundaries(client, 'street');
	return streets.features.length > 1 ? streets : communities;
}

export const readCommunities = (client: Client): Promise<AreaBoundaries> =>
	readBoundaries(client, 'community');
