import { json } from '@sveltejs/kit';
import { sealInspection } from '#lib/record/sealInspection.server.ts';
import { problemAnswer, requireMember } from '../../../../guard.ts';
import { readJson } from '../../../../readJson.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
	requireMember(event, 'inspector', 'community_worker');
	const body = await readJson(event.request);
	if (!body.ok) return problemAnswer(body.problem);
	const { backend, client } = event.locals;
	const answer = await sealInspection(backend, client, body.value, event.params.id);
	return answer.ok ? json(answer.value) : problemAnswer(answer.problem);
};
