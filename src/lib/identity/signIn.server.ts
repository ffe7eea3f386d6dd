import { readAnswer } from '#lib/backend/answer.ts';
import type { Backend } from '#lib/backend/backend.server.ts';
import { failure, success, type Problem, type Result } from '#lib/problem.ts';
import { Attempts } from './attempts.ts';
import type { Credentials } from './credentials.ts';
import { isSamplePassword } from './password.ts';
import { isOutage, tokensOf, type Tokens } from './session.server.ts';

const attempts = new Attempts();

export interface SignInFrom {
	/** Of the visitor, as the server sees it. */
	address: string;
	/** Whether the printed password opens the sample accounts from there. */
	allowsSamplePassword: boolean;
}

/**
 * Tokens for an address and a password. Each attempt is audited; a wrong password and an unknown address get
 * the same answer, so that nobody can find out who has an account.
 */
export async function signIn(
	backend: Backend,
	{ email, password }: Credentials,
	{ address, allowsSamplePassword }: SignInFrom
): Promise<Result<Tokens>> {
	const key = `${email}\n${address}`;
	const minutes = attempts.waitMinutes(key, Date.now());
	const result = minutes
		? failure('session.too_many_attempts', { minutes })
		: isSamplePassword(password) && !allowsSamplePassword
			? failure('session.sample_password')
			: await askForSession(backend, { email, password });
	if (result.ok) attempts.forget(key);
	else if (result.problem.code === 'session.wrong_password') attempts.noteFailure(key, Date.now());
	await noteSignIn(backend, email, address, result.ok ? null : result.problem);
	return result;
}

async function askForSession(backend: Backend, credentials: Credentials): Promise<Result<Tokens>> {
	const { data, error } = await backend.asAnonymous().auth.signInWithPassword(credentials);
	if (data.session) return success(tokensOf(data.session));
	if (isOutage(error)) return failure('backend.unavailable');
	// Supabase limits attempts itself, across all our processes.
	return failure(error?.status === 429 ? 'session.too_many_attempts' : 'session.wrong_password');
}

async function noteSignIn(
	backend: Backend,
	email: string,
	address: string,
	problem: Problem | null
): Promise<void> {
	if (problem?.code === 'backend.unavailable') return; // There is nobody to write it.
	readAnswer(
		await backend.asService('sign-ins').rpc('note_sign_in', {
			p_email: email,
			p_succeeded: !problem,
			p_reason: problem?.code ?? (null as unknown as string),
			p_address: address
		})
	);
}

/** Addresses of this machine itself. */
export const isLoopbackAddress = (address: string): boolean => /^(::ffff:)?127\.|^::1$/.test(address);

/** Names of this machine itself, as `URL.hostname` gives them. */
export const isLoopbackHost = (hostname: string): boolean =>
	hostname === 'localhost' ||
	hostname.endsWith('.localhost') ||
	hostname === '[::1]' ||
	/^127\./.test(hostname);
