import { redirect } from '@sveltejs/kit';
import { forgetWho } from '#lib/identity/session.server.ts';
import { endSession } from '#lib/identity/signOut.server.ts';
import { forgetTokens, readTokens } from '../sessionCookies.ts';
import type { RequestHandler } from './$types';

/** A POST only: a link or a picture on another page must not sign anybody out. */
export const POST: RequestHandler = async ({ locals, cookies }) => {
	await endSession(locals.backend, readTokens(cookies));
	forgetWho();
	forgetTokens(cookies);
	redirect(303, '/sign-in');
};
