/** Which characters a TrueType font can draw: its `cmap` table, read from the bytes (OpenType 1.9, "cmap"). */
export type FontCoverage = (codePoint: number) => boolean;

function tableOffset(font: DataView, tag: string): number {
	const tableCount = font.getUint16(4);
	for (let i = 0; i < tableCount; i++) {
		const record = 12 + i * 16;
		const name = String.fromCharCode(...[0, 1, 2, 3].map((byte) => font.getUint8(record + byte)));
		if (name === tag) return font.getUint32(record + 8);
	}
	throw new Error(`fontCoverage: got a font without a "${tag}" table`);
}

/** The subtable that reaches beyond the Basic Multilingual Plane (format 12); rare characters of names live there. */
function fullUnicodeSubtable(font: DataView): number {
	const cmap = tableOffset(font, 'cmap');
	const subtableCount = font.getUint16(cmap + 2);
	for (let i = 0; i < subtableCount; i++) {
		const subtable = cmap + font.getUint32(cmap + 4 + i * 8 + 4);
		if (font.getUint16(subtable) === 12) return subtable;
	}
	throw new Error('fontCoverage: got a font without a format 12 cmap, expected full Unicode');
}

/** Binary search over the font's sorted groups of characters; a group's first glyph 0 is the missing glyph. */
export function fontCoverage(file: Uint8Array): FontCoverage {
	const font = new DataView(file.buffer, file.byteOffset, file.byteLength);
	const subtable = fullUnicodeSubtable(font);
	const groupCount = font.getUint32(subtable + 12);
	const group = (index: number) => subtable + 16 + index * 12;
	return (codePoint) => {
		let low = 0;
		let high = groupCount - 1;
		while (low <= high) {
			const index = (low + high) >> 1;
			const from = font.getUint32(group(index));
			if (codePoint < from) high = index - 1;
			else if (codePoint > font.getUint32(group(index) + 4)) low = index + 1;
			else return font.getUint32(group(index) + 8) + codePoint - from !== 0;
		}
		return false;
	};
}

/** The characters of a text that at least one of the fonts cannot draw, each once, in order of appearance. */
export function missingCharacters(text: string, fonts: readonly FontCoverage[]): string[] {
	const missing: string[] = [];
	for (const character of new Set(text)) {
		const codePoint = character.codePointAt(0)!;
		if (!fonts.every((covers) => covers(codePoint))) missing.push(character);
	}
	return missing;
}

/** 𮿿（U+2EFFF）: a reader whose own screen lacks the character still knows which one is meant. */
export const nameCharacter = (character: string): string =>
	`${character.isWellFormed() ? character : '\uFFFD'}（U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}）`;
