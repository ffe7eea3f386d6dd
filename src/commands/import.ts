/**
 * `npm run -s import -- areas|enterprises FILES… --crs SYSTEM`, `… alarms FILES…`, `… lives DIR`: reads lists into the database with a verdict for
 * every line. Verdicts go to standard output, one a line; with `--json` the whole report as one object.
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { assessBehind } from '#lib/assessment/account/assessment.server.ts';
import { areaFields, areaLevels, type AreaLevel } from '#lib/area/areaLevel.ts';
import { importAreas } from '#lib/area/importAreas.server.ts';
import { readMapping } from '#lib/area/importColumns.ts';
import type { ImportFile } from '#lib/area/importFiles.server.ts';
import { importEncodings, type ImportEncoding } from '#lib/area/importEncoding.ts';
import type { ImportMode, ImportReport } from '#lib/area/importVerdict.ts';
import type { Backend, Client } from '#lib/backend/backend.server.ts';
import { shanghaiDate } from '#lib/calendar.ts';
import { enterpriseFields } from '#lib/enterprise/register/importFields.ts';
import { alarmFields } from '#lib/enterprise/alarm/importAlarms.ts';
import { importAlarms } from '#lib/enterprise/alarm/importAlarms.server.ts';
import { importEnterprises } from '#lib/enterprise/register/importEnterprises.server.ts';
import { failure, success, type Result } from '#lib/problem.ts';
import { rankForeign } from '#lib/ranking/foreignRanking.server.ts';
import { isCoordinateSystem, type CoordinateSystem } from '#lib/spatial/coordinateSystem.ts';
import { actAsAdministrator } from './administrator.server.ts';
import { installDictionary } from './installDictionary.server.ts';
import { importNeighbourhoods, importRegister, type LivesImport } from './lives/importLives.server.ts';
import { verdictLine } from './verdictLine.ts';
import { exitCodes, printProblem, readArguments, terminalTranslate, wrongUsage } from './terminal.ts';
import { withBackend } from './withBackend.server.ts';

const usage = `usage: import areas FILES… --crs wgs84|gcj02|bd09|cgcs2000 [--level district|street|community|grid]
         [--parent CODE|NAME | --parent-by-position] [--code-prefix P] [--valid-from YYYY-MM-DD]
       import enterprises FILES… --crs wgs84|gcj02|bd09|cgcs2000 [--site-type CODE] [--no-credit-code REASON]
       import alarms FILES… --source PLATFORM [--refs NAME]
       import lives DIR --source NAME --city NAME [--site-type CODE] [--as-of YYYY-MM-DD]
  all: [--map "name=店名,address=地址"] [--source NAME] [--encoding utf-8|gb18030|utf-16le] [--crs-confirmed]
        [--skip-bad] [--dry-run] [--json]
  Alarms become leads (线索), never points: enterprise by credit code, or by its number in the list NAME (--refs, else --source).
  A LIVES folder becomes enterprises and facts that name their source, its neighbourhoods communities of the city; declare
  the scheme (sf-lives) for the city to see its grades. Positions are WGS-84.
  Files: GeoJSON, CSV, XLSX. One bad line refuses them all, unless --skip-bad. Without an official division code a
  place keeps its own one behind --code-prefix (SQ-3 → 下城-SQ-3).
  MINGCHA_EMAIL and MINGCHA_PASSWORD name the administrator who imports; on a folder of this machine they may be left out.`;

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;
const options = {
	crs: text,
	level: text,
	parent: text,
	'parent-by-position': flag,
	'code-prefix': text,
	'valid-from': text,
	'site-type': text,
	'no-credit-code': text,
	map: text,
	source: text,
	refs: text,
	city: text,
	'as-of': text,
	encoding: text,
	'crs-confirmed': flag,
	'skip-bad': flag,
	'dry-run': flag,
	json: flag
};

const t = await terminalTranslate(process.env);
const { values, positionals } = readArguments(options, usage, t);
const [kind, ...paths] = positionals;
const kinds = ['areas', 'enterprises', 'alarms', 'lives'];
if (kind === undefined || !kinds.includes(kind) || paths.length === 0)
	wrongUsage('areas|enterprises|alarms FILES…, lives DIR', usage, t);
const absent = paths.find((path) => !existsSync(path));
if (absent !== undefined) wrongUsage(`${absent}: no such file`, usage, t);

process.exitCode = await withBackend(process.env, t, '/admin/import', run);

async function run(backend: Backend): Promise<number> {
	const report = await attempt(backend);
	if (!report.ok) {
		const more = report.problem.code === 'session.missing' ? [t('command.sign_in_needed')] : [];
		printProblem(report.problem, t, ...more);
		return exitCodes.refused;
	}
	print(report.value);
	const isGood = report.value.kept || (values['dry-run'] && report.value.counts.refused === 0);
	return isGood ? exitCodes.done : exitCodes.refused;
}

async function attempt(backend: Backend): Promise<Result<ImportReport>> {
	const { crs, level, encoding } = values;
	if (kind !== 'alarms' && kind !== 'lives' && !isCoordinateSystem(crs)) return failure('import.crs');
	if (kind === 'alarms' && !values.source) wrongUsage('--source PLATFORM', usage, t);
	if (kind === 'lives' && !(values.source && values.city)) wrongUsage('--source NAME --city NAME', usage, t);
	if (level !== undefined && !areaLevels.includes(level as AreaLevel))
		wrongUsage(`--level ${level}: ${areaLevels.join('|')}`, usage, t);
	if (encoding !== undefined && !importEncodings.includes(encoding as ImportEncoding))
		wrongUsage(`--encoding ${encoding}: ${importEncodings.join('|')}`, usage, t);
	const client = await actAsAdministrator(backend, process.env, `import ${kind}`);
	if (!client.ok) return client;
	if (backend.kind === 'embedded') await installDictionary(backend);
	if (kind === 'alarms') return loadAlarms(client.value);
	if (kind === 'lives') return loadLives(backend, client.value);
	return kind === 'areas'
		? loadAreas(client.value, crs as CoordinateSystem)
		: loadEnterprises(client.value, crs as CoordinateSystem);
}

/** What both kinds of import are told; an option that was not given is not there. */
function common(crs: CoordinateSystem) {
	return { crs, isCrsConfirmed: values['crs-confirmed'], ...reading() };
}

function reading() {
	const mode: ImportMode = values['dry-run'] ? 'dry_run' : values['skip-bad'] ? 'skip_bad' : 'all_or_nothing';
	return { mode, ...(values.encoding && { encoding: values.encoding as ImportEncoding }) };
}

function files(): ImportFile[] {
	return paths.map((path) => ({ name: basename(path), bytes: readFileSync(path) }));
}

async function loadAreas(client: Client, crs: CoordinateSystem): Promise<Result<ImportReport>> {
	const mapping = values.map === undefined ? success({}) : readMapping(values.map, areaFields);
	if (!mapping.ok) return mapping;
	return importAreas(client, files(), {
		...common(crs),
		mapping: mapping.value,
		validFrom: values['valid-from'] ?? shanghaiDate(new Date()),
		source: values.source ?? basename(paths[0]!),
		parentByPosition: values['parent-by-position'],
		...(values.level && { level: values.level as AreaLevel }),
		...(values.parent && { parent: values.parent }),
		...(values['code-prefix'] !== undefined && { codePrefix: values['code-prefix'] })
	});
}

async function loadEnterprises(client: Client, crs: CoordinateSystem): Promise<Result<ImportReport>> {
	const mapping = values.map === undefined ? success({}) : readMapping(values.map, enterpriseFields);
	if (!mapping.ok) return mapping;
	return importEnterprises(client, files(), {
		...common(crs),
		mapping: mapping.value,
		...(values['site-type'] && { siteType: values['site-type'] }),
		...(values['no-credit-code'] && { noCreditCode: values['no-credit-code'] }),
		...(values.source && { source: values.source })
	});
}

async function loadAlarms(client: Client): Promise<Result<ImportReport>> {
	const mapping = values.map === undefined ? success({}) : readMapping(values.map, alarmFields);
	if (!mapping.ok) return mapping;
	return importAlarms(client, files(), {
		...reading(),
		mapping: mapping.value,
		source: values.source!,
		...(values.refs && { refs: values.refs })
	});
}

async function loadLives(backend: Backend, client: Client): Promise<Result<ImportReport>> {
	const today = shanghaiDate(new Date());
	const folder = paths[0]!;
	const options: LivesImport = {
		...reading(),
		source: values.source!,
		city: values.city!,
		siteType: values['site-type'] ?? 'restaurant',
		asOf: values['as-of'] ?? today,
		validFrom: values['valid-from'] ?? '2010-01-01'
	};
	const areas = await importNeighbourhoods(client, folder, options);
	if (!areas.ok) return areas;
	if (areas.value !== null) print(areas.value);
	const report = await importRegister(client, folder, options, (done, all) =>
		console.error(`${done} / ${all}`)
	);
	if (report.ok && report.value.kept) {
		await assessBehind(backend, { quiet: true });
		console.error(t('command.import.foreign_ranking', { source: options.source }));
		for (const { label, violations, inspections, sites } of await rankForeign(client, options.source))
			console.error(t('command.import.foreign_rank', { label, violations, inspections, sites }));
	}
	return report;
}

function print(report: ImportReport): void {
	if (values.json) return console.log(JSON.stringify(report));
	for (const { name, mapping } of report.files) {
		const pairs = Object.entries(mapping).map(([field, column]) => `${field}=${column}`);
		if (pairs.length > 0)
			console.error(t('command.import.columns', { file: name, mapping: pairs.join(', ') }));
	}
	for (const verdict of report.verdicts) console.log(verdictLine(report, verdict, t));
	console.error(t('command.import.summary', report.counts));
	if (report.moves) console.error(t('area.would_move', { count: report.moves.moved }));
	if (report.mode === 'dry_run') console.error(t('importing.dry_run_done'));
	else if (report.kept) console.error(t('importing.kept'));
	else printProblem({ code: 'import.bad_lines', details: { lines: report.counts.refused } }, t);
}
