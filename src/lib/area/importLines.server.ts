import { success, type Result } from '#lib/problem.ts';
import type { ColumnMapping } from './importColumns.ts';
import type { ImportEncoding } from './importEncoding.ts';
import { inFile, readTables, type ImportFile } from './importFiles.server.ts';
import { describeFiles } from './importReport.ts';
import type { ImportTable } from './importTable.ts';
import {
	countVerdicts,
	type ImportMode,
	type ImportReport,
	type LineFault,
	type LineVerdict
} from './importVerdict.ts';

/** What was made of one table: its good lines, and what is wrong with the others. */
export interface TableReading<Field extends string, Line> {
	mapping: ColumnMapping<Field>;
	lines: readonly Line[];
	faults: readonly LineFault[];
}

/** What was made of all files. */
export interface ImportReading<Field extends string, Line> {
	files: readonly ImportFile[];
	tables: readonly ImportTable[];
	mappings: readonly ColumnMapping<Field>[];
	lines: readonly { file: number; line: Line }[];
	refused: readonly LineVerdict[];
}

/** Reads the lines of all files; one that cannot be read as a table is refused by name. */
export async function readLines<Field extends string, Line>(
	files: readonly ImportFile[],
	encoding: ImportEncoding | undefined,
	read: (table: ImportTable) => Result<TableReading<Field, Line>>
): Promise<Result<ImportReading<Field, Line>>> {
	const tables = await readTables(files, encoding);
	if (!tables.ok) return tables;
	const mappings: ColumnMapping<Field>[] = [];
	const lines: { file: number; line: Line }[] = [];
	const refused: LineVerdict[] = [];
	for (const [file, table] of tables.value.entries()) {
		const reading = read(table);
		if (!reading.ok) return inFile(reading.problem, files[file]!);
		mappings.push(reading.value.mapping);
		lines.push(...reading.value.lines.map((line) => ({ file, line })));
		refused.push(...reading.value.faults.map((fault) => ({ file, verdict: 'refused' as const, ...fault })));
	}
	return success({ files, tables: tables.value, mappings, lines, refused });
}

/** A line that is refused here refuses all of them, unless bad lines are to be skipped. */
export const modeFor = (
	mode: ImportMode,
	{ refused }: Pick<ImportReading<never, never>, 'refused'>
): ImportMode => (refused.length > 0 && mode === 'all_or_nothing' ? 'dry_run' : mode);

/** The report of an import. @param verdicts of the database, in the order of the lines */
export function reportOf<Field extends string, Line>(
	{ files, tables, mappings, refused }: ImportReading<Field, Line>,
	mode: ImportMode,
	fields: readonly Field[],
	{ kept, verdicts }: { kept: boolean; verdicts: readonly LineVerdict[] }
): ImportReport {
	const all = [...refused, ...verdicts].sort((a, b) => a.file - b.file || a.lines[0]! - b.lines[0]!);
	return {
		mode,
		kept,
		counts: countVerdicts(all),
		verdicts: all,
		files: describeFiles(files, tables, mappings, fields)
	};
}
