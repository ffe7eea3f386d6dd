import { noteOpened } from '#lib/record/delivery.server.ts';
import { problemAnswer } from '../../../guard.ts';
import { admit, privateHeaders } from '../../access.ts';
import type { RequestHandler } from './$types';

/** The page was shown to somebody. What fetches links for a preview posts nothing. */
export const POST: RequestHandler = async (event) => {
	admit(event);
	const answer = await noteOpened(event.locals.backend, event.params.token, 'page');
	return answer.ok
		? new Response(null, { status: 204, headers: privateHeaders })
		: problemAnswer(answer.problem);
};
