import { log } from '#lib/backend/log.server.ts';
import type { Backend } from '#lib/backend/backend.server.ts';
import type { Tokens } from './session.server.ts';

/** Ends this browser's session with Supabase, so that its refresh token opens nothing any more. */
export async function endSession(
	backend: Backend,
	{ accessToken, refreshToken }: Partial<Tokens>
): Promise<void> {
	if (!accessToken || !refreshToken) return;
	const { auth } = backend.asAnonymous();
	const { error: unknown } = await auth.setSession({
		access_token: accessToken,
		refresh_token: refreshToken
	});
	if (unknown) return; // It has ended already.
	const { error } = await auth.signOut({ scope: 'local' });
	// The cookies go in any case; whoever copied the token before could still renew it, so it is worth a line.
	if (error) log.warn({ err: error }, 'sign-out: the session stays open');
}
