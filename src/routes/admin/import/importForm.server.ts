import { z } from 'zod';
import { areaLevels, type AreaField } from '#lib/area/areaLevel.ts';
import type { AreaImport } from '#lib/area/importAreas.server.ts';
import type { ColumnMapping } from '#lib/area/importColumns.ts';
import { importEncodings } from '#lib/area/importEncoding.ts';
import type { ImportMode, ImportReport } from '#lib/area/importVerdict.ts';
import type { EnterpriseField } from '#lib/enterprise/register/importFields.ts';
import type { EnterpriseImport } from '#lib/enterprise/register/importEnterprises.server.ts';
import { failure, success, type Result } from '#lib/problem.ts';
import { coordinateSystems } from '#lib/spatial/coordinateSystem.ts';
import { importKinds } from './importKind.ts';

const checkbox = z.literal('on').optional();
const text = z.string().trim().max(200).default('');

/** What is entered, as it goes back into the form; the files travel beside it. */
const enteredSchema = z.object({
	kind: z.enum(importKinds),
	crs: z.enum(coordinateSystems),
	crsConfirmed: checkbox,
	encoding: z.enum(importEncodings).default('utf-8'),
	source: text,
	level: z.enum(areaLevels).or(z.literal('')).default(''),
	parent: text,
	parentByPosition: checkbox,
	codePrefix: text,
	validFrom: z.iso.date().or(z.literal('')).default(''),
	siteType: text,
	noCreditCode: text
});
export type Entered = z.infer<typeof enteredSchema>;

/** @returns `import.crs` when no system was chosen: there is no default. */
export function readEntered(form: FormData): Result<Entered> {
	const read = enteredSchema.safeParse(
		Object.fromEntries([...form].filter(([, value]) => typeof value === 'string'))
	);
	if (read.success) return success(read.data);
	const path = read.error.issues[0]?.path.join('.') ?? '';
	return path === 'crs'
		? failure('import.crs', undefined, path)
		: failure('request.invalid', undefined, path);
}

/** The columns chosen by hand, `map.name=店名`; empty means that the file has none for it. */
export function readChosenColumns<Field extends string>(
	form: FormData,
	fields: readonly Field[]
): ColumnMapping<Field> {
	const chosen: Partial<Record<Field, string>> = {};
	for (const field of fields) {
		const column = form.get(`map.${field}`);
		if (typeof column === 'string') chosen[field] = column;
	}
	return chosen;
}

const common = (entered: Entered, mode: ImportMode) => ({
	crs: entered.crs,
	encoding: entered.encoding,
	mode,
	isCrsConfirmed: entered.crsConfirmed === 'on'
});

export const areaImport = (
	entered: Entered,
	mode: ImportMode,
	mapping: ColumnMapping<AreaField>,
	today: string,
	fileName: string
): AreaImport => ({
	...common(entered, mode),
	mapping,
	validFrom: entered.validFrom || today,
	source: entered.source || fileName,
	parentByPosition: entered.parentByPosition === 'on',
	...(entered.level && { level: entered.level }),
	...(entered.parent && { parent: entered.parent }),
	...(entered.codePrefix && { codePrefix: entered.codePrefix })
});

export const enterpriseImport = (
	entered: Entered,
	mode: ImportMode,
	mapping: ColumnMapping<EnterpriseField>
): EnterpriseImport => ({
	...common(entered, mode),
	mapping,
	...(entered.siteType && { siteType: entered.siteType }),
	...(entered.noCreditCode && { noCreditCode: entered.noCreditCode }),
	...(entered.source && { source: entered.source })
});

/** The page lists so many lines; who has more to correct than this works in the file anyway. */
export const shownLines = 300;

const order = ['refused', 'loaded_outside', 'changed', 'loaded', 'unchanged'];

/** What the page shows of a report: refused lines first, and not twenty thousand of them. */
export function shown(report: ImportReport): ImportReport {
	const verdicts = report.verdicts
		.toSorted((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict))
		.slice(0, shownLines);
	return { ...report, verdicts };
}
