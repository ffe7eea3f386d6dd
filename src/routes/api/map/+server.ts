import { json } from '@sveltejs/kit';
import { boundsFrom } from '#lib/enterprise/mapIndex/mapFilter.ts';
import { readMapAnswer } from '#lib/enterprise/mapIndex/mapAnswer.server.ts';
import { mapRequest } from '../../mapRequest.ts';
import { pageFrom } from './listPage.ts';
import type { RequestHandler } from './$types';

/** The map in words: `bbox`, `limit` (60, at most 500) and `offset` beside the filter. */
export const GET: RequestHandler = async (event) => {
	const { index, ...request } = await mapRequest(event);
	const query = event.url.searchParams;
	const bounds = boundsFrom(query.get('bbox'));
	const answer = await readMapAnswer(event.locals.client, index, { ...request, bounds, ...pageFrom(query) });
	return json(answer, { headers: { 'cache-control': 'private, no-store' } });
};
