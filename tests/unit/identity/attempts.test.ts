import { expect, it } from 'vitest';
import { Attempts } from '#lib/identity/attempts.ts';

const minute = 60_000;
const fail = (attempts: Attempts, times: number, key = 'wang') => {
	for (let at = 0; at < times; at++) attempts.noteFailure(key, at * 1000);
};

it('four failures do not keep anybody waiting', () => {
	const attempts = new Attempts();
	fail(attempts, 4);
	expect(attempts.waitMinutes('wang', 5000)).toBe(0);
});

it('the fifth makes the account wait until the first is ten minutes old, and nobody else', () => {
	const attempts = new Attempts();
	fail(attempts, 5);
	expect(attempts.waitMinutes('wang', 4000)).toBe(10);
	expect(attempts.waitMinutes('wang', 9.5 * minute)).toBe(1);
	expect(attempts.waitMinutes('wang', 10 * minute)).toBe(0);
	expect(attempts.waitMinutes('li', 4000)).toBe(0);
});

it('where more failures are allowed, more are waited for', () => {
	const attempts = new Attempts(7);
	fail(attempts, 6);
	expect(attempts.waitMinutes('wang', 6000)).toBe(0);
	fail(attempts, 1);
	expect(attempts.waitMinutes('wang', 6000)).toBe(10);
});

it('a right password forgets the failures', () => {
	const attempts = new Attempts();
	fail(attempts, 5);
	attempts.forget('wang');
	expect(attempts.waitMinutes('wang', 5000)).toBe(0);
});

it('many invented names do not free the one under attack while it is still tried', () => {
	const attempts = new Attempts();
	fail(attempts, 5);
	for (let n = 0; n < 9_000; n++) attempts.noteFailure(`name ${n}`, 6000);
	expect(attempts.waitMinutes('wang', 7000)).toBe(10);
});
