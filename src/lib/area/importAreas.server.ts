import { readAnswer } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import type { IsoDate } from '#lib/calendar.ts';
import { success, type Result } from '#lib/problem.ts';
import type { Moves } from './areaChange.ts';
import { areaFields } from './areaLevel.ts';
import { readAreas, type AreaImportOptions, type AreaLine } from './importAreas.ts';
import { checkCoordinateSystem, inFile, readTables, type ImportFile } from './importFiles.server.ts';
import { cornerPoints, kinksOf, readShape } from './importGeometry.ts';
import { describeFiles } from './importReport.ts';
import type { ImportEncoding } from './importEncoding.ts';
import type { ImportTable } from './importTable.ts';
import {
	countVerdicts,
	readVerdict,
	type ImportMode,
	type ImportReport,
	type LineVerdict
} from './importVerdict.ts';

export interface AreaImport extends AreaImportOptions {
	mode: ImportMode;
	encoding?: ImportEncoding;
	/** The first day on which the names and boundaries of the files count. */
	validFrom: IsoDate;
	/** Who made the files; stands beside every boundary. */
	source: string;
	/** The system has been checked: no second thoughts about it. */
	isCrsConfirmed?: boolean;
}

interface DatabaseVerdicts extends Moves {
	kept: boolean;
	verdicts: { verdict: string; mended?: string }[];
}

/** Files of areas → database, in one transaction, with a verdict for every line. Acts as the client's user. */
export async function importAreas(
	client: Client,
	files: readonly ImportFile[],
	options: AreaImport
): Promise<Result<ImportReport>> {
	const tables = await readTables(files, options.encoding);
	if (!tables.ok) return tables;
	const refused: LineVerdict[] = [];
	const areas: { file: number; area: AreaLine }[] = [];
	const mappings = [];
	for (const [file, table] of tables.value.entries()) {
		const read = readAreas(table, options);
		if (!read.ok) return inFile(read.problem, files[file]!);
		mappings.push(read.value.mapping);
		refused.push(...read.value.faults.map((fault) => ({ file, verdict: 'refused' as const, ...fault })));
		areas.push(...read.value.areas.map((area) => ({ file, area })));
	}
	if (!options.isCrsConfirmed) {
		const checked = await checkCoordinateSystem(client, cornersOf(tables.value), options.crs);
		if (!checked.ok) return checked;
	}
	// A line that is refused here refuses all of them, unless bad lines are to be skipped.
	const mode = refused.length > 0 && options.mode === 'all_or_nothing' ? 'dry_run' : options.mode;
	const answer = readAnswer<DatabaseVerdicts>(
		await client.rpc('import_areas', {
			p_lines: areas.map(({ area }, index) => toLine(area, index)) as never,
			p_valid_from: options.validFrom,
			p_source: options.source,
			p_mode: mode
		})
	);
	if (!answer.ok) return answer;
	const verdicts = areas.map(({ file, area }, index) => verdictOf(file, area, answer.value.verdicts[index]!));
	const all = [...refused, ...verdicts].sort((a, b) => a.file - b.file || a.lines[0]! - b.lines[0]!);
	return success({
		mode: options.mode,
		kept: answer.value.kept,
		counts: countVerdicts(all),
		verdicts: all,
		moves: { moved: answer.value.moved, flows: answer.value.flows, moves: answer.value.moves },
		files: describeFiles(files, tables.value, mappings, areaFields)
	});
}

/** What a line does not say is left out: the database keeps what it has. */
const toLine = ({ lines: _, ...area }: AreaLine, index: number) => ({
	ref: String(index),
	...Object.fromEntries(Object.entries(area).filter(([, value]) => value !== null))
});

function verdictOf(file: number, area: AreaLine, answer: DatabaseVerdicts['verdicts'][number]): LineVerdict {
	const { lines, name, geometry } = area;
	const read = readVerdict(answer.verdict);
	// Turf says where, whatever the database's own geometry library thought of it.
	const kinks = geometry && (answer.mended || read.reason === 'geometry') ? kinksOf(geometry) : [];
	const mended = [answer.mended, kinks.length > 0 && `kinks ${kinks.slice(0, 5).join(' ')}`]
		.filter(Boolean)
		.join('; ');
	return { file, lines, name, ...read, ...(mended && { mended }) };
}

function cornersOf(tables: readonly ImportTable[]) {
	return tables.flatMap(({ rows }) =>
		rows.flatMap(({ geometry }) => {
			const shape = geometry && readShape(geometry, 'wgs84');
			return shape?.ok ? cornerPoints({ type: 'MultiPolygon', coordinates: shape.polygons }) : [];
		})
	);
}
