import { json } from '@sveltejs/kit';
import { problemAnswer } from '../../guard.ts';
import { screenOf } from '../../screen/screenOf.ts';
import type { RequestHandler } from './$types';

/** Everything on the wall screen, as of now. */
export const GET: RequestHandler = async (event) => {
	const screen = await screenOf(event);
	return screen.ok
		? json(screen.value, { headers: { 'cache-control': 'no-store' } })
		: problemAnswer(screen.problem);
};
