import { readAnswer } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import type { IsoDate } from '#lib/calendar.ts';
import { success, type Result } from '#lib/problem.ts';
import type { Moves } from './areaChange.ts';
import { areaFields } from './areaLevel.ts';
import { readAreas, type AreaImportOptions, type AreaLine } from './importAreas.ts';
import { checkCoordinateSystem, type ImportFile } from './importFiles.server.ts';
import { cornerPoints, kinksOf, readShape } from './importGeometry.ts';
import { modeFor, readLines, reportOf } from './importLines.server.ts';
import type { ImportEncoding } from './importEncoding.ts';
import type { ImportTable } from './importTable.ts';
import { readVerdict, type ImportMode, type ImportReport, type LineVerdict } from './importVerdict.ts';

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
	const reading = await readLines(files, options.encoding, (table) => {
		const read = readAreas(table, options);
		return read.ok ? success({ ...read.value, lines: read.value.areas }) : read;
	});
	if (!reading.ok) return reading;
	const { lines, tables } = reading.value;
	if (!options.isCrsConfirmed) {
		const checked = await checkCoordinateSystem(client, cornersOf(tables), options.crs);
		if (!checked.ok) return checked;
	}
	const answer = readAnswer<DatabaseVerdicts>(
		await client.rpc('import_areas', {
			p_lines: lines.map(({ line }, index) => toLine(line, index)) as never,
			p_valid_from: options.validFrom,
			p_source: options.source,
			p_mode: modeFor(options.mode, reading.value)
		})
	);
	if (!answer.ok) return answer;
	const { kept, moved, flows, moves } = answer.value;
	const verdicts = lines.map(({ file, line }, index) => verdictOf(file, line, answer.value.verdicts[index]!));
	const report = reportOf(reading.value, options.mode, areaFields, { kept, verdicts });
	return success({ ...report, moves: { moved, flows, moves } });
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
