import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestBackend, type TestBackend } from '../support/testBackend.ts';

const email = 'wang@example.cn';
const password = 'a long enough password';
let opened: TestBackend;
let userId: string;

beforeAll(async () => {
	opened = await openTestBackend();
	({ userId } = await opened.signUp(email, password));
});
afterAll(() => opened.close());

test('an account is signed in at once, without a mail', async () => {
	const { data, error } = await opened.backend.asAnonymous().auth.signInWithPassword({ email, password });
	expect(error).toBeNull();
	expect(data.user?.id).toBe(userId);
});

test('a wrong password and an unknown address get the same answer', async () => {
	const auth = opened.backend.asAnonymous().auth;
	const wrong = await auth.signInWithPassword({ email, password: 'not this one' });
	const unknown = await auth.signInWithPassword({ email: 'nobody@example.cn', password });
	expect(wrong.error?.code).toBe('invalid_credentials');
	expect(unknown.error?.code).toBe(wrong.error?.code);
	expect(unknown.error?.message).toBe(wrong.error?.message);
});

test('an address is taken only once', async () => {
	const { data, error } = await opened.backend.asAnonymous().auth.signUp({ email, password });
	expect(error).not.toBeNull();
	expect(data.session).toBeNull();
});

test('a token tells whose it is', async () => {
	const { data } = await opened.backend.asAnonymous().auth.signInWithPassword({ email, password });
	const token = data.session!.access_token;
	const auth = opened.backend.asAnonymous().auth;
	expect((await auth.getClaims(token)).data?.claims.sub).toBe(userId);
	expect((await auth.getUser(token)).data.user?.id).toBe(userId);
	expect((await auth.getUser(`${token.slice(0, -4)}AAAA`)).data.user).toBeNull();
});

test('a session is refreshed, and a used refresh token does not open a second one later', async () => {
	const { data } = await opened.backend.asAnonymous().auth.signInWithPassword({ email, password });
	const refresh_token = data.session!.refresh_token;
	const refreshed = await opened.backend.asAnonymous().auth.refreshSession({ refresh_token });
	expect(refreshed.error).toBeNull();
	expect(refreshed.data.user?.id).toBe(userId);
	expect(refreshed.data.session!.refresh_token).not.toBe(refresh_token);
});

test('after signing out the refresh token is dead', async () => {
	const client = opened.backend.asAnonymous();
	const { data } = await client.auth.signInWithPassword({ email, password });
	expect((await client.auth.signOut()).error).toBeNull();
	const again = await opened.backend
		.asAnonymous()
		.auth.refreshSession({ refresh_token: data.session!.refresh_token });
	expect(again.error).not.toBeNull();
});

test('one visitor’s client does not hold the session of another', async () => {
	await opened.backend.asAnonymous().auth.signInWithPassword({ email, password });
	expect((await opened.backend.asAnonymous().auth.getSession()).data.session).toBeNull();
});
