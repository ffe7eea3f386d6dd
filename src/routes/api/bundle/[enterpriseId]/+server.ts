import { json } from '@sveltejs/kit';
import { readVisitBundle } from '#lib/record/visitBundle.server.ts';
import { problemAnswer, requireMember } from '../../../guard.ts';
import type { RequestHandler } from './$types';

/** Everything one visit needs; after it the phone asks nothing until the seal. */
export const GET: RequestHandler = async (event) => {
	requireMember(event, 'inspector', 'community_worker');
	const bundle = await readVisitBundle(event.locals.client, event.params.enterpriseId);
	if (!bundle.ok) return problemAnswer(bundle.problem);
	return json(bundle.value, { headers: { 'cache-control': 'private, no-store' } });
};
