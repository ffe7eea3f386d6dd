import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changePassword } from '#lib/identity/changePassword.server.ts';
import { needsRenewal, renewTokens, whoAmI, type Tokens } from '#lib/identity/session.server.ts';
import { signIn } from '#lib/identity/signIn.server.ts';
import { endSession } from '#lib/identity/signOut.server.ts';
import { samplePassword } from '#lib/identity/password.ts';
import { openTestBackend, type TestBackend } from '../support/testBackend.ts';
import { invited, makePlace, type Actor, type Place } from './support.ts';

let opened: TestBackend;
let place: Place;
let inspector: Actor;
const email = 'inspector@example.cn';
const password = 'a long enough password';
const from = (address: string, allowsSamplePassword = false) => ({ address, allowsSamplePassword });
const codeOf = (result: { ok: boolean; problem?: { code: string } }) =>
	result.ok ? 'ok' : result.problem!.code;

beforeAll(async () => {
	opened = await openTestBackend();
	place = await makePlace(opened);
	inspector = await invited(opened, place.administrator, email, { role: 'inspector', scope: '0001' });
});
afterAll(() => opened.close());

async function signedIn(): Promise<Tokens> {
	const result = await signIn(opened.backend, { email, password }, from('192.0.2.1'));
	if (!result.ok) throw new Error(result.problem.code);
	return result.value;
}

describe('signing in', () => {
	test('an unknown address and a wrong password are told the same', async () => {
		const unknown = await signIn(opened.backend, { email: 'nobody@example.cn', password }, from('192.0.2.2'));
		const wrong = await signIn(opened.backend, { email, password: 'not this one' }, from('192.0.2.2'));
		expect(unknown).toEqual({ ok: false, problem: { code: 'session.wrong_password' } });
		expect(wrong).toEqual(unknown);
	});

	test('after five failures from one place even the right password waits there, and only there', async () => {
		const attempt = (word: string, address: string) =>
			signIn(opened.backend, { email, password: word }, from(address));
		for (let n = 0; n < 5; n++)
			expect(codeOf(await attempt('guess', '203.0.113.5'))).toBe('session.wrong_password');
		expect(await attempt(password, '203.0.113.5')).toEqual({
			ok: false,
			problem: { code: 'session.too_many_attempts', details: { minutes: 10 } }
		});
		expect(codeOf(await attempt(password, '203.0.113.6'))).toBe('ok');
	});

	test('the printed password opens nothing from elsewhere', async () => {
		await opened.signUp('sample@example.cn', samplePassword);
		const attempt = (allows: boolean) =>
			signIn(
				opened.backend,
				{ email: 'sample@example.cn', password: samplePassword },
				from('192.0.2.3', allows)
			);
		expect(codeOf(await attempt(false))).toBe('session.sample_password');
		expect(codeOf(await attempt(true))).toBe('ok');
	});

	test('every attempt is audited, with a masked account, for the administrator of that account', async () => {
		await signedIn();
		const rows = await opened.sql<{ user_id: string; succeeded: boolean; scope: string; details: object }>(
			`select user_id, succeeded, scope, details from public.audit_log where action = 'session.sign_in' and details->>'address' = '192.0.2.1' order by id desc limit 1`
		);
		expect(rows).toEqual([
			{
				user_id: inspector.userId,
				succeeded: true,
				scope: '0001',
				details: { account: 'i***@example.cn', address: '192.0.2.1' }
			}
		]);
		const failed = await opened.sql<{ reason: string; scope: string }>(
			`select details->>'reason' as reason, scope from public.audit_log where details->>'account' = 'n***@example.cn'`
		);
		expect(failed).toEqual([{ reason: 'session.wrong_password', scope: '' }]);
		const { data } = await inspector.client.from('audit_log').select('id');
		expect(data).toEqual([]);
	});

	test('users cannot write the audit themselves', async () => {
		const forged = { p_email: email, p_succeeded: true, p_reason: '', p_address: '' };
		expect((await inspector.client.rpc('note_sign_in', forged)).error?.code).toBe('42501');
	});
});

describe('a session', () => {
	test('says who somebody is and what they may do', async () => {
		const who = await whoAmI(inspector.client, inspector.accessToken);
		expect(who).toMatchObject({
			ok: true,
			value: {
				session: { userId: inspector.userId, email },
				memberships: [
					{ role: 'inspector', scope: '0001', agencyName: '示例街道安全办', placeName: '示例0001' }
				]
			}
		});
	});

	test('with a forged or broken token is none', async () => {
		for (const token of [`${inspector.accessToken.slice(0, -6)}AAAAAA`, 'not a token'])
			expect(await whoAmI(opened.backend.asUser(token), token)).toEqual({
				ok: false,
				problem: { code: 'session.expired' }
			});
	});

	test('is renewed shortly before its token ends, and at once when it is no token', () => {
		const token = (seconds: number) =>
			`x.${Buffer.from(JSON.stringify({ exp: seconds })).toString('base64url')}.x`;
		expect(needsRenewal(token(1000), 900_000)).toBe(false);
		expect(needsRenewal(token(1000), 941_000)).toBe(true);
		expect(needsRenewal('nonsense')).toBe(true);
	});

	test('of one browser that asks ten times at once is renewed once, and none of the ten is signed out', async () => {
		const { refreshToken } = await signedIn();
		const renewed = await Promise.all(
			Array.from({ length: 10 }, () => renewTokens(opened.backend, refreshToken))
		);
		const [first] = renewed;
		if (!first?.ok) throw new Error('expected tokens');
		expect(first.value.refreshToken).not.toBe(refreshToken);
		for (const one of renewed) expect(one).toEqual(first);
		// A request that was under way still carries the old one.
		expect(await renewTokens(opened.backend, refreshToken)).toEqual(first);
		expect(codeOf(await renewTokens(opened.backend, first.value.refreshToken))).toBe('ok');
	});

	test('that was ended cannot be renewed', async () => {
		const tokens = await signedIn();
		await endSession(opened.backend, tokens);
		expect(codeOf(await renewTokens(opened.backend, tokens.refreshToken))).toBe('session.expired');
		expect(codeOf(await renewTokens(opened.backend, 'never-issued'))).toBe('session.expired');
	});
});

describe('changing the password', () => {
	const other = 'worker@example.cn';
	const next = 'another long password 2';
	const attempt = (current: string, wanted: string) =>
		changePassword(opened.backend, other, { current, password: wanted }, from('192.0.2.9'));
	const opens = async (word: string) =>
		codeOf(await signIn(opened.backend, { email: other, password: word }, from('192.0.2.8')));

	test('takes the current one, and another that is good enough; refused, the old one stays', async () => {
		await invited(opened, place.administrator, other, { role: 'inspector', scope: '0001' });
		const refused: [string, string, string, string][] = [
			['not this one', next, 'session.wrong_password', 'current'],
			[password, password, 'password.unchanged', 'password'],
			[password, 'short', 'password.too_weak', 'password'],
			[password, samplePassword, 'password.too_weak', 'password']
		];
		for (const [current, wanted, code, path] of refused)
			expect(await attempt(current, wanted)).toMatchObject({ ok: false, problem: { code, path } });
		expect(await opens(password)).toBe('ok');
		expect(await opens(next)).toBe('session.wrong_password');
	});

	test('ends every other session; the new one goes on', async () => {
		const lost = await signIn(opened.backend, { email: other, password }, from('192.0.2.7'));
		const changed = await attempt(password, next);
		if (!lost.ok || !changed.ok) throw new Error('expected both to be signed in');
		expect(await opens(password)).toBe('session.wrong_password');
		expect(await opens(next)).toBe('ok');
		expect(codeOf(await renewTokens(opened.backend, lost.value.refreshToken))).toBe('session.expired');
		const { accessToken } = changed.value;
		expect(codeOf(await whoAmI(opened.backend.asUser(accessToken), accessToken))).toBe('ok');
	});
});
