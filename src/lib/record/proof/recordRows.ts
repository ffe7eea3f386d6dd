import { canonicalText } from '#lib/canonical.ts';

/** A row of the database by the columns that somebody states; a name with a dot reads inside a JSON column. */
export interface StatedRow {
	table: string;
	/** What tells it from the other rows of its record and table. */
	id: string;
	columns: Record<string, unknown>;
}

/**
 * `row_missing`: the record states it and it is not there · `row_changed`: a column says something else ·
 * `row_extra`: it hangs on the record, which does not state it
 */
export interface RowDifference {
	kind: 'row_missing' | 'row_changed' | 'row_extra';
	table: string;
	id: string;
	/** The column; the id of a row that is missing or too many. */
	field: string;
	got: string;
	expected: string;
}

const keyOf = ({ table, id }: StatedRow): string => `${table} ${id}`;
const shown = (value: unknown): string => {
	const text = typeof value === 'string' ? value : canonicalText(value ?? null);
	return text.length > 120 ? `${text.slice(0, 120)}…` : text;
};

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/;

/** One text for what means the same: moments by their microsecond, absent as null, JSON in its canonical order. */
function sameText(value: unknown): string {
	if (typeof value !== 'string') return canonicalText(value ?? null);
	const moment = instant.exec(value);
	if (!moment) return canonicalText(value);
	const beyondMilliseconds = (moment[1] ?? '.').slice(1).padEnd(6, '0').slice(3, 6);
	return `${Date.parse(value)}${beyondMilliseconds}`;
}

function columnOf(columns: Record<string, unknown>, name: string): unknown {
	const [first, ...rest] = name.split('.') as [string, ...string[]];
	return rest.reduce<unknown>(
		(inner, part) => (inner as Record<string, unknown> | null)?.[part],
		columns[first]
	);
}

/** Where the rows are not what is stated of them; columns that nobody states are not looked at. */
export function rowDifferences(stated: readonly StatedRow[], found: readonly StatedRow[]): RowDifference[] {
	const byKey = new Map(found.map((row) => [keyOf(row), row]));
	const differences: RowDifference[] = [];
	for (const row of stated) {
		const { table, id } = row;
		const got = byKey.get(keyOf(row));
		if (!got) differences.push({ kind: 'row_missing', table, id, field: 'id', got: '—', expected: id });
		else
			for (const [field, expected] of Object.entries(row.columns)) {
				const value = columnOf(got.columns, field);
				if (sameText(value) !== sameText(expected))
					differences.push({
						kind: 'row_changed',
						table,
						id,
						field,
						got: shown(value),
						expected: shown(expected)
					});
			}
	}
	const known = new Set(stated.map(keyOf));
	// Two rows under one key are one too many as well: the map keeps the last of them.
	const seen = new Set<string>();
	for (const row of found) {
		if (!known.has(keyOf(row)) || seen.has(keyOf(row)))
			differences.push({
				kind: 'row_extra',
				table: row.table,
				id: row.id,
				field: 'id',
				got: row.id,
				expected: '—'
			});
		seen.add(keyOf(row));
	}
	return differences;
}
