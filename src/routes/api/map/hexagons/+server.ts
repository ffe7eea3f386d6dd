import { json } from '@sveltejs/kit';
import { boundsFrom } from '#lib/enterprise/mapIndex/mapFilter.ts';
import { mapHexagons } from '#lib/enterprise/mapIndex/mapHexagons.ts';
import { refuse } from '../../../guard.ts';
import { mapRequest } from '../../../mapRequest.ts';
import type { RequestHandler } from './$types';

/** Hexagons (H3) in `bbox` that suit the zoom `z`, as GeoJSON with what is counted in each. */
export const GET: RequestHandler = async (event) => {
	const query = event.url.searchParams;
	const bounds = boundsFrom(query.get('bbox'));
	const zoom = Number(query.get('z') ?? Number.NaN);
	if (!bounds || !Number.isFinite(zoom)) refuse({ code: 'request.invalid', details: { field: 'bbox' } });
	const { index, visible, filter, found } = await mapRequest(event);
	return json(mapHexagons(index, index.select(visible, filter, found), bounds, zoom), {
		headers: { 'cache-control': 'private, no-store' }
	});
};
