import { failure, success, type Result } from '#lib/problem.ts';

/** 统一社会信用代码 (GB 32100-2015): 1 登记管理部门 + 1 机构类别 + 6 区划 + 9 主体标识 + 1 校验码. */
export const creditCodeLength = 18;

/** GB 32100-2015 table 2: no I, O, S, V, Z, which are easily misread. A character's value is its place here. */
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
/** GB 32100-2015 table 3: 3^(i−1) mod 31. */
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
/** GB 11714-1997: the organisation code inside (positions 9–17), 8 characters of 0–9 A–Z and its own check. */
const organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2];
const organisationStart = 8;
const organisationBodyLength = organisationWeights.length;

/** Why a code is refused; goes out as `details.reason` of the problem `enterprise.credit_code`. */
export type CreditCodeFault =
	'empty' | 'old_registration_number' | 'length' | 'character' | 'organisation_check' | 'check';

const refuse = (reason: CreditCodeFault, details: Record<string, string | number> = {}) =>
	failure('enterprise.credit_code', { reason, ...details }, 'creditCode');

/** What people type is folded to how it is stored: full-width to half-width, upper case, no spaces or dashes. */
const normalise = (text: string): string =>
	text
		.normalize('NFKC')
		.replace(/[\s\u200b\ufeff-]/g, '')
		.toUpperCase();

function invalidCharacterAt(text: string): number {
	for (let i = 0; i < text.length; i++) if (!alphabet.includes(text[i]!)) return i;
	return -1;
}

/** Check character of the first 17 characters: alphabet[(31 − Σ mod 31) mod 31]. */
export function creditCodeCheck(body: string): string {
	if (body.length !== weights.length || invalidCharacterAt(body) >= 0) {
		throw new RangeError(`creditCodeCheck: got "${body}", expected 17 characters of ${alphabet}`);
	}
	const sum = weights.reduce((total, weight, i) => total + weight * alphabet.indexOf(body[i]!), 0);
	return alphabet[(31 - (sum % 31)) % 31]!;
}

/** Check character of an 8-character organisation code body: 11 − Σ mod 11, where 10 is X and 11 is 0. */
export function organisationCodeCheck(body: string): string {
	if (!/^[0-9A-Z]{8}$/.test(body)) {
		throw new RangeError(`organisationCodeCheck: got "${body}", expected 8 characters of 0-9 A-Z`);
	}
	const sum = organisationWeights.reduce((total, weight, i) => total + weight * parseInt(body[i]!, 36), 0);
	const check = 11 - (sum % 11);
	return check === 10 ? 'X' : check === 11 ? '0' : String(check);
}

/**
 * A whole code from its parts: category (2, e.g. `91`), division (6) and the first 8 characters of the
 * organisation code; both check characters are computed. Throws on characters outside the alphabet.
 */
export function makeCreditCode(category: string, division: string, organisationBody: string): string {
	const body = category + division + organisationBody + organisationCodeCheck(organisationBody);
	return body + creditCodeCheck(body);
}

/**
 * Reads a code as a person typed it or a file carries it. Success gives the normalised 18 characters; failure
 * is `enterprise.credit_code` with `details.reason` (see {@link CreditCodeFault}) and what was expected.
 */
export function readCreditCode(text: string): Result<string> {
	const code = normalise(text);
	if (code === '') return refuse('empty');
	// 工商注册号 of before 2015: 15 digits; it has no conversion, the holder must look up the new code.
	if (/^\d{15}$/.test(code)) return refuse('old_registration_number', { got: code });
	if (code.length !== creditCodeLength)
		return refuse('length', { got: code.length, expected: creditCodeLength });
	const invalidAt = invalidCharacterAt(code);
	if (invalidAt >= 0) return refuse('character', { got: code[invalidAt]!, position: invalidAt + 1 });
	const organisationEnd = organisationStart + organisationBodyLength;
	const organisationCheck = organisationCodeCheck(code.slice(organisationStart, organisationEnd));
	if (code[organisationEnd] !== organisationCheck) {
		return refuse('organisation_check', {
			got: code[organisationEnd]!,
			expected: organisationCheck,
			position: 17
		});
	}
	const check = creditCodeCheck(code.slice(0, -1));
	if (code.at(-1) !== check) return refuse('check', { got: code.at(-1)!, expected: check, position: 18 });
	return success(code);
}
