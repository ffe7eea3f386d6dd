import { json } from '@sveltejs/kit';
import { eventReader } from '#lib/live/eventReader.server.ts';
import { sealCorrection } from '#lib/record/correction/sealCorrection.server.ts';
import { problemAnswer, requireMember } from '../../../../guard.ts';
import { readJson } from '../../../../readJson.ts';
import type { RequestHandler } from './$types';

/** 更正 of a sealed visit: `{id}` is the visit's. */
export const POST: RequestHandler = async (event) => {
	requireMember(event, 'inspector', 'community_worker', 'leader');
	const body = await readJson(event.request);
	if (!body.ok) return problemAnswer(body.problem);
	const { backend, client } = event.locals;
	const answer = await sealCorrection(backend, client, body.value, event.params.id);
	if (!answer.ok) return problemAnswer(answer.problem);
	eventReader(backend).poke();
	return json(answer.value);
};
