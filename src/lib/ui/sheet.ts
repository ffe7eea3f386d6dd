/** A table to be saved: a heading, rows, and what has to be known to read it. */
export interface Sheet {
	/** Of the sheet; at most 31 characters are kept. */
	name: string;
	columns: string[];
	rows: (string | number | null)[][];
	notes: string[];
}

/**
 * A name that begins like a formula would be reckoned by a spreadsheet that opens the file; an apostrophe keeps it text.
 * Source: OWASP, CSV Injection.
 */
const asText = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

function csvCell(value: string | number | null): string {
	if (value === null) return '';
	if (typeof value === 'number') return String(value);
	const text = asText(value);
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** By this Excel knows UTF-8. */
export const byteOrderMark = '\uFEFF';

/** One line of RFC 4180, with its end. */
export const csvLine = (cells: readonly (string | number | null)[]): string =>
	`${cells.map(csvCell).join(',')}\r\n`;

/** A whole file with its mark. The notes follow after an empty line. */
export function csvOf({ columns, rows, notes }: Sheet): string {
	const lines = [columns, ...rows, [], ...notes.map((note) => [note])];
	return byteOrderMark + lines.map(csvLine).join('');
}
