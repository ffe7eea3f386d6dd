import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { followCode, readFollowCode } from '#lib/plan/tipoff/tipoff.ts';

test('a code is read however it was copied down, and nothing else is taken for one', () => {
	const code = followCode(randomBytes(64));
	expect(readFollowCode(code)).toBe(code);
	expect(readFollowCode(` ${code.toLowerCase().replaceAll('-', ' ')} `)).toBe(code);
	for (const text of ['', code.slice(1), `${code}A`, code.replace(/^./, '0'), '查询码'])
		expect(readFollowCode(text)).toBeNull();
});

test('every letter is as likely as any other', () => {
	const counts = new Map<string, number>();
	for (let turn = 0; turn < 2_000; turn++)
		for (const letter of followCode(randomBytes(64)).replaceAll('-', ''))
			counts.set(letter, (counts.get(letter) ?? 0) + 1);
	expect(counts.size).toBe(30);
	const expected = (2_000 * 12) / 30;
	for (const count of counts.values()) expect(Math.abs(count - expected)).toBeLessThan(expected * 0.25);
});

test('bytes that hold no code are refused', () =>
	expect(() => followCode(new Uint8Array(64).fill(255))).toThrow(/got bytes for 0 letters/));
