import { z } from 'zod';
import type { Backend } from '#lib/backend/backend.server.ts';
import { failure, success, type Result } from '#lib/problem.ts';
import { checkPassword } from './password.ts';
import { isOutage, tokensOf, type Tokens } from './session.server.ts';
import { signIn, type SignInFrom } from './signIn.server.ts';

/** `current` is what the account opens with now, `password` what it is to open with. */
export const passwordChangeSchema = z.object({
	current: z.string().min(1).max(200),
	password: z.string().min(1).max(200)
});
export type PasswordChange = z.infer<typeof passwordChangeSchema>;

/**
 * Another password for one's own account. Whoever finds a signed-in phone does not know the current one; guessing
 * it is limited and audited as signing in is. No other session of the account can be renewed: it ends
 * with its access token, within the hour.
 * @returns tokens of a new session, or what is wrong, with the field as its path.
 */
export async function changePassword(
	backend: Backend,
	email: string,
	{ current, password }: PasswordChange,
	from: SignInFrom
): Promise<Result<Tokens>> {
	if (password === current) return failure('password.unchanged', undefined, 'password');
	const checked = checkPassword(password, email);
	if (!checked.ok) return checked;
	const signedIn = await signIn(backend, { email, password: current }, from);
	if (!signedIn.ok) return { ok: false, problem: { ...signedIn.problem, path: 'current' } };
	const { accessToken: access_token, refreshToken: refresh_token } = signedIn.value;
	const { auth } = backend.asAnonymous();
	const { data, error } = await auth.setSession({ access_token, refresh_token });
	const changed = error ?? (await auth.updateUser({ password })).error;
	if (changed) {
		if (isOutage(changed)) return failure('backend.unavailable');
		throw new Error(`changePassword: got ${changed.code}, expected a session just made to change it`);
	}
	const ended = (await auth.signOut({ scope: 'others' })).error;
	if (ended) throw new Error(`changePassword: got ${ended.code}, expected the other sessions to end`);
	return success(tokensOf(data.session!));
}
