import { describe, expect, it } from 'vitest';
import { checkPassword, samplePassword } from '#lib/identity/password.ts';

describe('a new password', () => {
	it.each([
		['nine characters', 'Abc-12345', 'wang@example.cn'],
		['letters of one kind only', 'abcdefghijkl', 'wang@example.cn'],
		['digits only', '123456789012', 'wang@example.cn'],
		['the same few characters', 'aaaa1111aaaa', 'wang@example.cn'],
		['the account’s own name in it', 'xx-WangFang-2026', 'wangfang@example.cn'],
		['the printed sample', samplePassword, 'wang@example.cn']
	])('is refused with %s', (_, password, email) => {
		const checked = checkPassword(password, email);
		expect(checked.ok).toBe(false);
		expect(!checked.ok && checked.problem).toEqual({ code: 'password.too_weak', path: 'password' });
	});

	it('is refused when part of it would be ignored (bcrypt reads 72 bytes)', () => {
		const checked = checkPassword('安全'.repeat(13) + 'ab-12', 'wang@example.cn');
		expect(!checked.ok && checked.problem.code).toBe('request.invalid');
	});

	it.each(['Quiet-river-77', 'quiet river 77', '安静的河流在山下 7'])('may be “%s”', (password) => {
		expect(checkPassword(password, 'wang@example.cn').ok).toBe(true);
	});

	it('may contain a name of two letters, which stands in many words', () => {
		expect(checkPassword('little-river-7', 'li@example.cn').ok).toBe(true);
	});
});
