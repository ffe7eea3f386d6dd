import { checkCoordinateSystem, type ImportFile } from '#lib/area/importFiles.server.ts';
import { modeFor, readLines, reportOf } from '#lib/area/importLines.server.ts';
import type { ImportEncoding } from '#lib/area/importEncoding.ts';
import {
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
import { readEnterprises, type DictionaryEntry, type EnterpriseImportOptions } from './importEnterprises.ts';

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
	const [siteTypes, riskTags] = await Promise.all([
		readEntries(client, 'site_types'),
		readEntries(client, 'risk_tags')
	]);
	const positions: LonLat[] = [];
	const reading = await readLines(files, options.encoding, (table) => {
		const read = readEnterprises(table, { ...options, siteTypes, riskTags });
		if (!read.ok) return read;
		positions.push(...read.value.positions);
		return success({ ...read.value, lines: read.value.enterprises });
	});
	if (!reading.ok) return reading;
	const { lines } = reading.value;
	if (!options.isCrsConfirmed) {
		const checked = await checkCoordinateSystem(client, positions, options.crs);
		if (!checked.ok) return checked;
	}
	const answer = readAnswer<{ kept: boolean; verdicts: { verdict: string }[] }>(
		await client.rpc('import_enterprises', {
			p_lines: lines.map(({ line }) => line) as never,
			p_source: options.source ?? unnamedSource,
			p_mode: modeFor(options.mode, reading.value)
		})
	);
	if (!answer.ok) return answer;
	const verdicts = lines.map(({ file, line }, index): LineVerdict => {
		const { verdict } = answer.value.verdicts[index]!;
		return { file, lines: [line.line], name: line.name, ...readVerdict(verdict) };
	});
	return success(
		reportOf(reading.value, options.mode, enterpriseFields, { kept: answer.value.kept, verdicts })
	);
}

async function readEntries(client: Client, table: 'site_types' | 'risk_tags'): Promise<DictionaryEntry[]> {
	const rows = expectValue<{ code: string; name_zh: string; name_en: string }[]>(
		await client.from(table).select('code, name_zh, name_en').order('code')
	);
	return rows.map(({ code, name_zh, name_en }) => ({ code, nameZh: name_zh, nameEn: name_en }));
}
