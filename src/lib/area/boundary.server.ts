import { expectValue } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import type { AreaLevel } from './areaLevel.ts';
import type { AreaBoundaries } from './boundary.ts';

/** Boundaries of the areas of a level that the client may see; an area without one is left out. */
export const readBoundaries = async (client: Client, level: AreaLevel): Promise<AreaBoundaries> =>
	expectValue<AreaBoundaries>(await client.rpc('area_boundaries', { p_level: level }));

export const readCommunities = (client: Client): Promise<AreaBoundaries> =>
	readBoundaries(client, 'community');
