/** Text as files carry it → text as it is stored. */

const fullWidthLatin = /[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/g;
const invisible = /[\u200b-\u200d\u2060\ufeff]/g;

/**
 * Full-width digits and letters become half-width, line breaks inside a cell go away (between Latin words they
 * become a space), other blanks become one space. Chinese punctuation stays: （集团） is part of a legal name.
 */
export function cleanText(text: string): string {
	return text
		.replace(fullWidthLatin, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
		.replace(invisible, '')
		.replace(/([\x21-\x7e])[^\S\n]*[\r\n]+[^\S\n]*(?=[\x21-\x7e])/g, '$1 ')
		.replace(/\s*[\r\n]+\s*/g, '')
		.replace(/[\s\u3000]+/g, ' ')
		.trim();
}

/** For codes and numbers: everything half-width, no blanks at all. */
export const cleanCode = (text: string): string =>
	text.normalize('NFKC').replace(invisible, '').replace(/\s+/g, '');

/** A heading as it is compared: without blanks, marks and what stands in brackets: `经度(°)` → `经度`. */
export const headingKey = (heading: string): string =>
	heading
		.normalize('NFKC')
		.toLowerCase()
		.replace(/\(.*?\)|\[.*?\]|【.*?】/g, '')
		.replace(/[\s_\-*:：.·/]/g, '');

/** Plain decimal degrees; `null` for anything else. */
export function readDegrees(text: string): number | null {
	const code = cleanCode(text).replace(/°$/, '');
	return /^[+-]?\d{1,3}(\.\d+)?$/.test(code) ? Number(code) : null;
}
