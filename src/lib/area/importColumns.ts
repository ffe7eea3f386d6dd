import { failure, success, type Result } from '#lib/problem.ts';
import { headingKey } from './importText.ts';

/** What a field is called in the lists that are in use; the first match in this order wins. */
export type Synonyms<Field extends string> = Readonly<Record<Field, readonly string[]>>;

/** Column of the file by field. */
export type ColumnMapping<Field extends string> = Readonly<Partial<Record<Field, string>>>;

/**
 * Finds the column of every field: named by hand, else by its heading in Chinese or English.
 * @param byHand from `--map "name=店名,address=地址"`; an empty column means "none".
 * @returns `import.columns` when a required field has none, or when a named one is not there; `got` lists what is.
 */
export function mapColumns<Field extends string>(
	columns: readonly string[],
	synonyms: Synonyms<Field>,
	required: readonly Field[],
	byHand: ColumnMapping<Field> = {} as ColumnMapping<Field>
): Result<ColumnMapping<Field>> {
	const byKey = new Map<string, string>();
	for (const column of columns) if (!byKey.has(headingKey(column))) byKey.set(headingKey(column), column);
	const got = columns.join('、');
	const mapping: Partial<Record<Field, string>> = {};
	const taken = new Set(Object.values<string | undefined>(byHand));
	for (const field of Object.keys(synonyms) as Field[]) {
		const named = byHand[field];
		if (named !== undefined) {
			if (named === '') continue;
			if (!columns.includes(named)) return failure('import.columns', { column: named, got }, field);
			mapping[field] = named;
			continue;
		}
		const column = synonyms[field]
			.map((each) => byKey.get(headingKey(each)))
			.find((each) => each && !taken.has(each));
		if (column) mapping[field] = column;
	}
	const missing = required.find((field) => !mapping[field]);
	if (missing) return failure('import.columns', { column: synonyms[missing][0] ?? missing, got }, missing);
	return success(mapping);
}

/** `name=店名,address=地址` → mapping; a field nobody knows is refused by name. */
export function readMapping<Field extends string>(
	text: string,
	fields: readonly Field[]
): Result<ColumnMapping<Field>> {
	const mapping: Partial<Record<Field, string>> = {};
	for (const pair of text.split(/[,，]/).filter((each) => each.trim() !== '')) {
		const at = pair.indexOf('=');
		const field = pair.slice(0, Math.max(at, 0)).trim();
		if (!fields.includes(field as Field))
			return failure('import.mapping', { got: field || pair.trim(), expected: fields.join('、') });
		mapping[field as Field] = pair.slice(at + 1).trim();
	}
	return success(mapping);
}
