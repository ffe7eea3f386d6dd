import { mapColumns, type ColumnMapping } from '#lib/area/importColumns.ts';
import type { ImportRow, ImportTable } from '#lib/area/importTable.ts';
import { cleanCode, readDegrees } from '#lib/area/importText.ts';
import type { LineFault, RefusalReason } from '#lib/area/importVerdict.ts';
import { failure, success, type Result } from '#lib/problem.ts';
import { isSwapped, toWgs84, type CoordinateSystem, type LonLat } from '#lib/spatial/coordinateSystem.ts';
import { readCreditCode } from './creditCode.ts';
import { enterpriseSynonyms, type EnterpriseField } from './importFields.ts';
import { nameInitials } from './nameInitials.ts';

/** What the dictionaries call it, in either language or by its code. */
export interface DictionaryEntry {
	code: string;
	nameZh: string;
	nameEn: string;
}

export interface EnterpriseImportOptions {
	/** The system the file's positions are in; there is no default. */
	crs: CoordinateSystem;
	/** Code of the kind of site, for lines that name none. */
	siteType?: string;
	/** Why lines without a credit code have none (多为个体户、数据源未提供); without it they are refused. */
	noCreditCode?: string;
	/**
	 * Whose list it is. The numbers of a list mean something only together with it; without a source they are left
	 * aside, and places are known again by credit code, else by name and address.
	 */
	source?: string;
	mapping?: ColumnMapping<EnterpriseField>;
	siteTypes: readonly DictionaryEntry[];
	riskTags: readonly DictionaryEntry[];
}

/** One enterprise as `import_enterprises` takes it. Positions are WGS-84; `crs` is what the source stated. */
export interface EnterpriseLine {
	line: number;
	ref?: string;
	name: string;
	nameInitials: string;
	creditCode?: string;
	creditCodeAbsence?: string;
	address: string;
	siteType: string;
	longitude?: number;
	latitude?: number;
	crs: CoordinateSystem;
	industryCode?: string;
	riskLevel?: string;
	tags?: string[];
	standardisationLevel?: string;
	servingInstitution?: string;
	supervisingDepartment?: string;
	principalName?: string;
	principalPhone?: string;
	contactName?: string;
	contactPhone?: string;
}

export interface EnterpriseReading {
	mapping: ColumnMapping<EnterpriseField>;
	enterprises: EnterpriseLine[];
	/** Positions as the file has them, in the order of `enterprises` that have one. */
	positions: LonLat[];
	faults: LineFault[];
}

export function readEnterprises(
	table: ImportTable,
	options: EnterpriseImportOptions
): Result<EnterpriseReading> {
	const required: EnterpriseField[] = ['name'];
	if (!options.siteType) required.push('siteType');
	// A file with one of the two has positions and lacks half of them.
	const mapped = mapColumns(table.columns, enterpriseSynonyms, required, options.mapping);
	if (!mapped.ok) return mapped;
	const { longitude, latitude } = mapped.value;
	if (Boolean(longitude) !== Boolean(latitude))
		return failure('import.columns', { column: longitude ? '纬度' : '经度', got: table.columns.join('、') });
	const reading: EnterpriseReading = { mapping: mapped.value, enterprises: [], positions: [], faults: [] };
	const seen = new Map<string, number>();
	for (const row of table.rows) {
		const read = readEnterprise(row, mapped.value, options);
		const repeated = read.ok ? repeats(read.line, seen) : null;
		if (!read.ok) reading.faults.push(read.fault);
		else if (repeated) reading.faults.push(repeated);
		else {
			reading.enterprises.push(read.line);
			if (read.position) reading.positions.push(read.position);
		}
	}
	const swapped = reading.faults.filter(({ reason }) => reason === 'position_swapped').length;
	if (swapped * 2 > table.rows.length) return failure('import.swapped', { number: swapped });
	return success(reading);
}

/** Twice the same place in one file: which of the two is right is for a person to say. */
function repeats(line: EnterpriseLine, seen: Map<string, number>): LineFault | null {
	const keys = [
		line.creditCode && `code ${line.creditCode}`,
		line.ref && `ref ${line.ref}`,
		!line.ref && !line.creditCode && `place ${line.name}\n${line.address}`
	].filter((key) => typeof key === 'string');
	const first = keys.map((key) => seen.get(key)).find((earlier) => earlier !== undefined);
	if (first !== undefined)
		return { lines: [line.line], name: line.name, reason: 'repeated', got: String(first) };
	for (const key of keys) seen.set(key, line.line);
	return null;
}

type Read = { ok: true; line: EnterpriseLine; position: LonLat | null } | { ok: false; fault: LineFault };

class Refused extends Error {
	readonly reason: RefusalReason;
	readonly got: string | undefined;
	constructor(reason: RefusalReason, got?: string) {
		super(reason);
		this.reason = reason;
		this.got = got;
	}
}

function readEnterprise(
	row: ImportRow,
	mapping: ColumnMapping<EnterpriseField>,
	options: EnterpriseImportOptions
): Read {
	const cell = (field: EnterpriseField) => (mapping[field] && row.cells[mapping[field]]) || undefined;
	const name = cell('name') ?? '';
	try {
		return { ok: true, ...enterpriseOf(row, cell, options) };
	} catch (error) {
		if (!(error instanceof Refused)) throw error;
		const { reason, got } = error;
		return { ok: false, fault: { lines: [row.line], name, reason, ...(got !== undefined && { got }) } };
	}
}

type Cell = (field: EnterpriseField) => string | undefined;

function enterpriseOf(
	row: ImportRow,
	cell: Cell,
	options: EnterpriseImportOptions
): { line: EnterpriseLine; position: LonLat | null } {
	const name = limited(cell('name') ?? '', 120);
	if (name.length < 2) throw new Refused('name', name);
	const position = positionOf(row, cell);
	const [longitude, latitude] = position ? toWgs84(position, options.crs) : [];
	const ref = options.source ? cell('ref') : undefined;
	const optional = {
		ref: ref && limited(ref, 100),
		...creditCodeOf(cell, options.noCreditCode),
		longitude,
		latitude,
		industryCode: industryCodeOf(cell('industryCode')),
		riskLevel: riskLevelOf(cell('riskLevel')),
		tags: tagsOf(cell('tags'), options.riskTags),
		standardisationLevel: standardisationLevelOf(cell('standardisationLevel')),
		servingInstitution: limited(cell('servingInstitution'), 120),
		supervisingDepartment: limited(cell('supervisingDepartment'), 120),
		principalName: limited(cell('principalName'), 50),
		principalPhone: limited(cell('principalPhone'), 40),
		contactName: limited(cell('contactName'), 50),
		contactPhone: limited(cell('contactPhone'), 40)
	};
	const line = {
		line: row.line,
		name,
		nameInitials: nameInitials(name),
		address: limited(cell('address') ?? '', 300),
		siteType: siteTypeOf(cell('siteType'), options),
		crs: options.crs,
		...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined))
	};
	return { line, position };
}

function limited<Text extends string | undefined>(text: Text, length: number): Text {
	if (text && text.length > length)
		throw new Refused('too_long', `${text.slice(0, 20)}… (${text.length} > ${length})`);
	return text;
}

function creditCodeOf(
	cell: Cell,
	noCreditCode: string | undefined
): Pick<EnterpriseLine, 'creditCode' | 'creditCodeAbsence'> {
	const text = cell('creditCode') ?? '';
	// What lists write where there is none.
	if (/^(无|暂无|没有|-+|—+|\/|none|n\/a)?$/i.test(text)) {
		const reason = cell('creditCodeAbsence') ?? noCreditCode;
		if (!reason || reason.length < 2) throw new Refused('credit_code_reason');
		return { creditCodeAbsence: limited(reason, 100) };
	}
	const read = readCreditCode(text);
	if (!read.ok) throw new Refused('credit_code', text);
	return { creditCode: read.value };
}

/** From the feature's point, else from the two columns. */
function positionOf(row: ImportRow, cell: Cell): LonLat | null {
	let position: LonLat;
	if (row.geometry) {
		if (row.geometry.type !== 'Point') throw new Refused('geometry', row.geometry.type);
		const [longitude, latitude] = row.geometry.coordinates;
		if (!Number.isFinite(longitude) || !Number.isFinite(latitude))
			throw new Refused('position', JSON.stringify(row.geometry.coordinates));
		position = [longitude!, latitude!];
	} else {
		const [x, y] = [cell('longitude'), cell('latitude')];
		if (x === undefined && y === undefined) return null;
		const [longitude, latitude] = [readDegrees(x ?? ''), readDegrees(y ?? '')];
		if (longitude === null || latitude === null) throw new Refused('position', `${x ?? ''},${y ?? ''}`);
		position = [longitude, latitude];
	}
	const got = position.join(',');
	if (position[0] === 0 && position[1] === 0) throw new Refused('position_zero', got);
	if (isSwapped(position)) throw new Refused('position_swapped', got);
	if (Math.abs(position[0]) > 180 || Math.abs(position[1]) > 90) throw new Refused('position', got);
	return position;
}

const entryOf = (text: string, entries: readonly DictionaryEntry[]): DictionaryEntry | undefined =>
	entries.find(({ code, nameZh, nameEn }) =>
		[code, nameZh, nameEn.toLowerCase()].includes(text.toLowerCase())
	);

function siteTypeOf(text: string | undefined, { siteType, siteTypes }: EnterpriseImportOptions): string {
	const wanted = text ?? siteType ?? '';
	const entry = entryOf(wanted, siteTypes);
	if (!entry) throw new Refused('site_type', wanted);
	return entry.code;
}

function tagsOf(text: string | undefined, riskTags: readonly DictionaryEntry[]): string[] | undefined {
	return text
		?.split(/[,，、;；\s]+/)
		.filter(Boolean)
		.map((word) => entryOf(word, riskTags)?.code ?? word);
}

/** 红橙黄蓝 and their words; a risk is not a score, whose bands have words of their own. */
const riskLevels: Record<string, string> = {
	重大: 'major',
	红: 'major',
	较大: 'considerable',
	橙: 'considerable',
	一般: 'general',
	黄: 'general',
	低: 'low',
	蓝: 'low'
};

function riskLevelOf(text: string | undefined): string | undefined {
	if (!text) return undefined;
	const word = text.toLowerCase().replace(/(安全)?风险|等级|[级色]/g, '');
	if (Object.values(riskLevels).includes(word)) return word;
	if (!riskLevels[word]) throw new Refused('risk_level', text);
	return riskLevels[word];
}

/** GB/T 4754: `C2614` or `2614`. */
function industryCodeOf(text: string | undefined): string | undefined {
	if (!text) return undefined;
	const code = /^[A-T]?(\d{2,4})/.exec(cleanCode(text).toUpperCase())?.[1];
	if (!code) throw new Refused('industry_code', text);
	return code;
}

function standardisationLevelOf(text: string | undefined): string | undefined {
	const at = text ? ['一', '二', '三'].findIndex((numeral) => text.includes(numeral)) : -1;
	if (at >= 0) return String(at + 1);
	return text && /^[123]/.test(text) ? text[0] : undefined;
}
