import { json } from '@sveltejs/kit';
import { cosignInspection } from '#lib/record/cosign.server.ts';
import { problemAnswer, requireMember } from '../../../../guard.ts';
import { readJson } from '../../../../readJson.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
	requireMember(event, 'inspector');
	const body = await readJson(event.request);
	if (!body.ok) return problemAnswer(body.problem);
	const answer = await cosignInspection(event.locals.client, event.params.id, body.value);
	return answer.ok ? json({}) : problemAnswer(answer.problem);
};
