import { json } from '@sveltejs/kit';
import { z } from 'zod';
import { removeDevices, saveDevice } from '#lib/plan/notice/ownNotices.server.ts';
import { channelsFrom } from '../../../notices/channels.ts';
import { isPushAddress, pushSubscriptionSchema } from '#lib/plan/notice/pushAddress.ts';
import { failure, success, type Result } from '#lib/problem.ts';
import { problemAnswer, requireMember } from '../../../guard.ts';
import { readJson } from '../../../readJson.ts';
import type { RequestHandler } from './$types';

async function readBody<Schema extends z.ZodType>(
	request: Request,
	schema: Schema
): Promise<Result<z.infer<Schema>>> {
	const body = await readJson(request);
	if (!body.ok) return body;
	const parsed = schema.safeParse(body.value);
	if (parsed.success) return success(parsed.data);
	return failure('request.invalid', undefined, parsed.error.issues[0]?.path.join('.'));
}

/** What the browser's push service gave it; one that is none we know of is refused. */
export const POST: RequestHandler = async (event) => {
	requireMember(event, 'principal', 'inspector');
	const body = await readBody(event.request, pushSubscriptionSchema);
	if (!body.ok) return problemAnswer(body.problem);
	if (!isPushAddress(body.value.endpoint, channelsFrom(process.env).push?.hosts))
		return problemAnswer({ code: 'notice.push_service' });
	const saved = await saveDevice(event.locals.client, body.value);
	return saved.ok ? json({}) : problemAnswer(saved.problem);
};

export const DELETE: RequestHandler = async (event) => {
	requireMember(event);
	const body = await readBody(event.request, z.object({ endpoint: z.string().min(1).max(1000) }));
	if (!body.ok) return problemAnswer(body.problem);
	const removed = await removeDevices(event.locals.client, body.value.endpoint);
	return removed.ok ? json({}) : problemAnswer(removed.problem);
};
