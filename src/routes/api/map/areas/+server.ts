import { json } from '@sveltejs/kit';
import { readCommunities } from '#lib/area/boundary.server.ts';
import { mapAreas } from '#lib/enterprise/mapIndex/mapAreas.ts';
import { mapRequest } from '../../../mapRequest.ts';
import type { RequestHandler } from './$types';

/** Numbers of every community that the asker may see: what the layers of areas are coloured by. */
export const GET: RequestHandler = async (event) => {
	const { index, visible, filter, found } = await mapRequest(event);
	const boundaries = await readCommunities(event.locals.client);
	return json(mapAreas(index, index.select(visible, filter, found), boundaries), {
		headers: { 'cache-control': 'private, no-store' }
	});
};
