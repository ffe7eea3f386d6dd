import { expectValue } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import type { AreaBoundaries } from './boundary.ts';

/** Boundaries of the communities that the client may see; an area without one is left out. */
export const readCommunities = async (client: Client): Promise<AreaBoundaries> =>
	expectValue<AreaBoundaries>(await client.rpc('area_boundaries', { p_level: 'community' }));
