import { describe, expect, it } from 'vitest';
import { loadTranslate, type MessageKey } from '#lib/messages/index.ts';
import { fault as texts } from '#lib/messages/zh-CN/fault.ts';
import { faultTexts, loadPack, parsePack, type FaultReason } from '#scoring';
import { fault } from '../../../scoring/value/fault.ts';
import { streetBaseText } from '../scoring/packs.ts';

const reasons = Object.keys(faultTexts) as FaultReason[];
const english = await loadTranslate('en');
const chinese = await loadTranslate('zh-CN');

/** What a reason names, each with a value that is its own name. */
const named = (reason: FaultReason) =>
	Object.fromEntries([...faultTexts[reason].matchAll(/\{(\w+)\}/g)].map(([, name]) => [name, name!]));

describe('what the engine refuses', () => {
	it.each(reasons)('%s is said in Chinese, and in English as the command line says it', (reason) => {
		const { message, parameters } = fault(reason, named(reason));
		expect(english(`fault.${reason}`, parameters)).toBe(message);
		const text = chinese(`fault.${reason}`, parameters);
		expect(text).toMatch(/[\u4e00-\u9fff]/);
		expect(text).not.toMatch(/undefined|''/);
	});

	it('no text is left over', () => {
		const keys = Object.keys(texts);
		expect(keys.sort()).toEqual(reasons.map((reason) => `fault.${reason}`).sort());
	});

	it('a file with mistakes of every sort is refused with nothing but known reasons', () => {
		const text = streetBaseText
			.replace('from: 6\n', 'from: 7\n')
			.replace('below: 12\n', 'below: 12\n    unexpected: 1\n')
			.replace("code: '1.2'", 'code: 1.2')
			.replace('people: 2', 'people: 0');
		const outcomes = [parsePack(text), parsePack('a: [1'), loadPack({ format: 'x' })];
		for (const outcome of outcomes) {
			if (outcome.ok) throw new Error('got a pack, expected a refusal');
			expect(outcome.problems.length).toBeGreaterThan(0);
			for (const { reason, parameters } of outcome.problems)
				expect(chinese(`fault.${reason}` as MessageKey, parameters)).toMatch(/[\u4e00-\u9fff]/);
		}
	});
});
