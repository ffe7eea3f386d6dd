import { json } from '@sveltejs/kit';
import { offerForCosigning, withdrawOffer } from '#lib/record/cosign.server.ts';
import { problemAnswer, requireMember } from '../../../../guard.ts';
import { readJson } from '../../../../readJson.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
	requireMember(event, 'inspector');
	const body = await readJson(event.request);
	if (!body.ok) return problemAnswer(body.problem);
	const answer = await offerForCosigning(event.locals.client, body.value);
	return answer.ok ? json(answer.value) : problemAnswer(answer.problem);
};

/** The first inspector takes the draft back. */
export const DELETE: RequestHandler = async (event) => {
	requireMember(event, 'inspector');
	const answer = await withdrawOffer(event.locals.client, event.params.id);
	return answer.ok ? json({}) : problemAnswer(answer.problem);
};
