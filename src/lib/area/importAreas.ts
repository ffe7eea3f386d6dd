import type { MultiPolygon, Position } from 'geojson';
import { failure, success, type Result } from '#lib/problem.ts';
import type { CoordinateSystem } from '#lib/spatial/coordinateSystem.ts';
import { areaLevels, type AreaField, type AreaLevel } from './areaLevel.ts';
import { mapColumns, type ColumnMapping, type Synonyms } from './importColumns.ts';
import { multiPolygon, readShape } from './importGeometry.ts';
import { cleanCode } from './importText.ts';
import type { ImportRow, ImportTable } from './importTable.ts';
import type { LineFault } from './importVerdict.ts';

export interface AreaImportOptions {
	/** The system the file's positions are in; there is no default. */
	crs: CoordinateSystem;
	/** Of every line, where the file has no column for it. */
	level?: AreaLevel;
	/** Code or name of the area above every line. */
	parent?: string;
	/** The area above a line is the one that covers it. */
	parentByPosition?: boolean;
	/**
	 * Stands before codes that are not official division codes: `SQ-3` is kept as local code `下城-SQ-3`, so that two
	 * sources never mean different places by one code. An official number is never made up.
	 */
	codePrefix?: string;
	mapping?: ColumnMapping<AreaField>;
}

/** One area as `import_areas` takes it, with the lines it came from. */
export interface AreaLine {
	lines: number[];
	level: AreaLevel;
	name: string;
	officialCode: string | null;
	localCode: string | null;
	parentCode: string | null;
	parentName: string | null;
	parentByPosition: boolean;
	/** WGS-84; `null` when the file has no shapes. */
	geometry: MultiPolygon | null;
}

export interface AreaReading {
	mapping: ColumnMapping<AreaField>;
	/** Parents before children. */
	areas: AreaLine[];
	faults: LineFault[];
}

const levelNames: Record<AreaLevel, readonly string[]> = {
	district: ['district', '区县', '区', '县', '市辖区'],
	street: ['street', '街道', '乡镇', '镇', '乡', '街镇'],
	community: ['community', '社区', '村', '村社', '村居'],
	grid: ['grid', '网格']
};
/** 统计用区划代码: 6 digits to the district, 9 to the street, 12 to the community; grids have none. */
const officialLength: Partial<Record<AreaLevel, number>> = { district: 6, street: 9, community: 12 };

const named = (words: readonly string[]) => ({
	name: words.flatMap((word) => [word, `${word}名称`]),
	code: words.flatMap((word) => [`${word}编码`, `${word}代码`, `${word}编号`])
});

/** Headings of a file whose lines are all of one level: 街道编码 is the code of a street, and above a community. */
function synonymsFor(level: AreaLevel | undefined): Synonyms<AreaField> {
	const own = level ? named(levelNames[level]) : { name: [], code: [] };
	const above =
		level && level !== 'district'
			? named(levelNames[areaLevels[areaLevels.indexOf(level) - 1]!])
			: { name: [], code: [] };
	return {
		name: [...own.name, '名称', '区划名称', '区域名称', 'name'],
		code: [
			...own.code,
			'统计用区划代码',
			'区划代码',
			'行政区划代码',
			'区域代码',
			'编码',
			'代码',
			'code',
			'adcode'
		],
		level: ['级别', '层级', '区域级别', 'level'],
		parentName: [...above.name, '上级名称', '上级区域', '所属区域', '上级', 'parent', 'parent name'],
		parentCode: [...above.code, '上级代码', '上级编码', '上级区划代码', 'parent code']
	};
}

export function readAreas(table: ImportTable, options: AreaImportOptions): Result<AreaReading> {
	const required: AreaField[] = options.level ? ['name'] : ['name', 'level'];
	const mapped = mapColumns(table.columns, synonymsFor(options.level), required, options.mapping);
	if (!mapped.ok) return mapped;
	const faults: LineFault[] = [];
	const byPlace = new Map<string, AreaLine>();
	for (const row of table.rows) {
		const read = readArea(row, mapped.value, options);
		if ('reason' in read) faults.push(read);
		else join(byPlace, read, faults);
	}
	const swapped = faults.filter(({ reason }) => reason === 'position_swapped').length;
	if (swapped * 2 > table.rows.length) return failure('import.swapped', { number: swapped });
	const areas = [...byPlace.values()].sort(
		(a, b) => areaLevels.indexOf(a.level) - areaLevels.indexOf(b.level)
	);
	return success({ mapping: mapped.value, areas, faults });
}

/** The polygons of one place, told by code or by name under the same parent, become one area. */
function join(byPlace: Map<string, AreaLine>, area: AreaLine, faults: LineFault[]): void {
	const code = area.officialCode ?? area.localCode;
	const key = [area.level, code ?? `${area.parentCode}/${area.parentName}/${area.name}`].join(' ');
	const known = byPlace.get(key);
	if (!known) return void byPlace.set(key, area);
	const isSamePlace =
		known.name === area.name && known.parentCode === area.parentCode && known.parentName === area.parentName;
	if (!isSamePlace || !known.geometry || !area.geometry) {
		faults.push({
			lines: area.lines,
			name: area.name,
			reason: 'repeated',
			got: `${code ?? area.name} = ${known.lines[0]}`
		});
		return;
	}
	known.lines.push(...area.lines);
	known.geometry.coordinates.push(...area.geometry.coordinates);
}

function readArea(
	row: ImportRow,
	mapping: ColumnMapping<AreaField>,
	options: AreaImportOptions
): AreaLine | LineFault {
	const cell = (field: AreaField) => (mapping[field] && row.cells[mapping[field]]) || null;
	const name = cell('name') ?? '';
	const fault = (reason: LineFault['reason'], got?: string): LineFault => ({
		lines: [row.line],
		name,
		reason,
		...(got && { got })
	});
	if (name === '') return fault('name');
	if (name.length > 60) return fault('too_long', name);
	const level = cell('level') ? readLevel(cell('level')!) : options.level;
	if (!level) return fault('level', cell('level') ?? '');
	const code = readCode(cell('code'), level, options.codePrefix);
	if (code.problem) return fault(code.problem, code.got);
	const parent = readParent(cell('parentName'), cell('parentCode'), level, options);
	if (parent.problem) return fault(parent.problem, parent.got);
	let polygons: Position[][][] | null = null;
	if (row.geometry) {
		const shape = readShape(row.geometry, options.crs);
		if (!shape.ok) return fault(shape.reason, shape.got);
		polygons = shape.polygons;
	}
	return {
		lines: [row.line],
		level,
		name,
		officialCode: code.official,
		localCode: code.local,
		parentCode: parent.code,
		parentName: parent.name,
		parentByPosition: parent.byPosition,
		geometry: polygons && multiPolygon(polygons)
	};
}

const readLevel = (text: string): AreaLevel | undefined =>
	areaLevels.find((level) => levelNames[level].includes(text.toLowerCase()));

interface Code {
	official: string | null;
	local: string | null;
	problem?: 'code' | 'code_prefix';
	got?: string;
}

function readCode(text: string | null, level: AreaLevel, prefix: string | undefined): Code {
	if (!text) return { official: null, local: null };
	const code = cleanCode(text);
	const official = readOfficialCode(code, level);
	if (official) return { official, local: null };
	if (prefix === undefined) return { official: null, local: null, problem: 'code_prefix', got: code };
	const local = prefix + code;
	return local.length <= 40
		? { official: null, local }
		: { official: null, local: null, problem: 'code', got: local };
}

/** Statistics writes every code with 12 digits, the rest being zeros. */
function readOfficialCode(code: string, level: AreaLevel): string | null {
	const length = officialLength[level];
	if (!length || !/^\d+$/.test(code)) return null;
	if (code.length === length) return code;
	return code.length === 12 && /^0+$/.test(code.slice(length)) ? code.slice(0, length) : null;
}

interface Parent {
	code: string | null;
	name: string | null;
	byPosition: boolean;
	problem?: 'code_prefix';
	got?: string;
}

function readParent(
	name: string | null,
	code: string | null,
	level: AreaLevel,
	options: AreaImportOptions
): Parent {
	const none: Parent = { code: null, name: null, byPosition: false };
	if (options.parentByPosition) return { ...none, byPosition: true };
	if (options.parent)
		return /^\d{6,12}$/.test(options.parent)
			? { ...none, code: options.parent }
			: { ...none, name: options.parent };
	if (level === 'district' || !code) return { ...none, name };
	const above = areaLevels[areaLevels.indexOf(level) - 1]!;
	const read = readCode(code, above, options.codePrefix);
	if (read.problem) return { ...none, problem: 'code_prefix', got: read.got ?? code };
	return { ...none, name, code: read.official ?? read.local };
}
