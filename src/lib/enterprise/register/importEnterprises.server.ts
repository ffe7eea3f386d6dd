import { checkCoordinateSystem, inFile, readTables, type ImportFile } from '#lib/area/importFiles.server.ts';
import { describeFiles } from '#lib/area/importReport.ts';
import type { ImportEncoding } from '#lib/area/importEncoding.ts';
import {
	countVerdicts,
	readVerdict,
	type ImportMode,
	type ImportReport,
	type LineVerdict
} from '#lib/area/importVerdict.ts';
import { expectValue, readAnswer } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import { success, type Result } from '#lib/problem.ts';
import type { LonLat } from '#lib/spatial/coordinateSystem.ts';
import { enterpriseFields } from './importFields.ts';
import {
	readEnterprises,
	type DictionaryEntry,
	type EnterpriseImportOptions,
	type EnterpriseLine
} from './importEnterprises.ts';

export interface EnterpriseImport extends Omit<EnterpriseImportOptions, 'siteTypes' | 'riskTags'> {
	mode: ImportMode;
	encoding?: ImportEncoding;
	/** The system has been checked: no second thoughts about it. */
	isCrsConfirmed?: boolean;
}

/** What stands as source when nobody said whose list it is. */
const unnamedSource = '导入';

/** Files of enterprises → database, in one transaction, with a verdict for every line. Acts as the client's user. */
export async function importEnterprises(
	client: Client,
	files: readonly ImportFile[],
	options: EnterpriseImport
): Promise<Result<ImportReport>> {
	const tables = await readTables(files, options.encoding);
	if (!tables.ok) return tables;
	const [siteTypes, riskTags] = await Promise.all([
		readEntries(client, 'site_types'),
		readEntries(client, 'risk_tags')
	]);
	const refused: LineVerdict[] = [];
	const lines: { file: number; line: EnterpriseLine }[] = [];
	const positions: LonLat[] = [];
	const mappings = [];
	for (const [file, table] of tables.value.entries()) {
		const read = readEnterprises(table, { ...options, siteTypes, riskTags });
		if (!read.ok) return inFile(read.problem, files[file]!);
		mappings.push(read.value.mapping);
		refused.push(...read.value.faults.map((fault) => ({ file, verdict: 'refused' as const, ...fault })));
		lines.push(...read.value.enterprises.map((line) => ({ file, line })));
		positions.push(...read.value.positions);
	}
	if (!options.isCrsConfirmed) {
		const checked = await checkCoordinateSystem(client, positions, options.crs);
		if (!checked.ok) return checked;
	}
	// A line that is refused here refuses all of them, unless bad lines are to be skipped.
	const mode = refused.length > 0 && options.mode === 'all_or_nothing' ? 'dry_run' : options.mode;
	const answer = readAnswer<{ kept: boolean; verdicts: { verdict: string }[] }>(
		await client.rpc('import_enterprises', {
			p_lines: lines.map(({ line }) => line) as never,
			p_source: options.source ?? unnamedSource,
			p_mode: mode
		})
	);
	if (!answer.ok) return answer;
	const verdicts = lines.map(({ file, line }, index): LineVerdict => {
		const { verdict } = answer.value.verdicts[index]!;
		return { file, lines: [line.line], name: line.name, ...readVerdict(verdict) };
	});
	const all = [...refused, ...verdicts].sort((a, b) => a.file - b.file || a.lines[0]! - b.lines[0]!);
	return success({
		mode: options.mode,
		kept: answer.value.kept,
		counts: countVerdicts(all),
		verdicts: all,
		files: describeFiles(files, tables.value, mappings, enterpriseFields)
	});
}

async function readEntries(client: Client, table: 'site_types' | 'risk_tags'): Promise<DictionaryEntry[]> {
	const rows = expectValue<{ code: string; name_zh: string; name_en: string }[]>(
		await client.from(table).select('code, name_zh, name_en').order('code')
	);
	return rows.map(({ code, name_zh, name_en }) => ({ code, nameZh: name_zh, nameEn: name_en }));
}
