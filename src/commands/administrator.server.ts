import { createHmac } from 'node:crypto';
import type { Backend, Client, EmbeddedBackend } from '#lib/backend/backend.server.ts';
import { failure, success, type Result } from '#lib/problem.ts';

/** An import takes seconds; the token of a command ends soon after. */
const tokenSeconds = 15 * 60;

/**
 * A client that acts as an administrator, with their own token, so that row-level security and the audit hold for
 * commands too: signed in with `MINGCHA_EMAIL` and `MINGCHA_PASSWORD`, else, on a folder of this machine, as its
 * first administrator. The latter gives nothing away: whoever may read the folder's keys can sign any token.
 * @returns `session.missing` when a remote backend got no account, `folder.no_administrator` when there is none yet.
 */
export async function actAsAdministrator(
	backend: Backend,
	{ MINGCHA_EMAIL: email, MINGCHA_PASSWORD: password }: NodeJS.ProcessEnv,
	purpose: string
): Promise<Result<Client>> {
	if (email && password) {
		const { data } = await backend.asAnonymous().auth.signInWithPassword({ email, password });
		return data.session
			? success(backend.asUser(data.session.access_token))
			: failure('session.wrong_password');
	}
	if (backend.kind === 'remote') return failure('session.missing');
	const [first] = await backend.sql<{ user_id: string; scope: string }>(
		`select user_id, scope from public.memberships where role = 'administrator' and ended_at is null
		order by length(scope), created_at limit 1`
	);
	if (!first) return failure('folder.no_administrator');
	await backend.sql(`select app.audit($1, 'command.run', $2, true, $3, null)`, [
		first.user_id,
		purpose,
		first.scope
	]);
	return success(backend.asUser(mintToken(backend, first.user_id)));
}

function mintToken({ keys }: EmbeddedBackend, userId: string): string {
	const issuedAt = Math.floor(Date.now() / 1000);
	const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
	const claims = {
		sub: userId,
		role: 'authenticated',
		aud: 'authenticated',
		iat: issuedAt,
		exp: issuedAt + tokenSeconds
	};
	const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
	return `${signed}.${createHmac('sha256', keys.jwtSecret).update(signed).digest('base64url')}`;
}
