import type { Backend, Client } from '#lib/backend/backend.server.ts';
import { readAnswer } from '#lib/backend/answer.ts';
import { failure, success, type Result } from '#lib/problem.ts';
import type { Membership, Session } from './identity.ts';

/** The two tokens of a signed-in browser; they live in HttpOnly cookies and nowhere else. */
export interface Tokens {
	accessToken: string;
	/** Good for one renewal. */
	refreshToken: string;
}

export interface Who {
	session: Session;
	memberships: Membership[];
}

/** A token is renewed this long before it ends, so that it does not end under a request. */
const renewalMarginSeconds = 60;
/** Requests of one browser that still carry the used refresh token get the tokens it was used for. */
const renewedKeptMilliseconds = 60_000;
/** How long an answer of `whoAmI` may be used again. Rows are filtered by the database whatever it says. */
const whoKeptMilliseconds = 4_000;

const renewals = new Map<string, { tokens: Promise<Result<Tokens>>; until: number }>();
const known = new Map<string, { who: Promise<Result<Who>>; until: number }>();

/** Whether the token ends within the margin. Read without checking it: the database does that. */
export function needsRenewal(accessToken: string, now: number = Date.now()): boolean {
	const expiry = readExpiry(accessToken);
	return expiry === null || expiry - renewalMarginSeconds * 1000 <= now;
}

function readExpiry(accessToken: string): number | null {
	try {
		const claims = JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString()) as {
			exp?: unknown;
		};
		return typeof claims.exp === 'number' ? claims.exp * 1000 : null;
	} catch {
		return null; // Not a token of ours: as good as an ended one.
	}
}

/**
 * New tokens for a refresh token, asked for once per process however many requests carry it.
 * @returns `session.expired` when it was used before or ended; `backend.unavailable` when nobody answers.
 */
export function renewTokens(backend: Backend, refreshToken: string): Promise<Result<Tokens>> {
	forgetOld(renewals);
	const under = renewals.get(refreshToken);
	if (under) return under.tokens;
	const tokens = askForTokens(backend, refreshToken);
	renewals.set(refreshToken, { tokens, until: Date.now() + renewedKeptMilliseconds });
	// An outage must not be remembered as an answer.
	void tokens.then((result) => {
		if (!result.ok) renewals.delete(refreshToken);
	});
	return tokens;
}

async function askForTokens(backend: Backend, refreshToken: string): Promise<Result<Tokens>> {
	const { data, error } = await backend.asAnonymous().auth.refreshSession({ refresh_token: refreshToken });
	if (data.session) return success(tokensOf(data.session));
	return failure(isOutage(error) ? 'backend.unavailable' : 'session.expired');
}

export const tokensOf = (session: { access_token: string; refresh_token: string }): Tokens => ({
	accessToken: session.access_token,
	refreshToken: session.refresh_token
});

/** supabase-js tells outages by status 0 or 5xx. */
export const isOutage = (error: { status?: number | undefined } | null): boolean =>
	error !== null && (!error.status || error.status >= 500);

/**
 * Who holds this token, and their active memberships.
 * @returns `session.expired` for a token that the database does not take.
 */
export function whoAmI(client: Client, accessToken: string): Promise<Result<Who>> {
	forgetOld(known);
	const remembered = known.get(accessToken);
	if (remembered) return remembered.who;
	// The question is kept, not the answer: a page asks for ten things at once, and one question does for all.
	const who = askWho(client, accessToken).catch((error: unknown) => {
		known.delete(accessToken);
		throw error;
	});
	known.set(accessToken, { who, until: Date.now() + whoKeptMilliseconds });
	return who.then((result) => {
		if (!result.ok) known.delete(accessToken);
		return result;
	});
}

async function askWho(client: Client, accessToken: string): Promise<Result<Who>> {
	const answer = readAnswer<{ userId: string; email: string; memberships: Membership[] }>(
		await client.rpc('who_am_i')
	);
	if (!answer.ok) return answer;
	const { userId, email, memberships } = answer.value;
	return success({ session: { userId, email, accessToken }, memberships });
}

/** To be called after memberships changed: the next request of everybody asks again. */
export const forgetWho = (): void => known.clear();

function forgetOld(map: Map<string, { until: number }>): void {
	const now = Date.now();
	// Both maps are in the order of their ends, so the old ones stand first.
	for (const [key, { until }] of map) {
		if (until > now) return;
		map.delete(key);
	}
}
