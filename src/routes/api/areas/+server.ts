import { createHash } from 'node:crypto';
import { areaLevels } from '#lib/area/areaLevel.ts';
import { readBoundaries } from '#lib/area/boundary.server.ts';
import { refuse, requireMember } from '../../guard.ts';
import type { RequestHandler } from './$types';

/** Boundaries of one level that the asker may see, as GeoJSON (WGS-84). An unchanged answer costs its tag only. */
export const GET: RequestHandler = async (event) => {
	requireMember(event);
	const level = areaLevels.find((each) => each === event.url.searchParams.get('level'));
	if (!level) refuse({ code: 'request.invalid', details: { field: 'level' } });
	const body = JSON.stringify(await readBoundaries(event.locals.client, level));
	const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
	const headers = {
		etag,
		'content-type': 'application/geo+json',
		'cache-control': 'private, no-cache',
		vary: 'cookie'
	};
	return event.request.headers.get('if-none-match') === etag
		? new Response(null, { status: 304, headers })
		: new Response(body, { headers });
};
