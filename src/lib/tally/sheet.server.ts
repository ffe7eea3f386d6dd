import writeExcelFile, { type SheetData } from 'write-excel-file/node';
import { csvOf, type Sheet } from '#lib/ui/sheet.ts';

export const sheetFormats = ['csv', 'xlsx'] as const;
export type SheetFormat = (typeof sheetFormats)[number];

/** Characters that a sheet's name may not have. */
const forbiddenInName = /[\\/*?:[\]]/g;

/** A workbook, one sheet after another; numbers are numbers, text is never a formula. */
export async function xlsxOf(sheets: readonly Sheet[]): Promise<Buffer> {
	const bold = { fontWeight: 'bold' as const };
	return await writeExcelFile(
		sheets.map(({ name, columns, rows, notes }) => ({
			sheet: name.replaceAll(forbiddenInName, ' ').slice(0, 31),
			data: [
				columns.map((value) => ({ value, type: String, ...bold })),
				...rows.map((row) => row.map(xlsxCell)),
				[],
				...notes.map((value) => [{ value, type: String }])
			] as SheetData,
			columns: columns.map((_, index) => ({ width: index < 2 ? 18 : 12 })),
			stickyRowsCount: 1
		}))
	).toBuffer();
}

const xlsxCell = (value: string | number | null) =>
	value === null ? null : typeof value === 'number' ? { value, type: Number } : { value, type: String };

/** Sheets as a file to be saved; a CSV holds the first of them. */
export async function sheetFile(
	fileName: string,
	sheets: readonly [Sheet, ...Sheet[]],
	format: SheetFormat
): Promise<Response> {
	const body = format === 'csv' ? csvOf(sheets[0]) : new Uint8Array(await xlsxOf(sheets));
	return new Response(body, { headers: attachment(fileName, format) });
}

/** Headers under which a browser saves a sheet. */
export const attachment = (fileName: string, format: SheetFormat): Record<string, string> => ({
	'content-type':
		format === 'csv'
			? 'text/csv; charset=utf-8'
			: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(`${fileName}.${format}`)}`,
	'cache-control': 'private, no-store'
});
