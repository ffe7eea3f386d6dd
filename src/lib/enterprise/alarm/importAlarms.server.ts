import { inFile, readTables, type ImportFile } from '#lib/area/importFiles.server.ts';
import { describeFiles } from '#lib/area/importReport.ts';
import type { ColumnMapping } from '#lib/area/importColumns.ts';
import type { ImportEncoding } from '#lib/area/importEncoding.ts';
import {
	countVerdicts,
	readVerdict,
	type ImportMode,
	type ImportReport,
	type LineVerdict
} from '#lib/area/importVerdict.ts';
import { readAnswer } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import { success, type Result } from '#lib/problem.ts';
import { alarmFields, readAlarms, type AlarmField, type AlarmLine } from './importAlarms.ts';

export interface AlarmImport {
	mode: ImportMode;
	/** The platform the alarms come from. */
	source: string;
	/** Whose numbers the column of references holds: the source under which those enterprises were imported. */
	refs?: string;
	encoding?: ImportEncoding;
	mapping?: ColumnMapping<AlarmField>;
}

/** Files of alarms → leads, in one transaction, with a verdict for every line. Acts as the client's user. */
export async function importAlarms(
	client: Client,
	files: readonly ImportFile[],
	options: AlarmImport
): Promise<Result<ImportReport>> {
	const tables = await readTables(files, options.encoding);
	if (!tables.ok) return tables;
	const refused: LineVerdict[] = [];
	const lines: { file: number; line: AlarmLine }[] = [];
	const mappings = [];
	for (const [file, table] of tables.value.entries()) {
		const read = readAlarms(table, options.mapping);
		if (!read.ok) return inFile(read.problem, files[file]!);
		mappings.push(read.value.mapping);
		refused.push(...read.value.faults.map((fault) => ({ file, verdict: 'refused' as const, ...fault })));
		lines.push(...read.value.alarms.map((line) => ({ file, line })));
	}
	// A line that is refused here refuses all of them, unless bad lines are to be skipped.
	const mode = refused.length > 0 && options.mode === 'all_or_nothing' ? 'dry_run' : options.mode;
	const answer = readAnswer<{ kept: boolean; verdicts: { verdict: string; name: string | null }[] }>(
		await client.rpc('import_device_alarms', {
			p_lines: lines.map(({ line }) => line) as never,
			p_source: options.source,
			p_refs: options.refs ?? options.source,
			p_mode: mode
		})
	);
	if (!answer.ok) return answer;
	const verdicts = lines.map(({ file, line }, index): LineVerdict => {
		const { verdict, name } = answer.value.verdicts[index]!;
		return { file, lines: [line.line], name: name ?? line.name, ...readVerdict(verdict) };
	});
	const all = [...refused, ...verdicts].sort((a, b) => a.file - b.file || a.lines[0]! - b.lines[0]!);
	return success({
		mode: options.mode,
		kept: answer.value.kept,
		counts: countVerdicts(all),
		verdicts: all,
		files: describeFiles(files, tables.value, mappings, alarmFields)
	});
}
