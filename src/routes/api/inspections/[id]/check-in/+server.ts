import { json } from '@sveltejs/kit';
import { z } from 'zod';
import { checkInSchema, uuid } from '#lib/inspection/inspection.ts';
import { postCheckIn } from '#lib/record/cosign.server.ts';
import { problemAnswer, requireMember } from '../../../../guard.ts';
import { readJson } from '../../../../readJson.ts';
import type { RequestHandler } from './$types';

const bodySchema = z.object({ enterpriseId: uuid, checkIn: checkInSchema });

/** The server's own time of the check-in, while there is a network; the visit goes on without it. */
export const POST: RequestHandler = async (event) => {
	requireMember(event, 'inspector', 'community_worker');
	const body = await readJson(event.request);
	if (!body.ok) return problemAnswer(body.problem);
	const parsed = bodySchema.safeParse(body.value);
	if (!parsed.success) {
		return problemAnswer({ code: 'request.invalid', path: parsed.error.issues[0]?.path.join('.') });
	}
	const { enterpriseId, checkIn } = parsed.data;
	const answer = await postCheckIn(event.locals.client, event.params.id, enterpriseId, checkIn);
	return answer.ok ? json(answer.value) : problemAnswer(answer.problem);
};
