import { json } from '@sveltejs/kit';
import { z } from 'zod';
import { readLine, readLines } from '#lib/enterprise/mapIndex/mapLines.server.ts';
import { refuse, requireMember } from '../../../guard.ts';
import type { RequestHandler } from './$types';

const question = z.union([
	z.object({ id: z.uuid() }),
	z.object({ ordinal: z.coerce.number().int().positive() })
]);

/** How one enterprise stands, by `id` or by the `ordinal` that tiles call it; null when the asker may see none. */
export const GET: RequestHandler = async (event) => {
	requireMember(event);
	const asked = question.safeParse(Object.fromEntries(event.url.searchParams));
	if (!asked.success) refuse({ code: 'request.invalid', details: { field: 'id' } });
	const { client } = event.locals;
	const found =
		'id' in asked.data
			? await readLine(client, asked.data.id)
			: ((await readLines(client, [asked.data.ordinal]))[0] ?? null);
	return json(found, { headers: { 'cache-control': 'private, no-store' } });
};
