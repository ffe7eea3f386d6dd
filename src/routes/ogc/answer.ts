import type { RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { collectionIds, keyFrom, RequestLimit, type CollectionId } from '#lib/interop/apiKey.ts';
import { hashKey } from '#lib/interop/apiKey.server.ts';
import { mediaTypes } from '#lib/interop/ogc.ts';
import { unknownParameter } from '#lib/interop/ogcQuery.ts';
import type { Problem } from '#lib/problem.ts';

/** Where the API lies, without a slash at its end. */
export const baseOf = ({ url }: Pick<RequestEvent, 'url'>): string => `${url.origin}/ogc`;

/** What a program is told when it asked wrongly (/req/core/http, schema exception.yaml). */
export function exception(
	status: number,
	code: string,
	description: string,
	headers: HeadersInit = {}
): Response {
	return new Response(JSON.stringify({ code, description }), {
		status,
		headers: { 'content-type': mediaTypes.json, 'cache-control': 'no-store', ...headers }
	});
}

export const answer = (body: object, type: string = mediaTypes.json): Response =>
	new Response(JSON.stringify(body), {
		headers: { 'content-type': type, 'cache-control': 'private, no-cache' }
	});

const noKey = (description: string) =>
	exception(401, 'Unauthorized', description, {
		'www-authenticate': 'Basic realm="mingcha", Bearer realm="mingcha"'
	});

/** What the database refused, in the words of HTTP. */
export const refusal = ({ code }: Problem): Response =>
	code === 'api_key.unknown'
		? noKey('The key is unknown, revoked or over.')
		: exception(404, 'NotFound', 'The key opens no such collection.');

const limit = new RequestLimit();

/** The hash of the key that a request brings, or the answer to one without, or with too many requests. */
export function keyOf({ request }: Pick<RequestEvent, 'request'>): string | Response {
	const key = keyFrom(request.headers);
	if (key === null) return noKey('Send the key as Bearer, X-API-Key, or as the password of Basic.');
	const hash = hashKey(key);
	const wait = limit.take(hash, Date.now());
	return wait === 0
		? hash
		: exception(429, 'TooManyRequests', `Wait ${wait} s.`, { 'retry-after': String(wait) });
}

/** For what takes no parameters. */
export function faultyParameter({ url }: Pick<RequestEvent, 'url'>): Response | null {
	const fault = unknownParameter(url.searchParams, []);
	return fault && exception(400, 'InvalidParameterValue', fault.fault);
}

export const collectionFrom = (name: string): CollectionId | null =>
	collectionIds.find((id) => id === name) ?? null;

export const notFound = (what: string): Response => exception(404, 'NotFound', `There is no ${what}.`);

export const isFeatureId = (text: string): boolean => z.uuid().safeParse(text).success;
