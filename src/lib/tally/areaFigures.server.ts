import { expectValue } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import type { AreaFigures } from './areaFigures.ts';

/** One place and what lies below it; `''` is everything, null a place that the client may not see. */
export const readAreaFigures = async (client: Client, scope: string): Promise<AreaFigures | null> =>
	expectValue<AreaFigures | null>(await client.rpc('area_figures', { p_scope: scope }));
