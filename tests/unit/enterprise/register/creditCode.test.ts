import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeCreditCode, readCreditCode } from '#lib/enterprise/register/creditCode.ts';

// Checksum-valid and fictional: no division has the code 000000.
const samples = ['91000000MA1T00013A', '91000000MA1T000215'];

const reasonOf = (text: string) => {
	const result = readCreditCode(text);
	return result.ok ? 'accepted' : result.problem.details?.reason;
};

describe('a credit code as typed', () => {
	test.each(samples)('%s is accepted as it stands', (code) => {
		expect(readCreditCode(code)).toEqual({ ok: true, value: code });
	});

	test.each([
		['lower case', '91000000ma1t00013a'],
		['full-width digits and letters', '９１００００００ＭＡ１Ｔ０００１３Ａ'],
		['spaces from a copied licence', ' 9100 0000 MA1T 0001 3A\n'],
		['dashes', '91-000000-MA1T00013-A'],
		['a byte order mark from a CSV', '\ufeff91000000MA1T00013A']
	])('%s is stored in its normal form', (_, typed) => {
		expect(readCreditCode(typed)).toEqual({ ok: true, value: samples[0] });
	});

	test.each([
		['nothing', '   ', 'empty'],
		['a registration number of before 2015', '330000000012345', 'old_registration_number'],
		['the same in full-width digits', '３３００００００００１２３４５', 'old_registration_number'],
		['a character missing', '91000000MA1T0001A', 'length'],
		['a character too many', '91000000MA1T000133A', 'length'],
		['the letter O for a zero', '91OOOOOOMA1T00013A', 'character'],
		['a Chinese character', '91000000MA1T0001三A', 'character'],
		['a wrong digit of the organisation code', '91000000MA1T00023A', 'organisation_check'],
		['a wrong last character', '91000000MA1T00013B', 'check'],
		['a wrong division digit', '91000001MA1T00013A', 'check']
	])('%s is refused with its reason', (_, typed, reason) => {
		expect(reasonOf(typed)).toBe(reason);
	});

	test('a refusal says where and what would have been right', () => {
		expect(readCreditCode('91000000MA1T00013B')).toMatchObject({
			ok: false,
			problem: {
				code: 'enterprise.credit_code',
				path: 'creditCode',
				details: { got: 'B', expected: 'A', position: 18 }
			}
		});
	});
});

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const character = fc.constantFrom(...alphabet);
const organisationBody = fc.array(character, { minLength: 8, maxLength: 8 }).map((parts) => parts.join(''));

test('whatever is made is accepted', () => {
	fc.assert(
		fc.property(organisationBody, (body) => {
			const code = makeCreditCode('91', '000000', body);
			expect(readCreditCode(code)).toEqual({ ok: true, value: code });
		})
	);
});

test('no single wrong character is ever accepted', () => {
	fc.assert(
		fc.property(organisationBody, fc.nat(17), character, (body, position, wrong) => {
			const code = makeCreditCode('91', '000000', body);
			fc.pre(code[position] !== wrong);
			expect(readCreditCode(code.slice(0, position) + wrong + code.slice(position + 1)).ok).toBe(false);
		})
	);
});

test('making a code from impossible parts is a programming error', () => {
	expect(() => makeCreditCode('91', '000000', 'short')).toThrow(/got "short"/);
	expect(() => makeCreditCode('91', 'OOOOOO', 'MA1T0001')).toThrow(/expected 17 characters/);
});
