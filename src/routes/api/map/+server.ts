import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { readCommunities } from '#lib/area/boundary.server.ts';
import { readMapEnterprises } from '#lib/enterprise/enterprise.server.ts';
import type { MapContent } from '#lib/enterprise/mapEnterprise.ts';
import { requireMember } from '../../guard.ts';
import type { RequestHandler } from './$types';

const compress = promisify(gzip);

/** Every enterprise the asker may see, as packed rows, and the communities around them. An unchanged answer costs its tag only. */
export const GET: RequestHandler = async (event) => {
	requireMember(event);
	const { request, locals } = event;
	const [rows, communities] = await Promise.all([
		readMapEnterprises(locals.client),
		readCommunities(locals.client)
	]);
	const body = JSON.stringify({ ...rows, communities } satisfies MapContent);
	const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
	const headers = {
		etag,
		'content-type': 'application/json',
		'cache-control': 'private, no-cache',
		vary: 'accept-encoding, cookie'
	};
	if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers });
	if (!request.headers.get('accept-encoding')?.includes('gzip')) return new Response(body, { headers });
	return new Response(await compress(body, { level: 4 }), {
		headers: { ...headers, 'content-encoding': 'gzip' }
	});
};
