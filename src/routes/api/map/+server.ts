import { json } from '@sveltejs/kit';
import { boundsFrom } from '#lib/enterprise/mapIndex/mapFilter.ts';
import { readMapAnswer } from '#lib/enterprise/mapIndex/mapAnswer.server.ts';
import { mapRequest } from '../../mapRequest.ts';
import type { RequestHandler } from './$types';

const mostRows = 500;
const fewRows = 60;

/** The map in words: `bbox`, `limit` (60, at most 500) and `offset` beside the filter. */
export const GET: RequestHandler = async (event) => {
	const { index, ...request } = await mapRequest(event);
	const query = event.url.searchParams;
	const whole = (name: string, most: number, otherwise: number): number => {
		const value = Number(query.get(name) ?? otherwise);
		return Number.isSafeInteger(value) && value >= 0 ? Math.min(value, most) : otherwise;
	};
	const answer = await readMapAnswer(event.locals.client, index, {
		...request,
		bounds: boundsFrom(query.get('bbox')),
		offset: whole('offset', Number.MAX_SAFE_INTEGER, 0),
		limit: whole('limit', mostRows, fewRows)
	});
	return json(answer, { headers: { 'cache-control': 'private, no-store' } });
};
