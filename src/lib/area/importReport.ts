import type { ColumnMapping } from './importColumns.ts';
import type { ImportTable } from './importTable.ts';
import type { ImportReport } from './importVerdict.ts';

const shownRows = 3;

/** How each file was understood: its columns, the field each stands for, and the first rows field by field. */
export function describeFiles<Field extends string>(
	files: readonly { name: string }[],
	tables: readonly ImportTable[],
	mappings: readonly ColumnMapping<Field>[],
	fields: readonly Field[]
): ImportReport['files'] {
	return files.map(({ name }, index) => {
		const { columns, rows } = tables[index]!;
		const mapping = mappings[index]! as Partial<Record<Field, string>>;
		const mapped = fields.flatMap((field) => (mapping[field] ? [[field, mapping[field]] as const] : []));
		return {
			name,
			columns,
			mapping: Object.fromEntries(mapped),
			firstRows: rows
				.slice(0, shownRows)
				.map(({ cells }) => Object.fromEntries(mapped.map(([field, column]) => [field, cells[column] ?? ''])))
		};
	});
}
