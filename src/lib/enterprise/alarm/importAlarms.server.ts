import type { ImportFile } from '#lib/area/importFiles.server.ts';
import { modeFor, readLines, reportOf } from '#lib/area/importLines.server.ts';
import type { ColumnMapping } from '#lib/area/importColumns.ts';
import type { ImportEncoding } from '#lib/area/importEncoding.ts';
import {
	readVerdict,
	type ImportMode,
	type ImportReport,
	type LineVerdict
} from '#lib/area/importVerdict.ts';
import { readAnswer } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import { success, type Result } from '#lib/problem.ts';
import { alarmFields, readAlarms, type AlarmField } from './importAlarms.ts';

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
	const reading = await readLines(files, options.encoding, (table) => {
		const read = readAlarms(table, options.mapping);
		return read.ok ? success({ ...read.value, lines: read.value.alarms }) : read;
	});
	if (!reading.ok) return reading;
	const { lines } = reading.value;
	const answer = readAnswer<{ kept: boolean; verdicts: { verdict: string; name: string | null }[] }>(
		await client.rpc('import_device_alarms', {
			p_lines: lines.map(({ line }) => line) as never,
			p_source: options.source,
			p_refs: options.refs ?? options.source,
			p_mode: modeFor(options.mode, reading.value)
		})
	);
	if (!answer.ok) return answer;
	const verdicts = lines.map(({ file, line }, index): LineVerdict => {
		const { verdict, name } = answer.value.verdicts[index]!;
		return { file, lines: [line.line], name: name ?? line.name, ...readVerdict(verdict) };
	});
	return success(reportOf(reading.value, options.mode, alarmFields, { kept: answer.value.kept, verdicts }));
}
