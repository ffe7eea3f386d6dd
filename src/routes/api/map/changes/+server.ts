import { json } from '@sveltejs/kit';
import { boundsFrom } from '#lib/enterprise/mapIndex/mapFilter.ts';
import { comparisonOf } from '../../../comparisonRequest.ts';
import { refuse } from '../../../guard.ts';
import { mapRequest } from '../../../mapRequest.ts';
import { pageFrom } from '../listPage.ts';
import type { RequestHandler } from './$types';

/** What changed between two days: `on` (today) and `against`, `moved`, `step` and `order` beside the filter. */
export const GET: RequestHandler = async (event) => {
	const request = await mapRequest(event);
	const query = event.url.searchParams;
	const bounds = boundsFrom(query.get('bbox'));
	const comparison = await comparisonOf(event, request, { bounds, ...pageFrom(query) });
	if (comparison === null) refuse({ code: 'request.invalid', details: { field: 'against' } });
	if (!comparison.ok) refuse(comparison.problem);
	return json(comparison.value, { headers: { 'cache-control': 'private, no-store' } });
};
