import type { Cookies } from '@sveltejs/kit';
import type { Tokens } from '#lib/identity/session.server.ts';

const accessCookie = 'session';
const refreshCookie = 'renewal';
/** A browser that stays away this long signs in again; a phone that is used each week never does. */
const keptSeconds = 30 * 24 * 3600;

export function readTokens(cookies: Cookies): Partial<Tokens> {
	const [accessToken, refreshToken] = [cookies.get(accessCookie), cookies.get(refreshCookie)];
	return { ...(accessToken && { accessToken }), ...(refreshToken && { refreshToken }) };
}

/** Both are closed to scripts and to other sites; on https they never travel in the open. */
export function writeTokens(cookies: Cookies, url: URL, tokens: Tokens): void {
	const options = {
		path: '/',
		httpOnly: true,
		sameSite: 'lax',
		secure: url.protocol === 'https:',
		maxAge: keptSeconds
	} as const;
	cookies.set(accessCookie, tokens.accessToken, options);
	cookies.set(refreshCookie, tokens.refreshToken, options);
}

export function forgetTokens(cookies: Cookies): void {
	for (const name of [accessCookie, refreshCookie]) cookies.delete(name, { path: '/' });
}
