import { noteOpened } from '#lib/record/delivery.server.ts';
import { problemAnswer } from '../../../guard.ts';
import { privateHeaders } from '../../access.ts';
import type { RequestHandler } from './$types';

/** The page was shown to somebody. What fetches links for a preview posts nothing. */
export const POST: RequestHandler = async ({ params, locals }) => {
	const answer = await noteOpened(locals.backend, params.token, 'page');
	return answer.ok
		? new Response(null, { status: 204, headers: privateHeaders })
		: problemAnswer(answer.problem);
};
