import { parse } from 'csv-parse/sync';
import type { Geometry } from 'geojson';
import { readSheet } from 'read-excel-file/node';
import { failure, success, type Result } from '#lib/problem.ts';
import { importEncodings, type ImportEncoding } from './importEncoding.ts';
import { featureTable, type LooseFeature } from './importFeatures.ts';
import { kmlOfArchive, readKml } from './importKml.ts';
import { cleanText } from './importText.ts';

/** One row of a file, or one feature. */
export interface ImportRow {
	/** 1-based: the line of a CSV (its heading is 1), the row of a sheet, the number of a feature. */
	line: number;
	/** By column, cleaned; a cell that is empty or absent is not there. */
	cells: Readonly<Record<string, string>>;
	geometry: Geometry | null;
}

export interface ImportTable {
	format: 'csv' | 'geojson' | 'kml' | 'xlsx';
	columns: string[];
	rows: ImportRow[];
}

/** More than a street or a county has; a file beyond it is split, so that one transaction stays one of seconds. */
export const maximumRows = 20_000;

/**
 * Reads a file by its content, never by its name: a ZIP is KMZ when it holds a KML, else a workbook (first sheet);
 * `<` begins KML, `{` or `[` GeoJSON, anything else is CSV with comma, semicolon or tab.
 * @param encoding what the sender says; without it only UTF-8 is taken, and what else it seems to be is named.
 */
export async function readImportTable(
	bytes: Uint8Array,
	encoding?: ImportEncoding
): Promise<Result<ImportTable>> {
	if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
		const kml = kmlOfArchive(bytes);
		return limited(kml ? readImportKml(kml) : await readWorkbook(bytes));
	}
	const text = decode(bytes, encoding);
	if (!text.ok) return text;
	if (/^\s*</.test(text.value)) return limited(readImportKml(text.value));
	return limited(/^\s*[[{]/.test(text.value) ? readGeoJson(text.value) : readCsv(text.value));
}

function limited(table: Result<ImportTable>): Result<ImportTable> {
	if (!table.ok) return table;
	const { rows } = table.value;
	if (rows.length === 0) return failure('import.empty');
	if (rows.length > maximumRows)
		return failure('import.too_many', { number: rows.length, expected: maximumRows });
	return table;
}

/** Strict: a byte that does not belong makes the whole reading fail rather than leave a �. */
function decodeAs(bytes: Uint8Array, encoding: ImportEncoding): string | null {
	try {
		return new TextDecoder(encoding, { fatal: true }).decode(bytes);
	} catch {
		return null;
	}
}

function decode(bytes: Uint8Array, encoding: ImportEncoding = 'utf-8'): Result<string> {
	const hasUtf16Mark = bytes[0] === 0xff && bytes[1] === 0xfe;
	const text = hasUtf16Mark && encoding === 'utf-8' ? null : decodeAs(bytes, encoding);
	if (text !== null && !text.includes('\0')) return success(text);
	const likely = hasUtf16Mark
		? 'utf-16le'
		: importEncodings.find((other) => {
				if (other === encoding || other === 'utf-16le') return false;
				const read = decodeAs(bytes, other);
				return read !== null && !read.includes('\0');
			});
	return failure('import.encoding', { ...(likely && { expected: likely }) });
}

function readCsv(text: string): Result<ImportTable> {
	const firstLine = text.slice(0, text.search(/[\r\n]|$/));
	const delimiter = [',', '\t', ';'].reduce((best, each) =>
		firstLine.split(each).length > firstLine.split(best).length ? each : best
	);
	let parsed: { record: string[]; info: { lines: number } }[];
	try {
		parsed = parse(text, { delimiter, info: true, relaxColumnCount: true }) as never;
	} catch (error) {
		const { lines, message } = error as { lines?: number; message: string };
		return failure('import.unreadable', { ...(lines && { line: lines }), got: message });
	}
	// `lines` counts to the end of a record; a record with line breaks in its cells begins earlier.
	const starts = parsed.map((_, index) => (index === 0 ? 1 : parsed[index - 1]!.info.lines + 1));
	return fromCells(
		'csv',
		parsed.map(({ record }, index) => ({ line: starts[index]!, cells: record }))
	);
}

async function readWorkbook(bytes: Uint8Array): Promise<Result<ImportTable>> {
	try {
		const rows = await readSheet(Buffer.from(bytes));
		return fromCells(
			'xlsx',
			rows.map((row, index) => ({ line: index + 1, cells: row.map(cellText) }))
		);
	} catch (error) {
		return failure('import.unreadable', { got: (error as Error).message });
	}
}

const cellText = (cell: unknown): string =>
	cell === null || cell === undefined
		? ''
		: cell instanceof Date
			? dateText(cell.toISOString())
			: String(cell as string | number | boolean);

/** A day, and its time where it has one: a workbook keeps both as a moment without a place. */
const dateText = (iso: string): string =>
	iso.slice(11, 19) === '00:00:00' ? iso.slice(0, 10) : iso.slice(0, 19).replace('T', ' ');

/** The heading is the first row with two filled cells: a title above it, as official lists have, is passed over. */
function fromCells(format: 'csv' | 'xlsx', rows: { line: number; cells: string[] }[]): Result<ImportTable> {
	const filled = (cells: string[]) => cells.filter((cell) => cleanText(cell) !== '').length;
	const at = Math.max(
		0,
		rows.findIndex(({ cells }) => filled(cells) >= 2)
	);
	const columns = (rows[at]?.cells ?? []).map(cleanText);
	return success({
		format,
		columns: columns.filter((column) => column !== ''),
		rows: rows
			.slice(at + 1)
			.filter(({ cells }) => filled(cells) > 0)
			.map(({ line, cells }) => ({ line, geometry: null, cells: cellsOf(columns, cells) }))
	});
}

function cellsOf(columns: string[], cells: string[]): Record<string, string> {
	const found: Record<string, string> = {};
	columns.forEach((column, index) => {
		const text = cleanText(cells[index] ?? '');
		if (column !== '' && text !== '' && !(column in found)) found[column] = text;
	});
	return found;
}

function readImportKml(text: string): Result<ImportTable> {
	const features = readKml(text);
	return features.ok ? success(featureTable('kml', features.value)) : features;
}

function readGeoJson(text: string): Result<ImportTable> {
	let json: unknown;
	try {
		json = JSON.parse(text.replace(/^\ufeff/, ''));
	} catch (error) {
		return failure('import.unreadable', { got: (error as Error).message });
	}
	const features = (json as { features?: unknown })?.features;
	if (!Array.isArray(features))
		return failure('import.unreadable', { got: 'JSON', expected: 'GeoJSON FeatureCollection' });
	return success(featureTable('geojson', features as LooseFeature[]));
}
