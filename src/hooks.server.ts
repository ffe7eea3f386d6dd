import { randomUUID } from 'node:crypto';
import type { Handle, HandleServerError, RequestEvent, ServerInit } from '@sveltejs/kit';
import { error } from '@sveltejs/kit';
import { building } from '$app/environment';
import { readBaseMap, referrerPolicy, withBaseMap, type BaseMap } from '#lib/area/baseMap.ts';
import { log } from '#lib/backend/log.server.ts';
import { needsRenewal, renewTokens, whoAmI } from '#lib/identity/session.server.ts';
import { localeCookie, resolveLocale } from '#lib/messages/index.ts';
import { problemStatus, type Problem } from '#lib/problem.ts';
import { openServer, serverBackend } from './commands/startUp.server.ts';
import { noteMiss } from './routes/o/access.ts';
import { forgetTokens, readTokens, writeTokens } from './routes/sessionCookies.ts';
import { textsLink } from './routes/textsLink.server.ts';
import { textsOf } from './routes/textsOf.ts';

let baseMap: BaseMap = { kind: 'none' };

export const init: ServerInit = async () => {
	if (building) return;
	const base = readBaseMap(process.env.BASE_MAP);
	if (!base.ok)
		throw new Error(
			`${base.problem.path}: got ${String(base.problem.details?.got)}, expected a base map as README.md has it`
		);
	baseMap = base.value;
	await openServer(process.env);
};

/** The camera and the position are the inspector's tools on our own pages; everything else stays shut. */
const securityHeaders = {
	'x-content-type-options': 'nosniff',
	'permissions-policy': 'geolocation=(self), camera=(self), microphone=(), payment=(), usb=()',
	'cross-origin-opener-policy': 'same-origin'
};

/** Pages without script need no texts to be fetched. */
const textsFor = ({ route, locals }: RequestEvent): string =>
	route.id?.startsWith('/t/') ? '' : textsLink(locals.locale, textsOf(route.id));

export const handle: Handle = async ({ event, resolve }) => {
	const { locals, cookies } = event;
	locals.locale = resolveLocale(cookies.get(localeCookie));
	locals.backend = serverBackend();
	locals.baseMap = baseMap;
	await identify(event);
	const response = await resolve(event, {
		transformPageChunk: ({ html }) =>
			html.replace('%lang%', locals.locale).replace('%texts%', textsFor(event))
	});
	noteMiss(event, response);
	for (const [name, value] of Object.entries(securityHeaders)) response.headers.set(name, value);
	response.headers.set('referrer-policy', referrerPolicy(baseMap));
	const policy = response.headers.get('content-security-policy');
	if (policy) response.headers.set('content-security-policy', withBaseMap(policy, baseMap));
	// What a page says depends on who asks: no cache between us may keep it.
	if (locals.session && !response.headers.has('cache-control'))
		response.headers.set('cache-control', 'private, no-cache');
	return response;
};

/** Fills the locals from the cookies: session, memberships, and the client that asks in the person's own name. */
async function identify(event: RequestEvent): Promise<void> {
	const { locals, cookies } = event;
	const { backend } = locals;
	locals.session = null;
	locals.memberships = [];
	const accessToken = await currentToken(event);
	locals.client = accessToken ? backend.asUser(accessToken) : backend.asAnonymous();
	if (!accessToken) return;
	const who = await whoAmI(locals.client, accessToken);
	if (who.ok) return void Object.assign(locals, who.value);
	if (who.problem.code === 'backend.unavailable') unavailable(who.problem);
	forgetTokens(cookies);
	locals.client = backend.asAnonymous();
}

/** The access token, renewed when it is about to end; null when nobody is signed in (any more). */
async function currentToken({ locals, cookies, url }: RequestEvent): Promise<string | null> {
	const { accessToken, refreshToken } = readTokens(cookies);
	if (accessToken && !needsRenewal(accessToken)) return accessToken;
	if (!refreshToken) return null;
	const renewed = await renewTokens(locals.backend, refreshToken);
	if (renewed.ok) {
		writeTokens(cookies, url, renewed.value);
		return renewed.value.accessToken;
	}
	// An outage must not sign anybody out.
	if (renewed.problem.code === 'backend.unavailable') unavailable(renewed.problem);
	forgetTokens(cookies);
	return null;
}

function unavailable(problem: Problem): never {
	error(problemStatus[problem.code], { message: problem.code, problem });
}

/** What nobody expected: the log gets everything, the person a reference to it. */
export const handleError: HandleServerError = ({ error: cause, event, status, message }) => {
	if (status === 404) return { message, problem: { code: 'not_found' } };
	const reference = randomUUID().slice(0, 8);
	log.error({ reference, status, method: event.request.method, route: event.route.id, err: cause }, message);
	return { message, reference };
};
