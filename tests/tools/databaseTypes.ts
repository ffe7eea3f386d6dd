import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { packageRoot } from '#lib/backend/packageRoot.server.ts';

/**
 * The schema `public` as Supabase's `Database` type. Supabase's own generator needs a container; this reads
 * the catalogue of any migrated database. Columns of PostGIS types are left out: hosted Supabase and the
 * embedded API return them differently, so none may cross the REST boundary.
 */
export type Query = <Row>(text: string) => Promise<Row[]>;

export const typesFile = () => join(packageRoot(), 'src/lib/backend/database.types.ts');

/** The text of `database.types.ts` for the database behind `query`, formatted. */
export async function generateDatabaseTypes(query: Query): Promise<string> {
	const relations = (await query<Relation>(relationsSql)).map(withoutGeometry);
	const keys = await query<ForeignKey>(foreignKeysSql);
	const functions = await query<Callable>(functionsSql);
	const enums = await query<{ name: string; values: string[] }>(enumsSql);
	const isTable = ({ kind }: Relation) => kind === 'r' || kind === 'p';
	const text = `// Made by \`npm run types\` from supabase/migrations: never edited by hand.
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[];

export type Database = {
	public: {
		Tables: ${block(relations.filter(isTable).map((table) => member(table.name, tableType(table, keys))))};
		Views: ${block(relations.filter((one) => !isTable(one)).map((view) => member(view.name, viewType(view, keys))))};
		Functions: ${block(functions.map((one) => member(one.name, functionType(one))))};
		Enums: ${block(enums.map(({ name, values }) => member(name, values.map((value) => JSON.stringify(value)).join(' | '))))};
		CompositeTypes: ${block([])};
	};
};
`;
	const style = await resolveConfig(typesFile());
	return format(text, { ...style, parser: 'typescript' });
}

export const readDatabaseTypes = () => readFile(typesFile(), 'utf8');

interface Column {
	name: string;
	type: SqlType;
	isNullable: boolean;
	hasDefault: boolean;
	/** `generated always`: no request may set it. */
	isAlwaysGenerated: boolean;
}
/** A type with domains resolved; for an array, that of its elements. */
interface SqlType {
	name: string;
	schema: string;
	kind: string;
	isArray: boolean;
}
interface Relation {
	name: string;
	kind: 'r' | 'p' | 'v' | 'm';
	columns: Column[];
}
interface ForeignKey {
	table: string;
	name: string;
	columns: string[];
	isOneToOne: boolean;
	referencedRelation: string;
	referencedColumns: string[];
}
interface Callable {
	name: string;
	returnsSet: boolean;
	returns: SqlType;
	/** Columns of `returns table (…)`. */
	table: { name: string; type: SqlType }[];
	inputs: { name: string; type: SqlType; isOptional: boolean }[];
}

const withoutGeometry = (relation: Relation): Relation => ({
	...relation,
	columns: relation.columns.filter(({ type }) => type.name !== 'geometry' && type.name !== 'geography')
});

const member = (name: string, type: string, mark = '') => `${JSON.stringify(name)}${mark}: ${type};`;
const block = (members: string[]) =>
	members.length ? `{ ${members.join('\n')} }` : '{ [_ in never]: never }';

function tableType(table: Relation, keys: ForeignKey[]): string {
	return `{
		Row: ${rowType(table)};
		Insert: ${block(table.columns.map((column) => columnMember(column, column.hasDefault || column.isNullable)))};
		Update: ${block(table.columns.map((column) => columnMember(column, true)))};
		Relationships: ${relationships(table, keys)};
	}`;
}

const viewType = (view: Relation, keys: ForeignKey[]) =>
	`{ Row: ${rowType(view)}; Relationships: ${relationships(view, keys)}; }`;

const rowType = (relation: Relation) =>
	block(relation.columns.map((column) => member(column.name, nullable(column))));

const columnMember = (column: Column, isOptional: boolean) =>
	member(column.name, column.isAlwaysGenerated ? 'never' : nullable(column), isOptional ? '?' : '');

const nullable = ({ type, isNullable }: Column) => typeOf(type) + (isNullable ? ' | null' : '');

function relationships(relation: Relation, keys: ForeignKey[]): string {
	const own = keys.filter((key) => key.table === relation.name);
	return `[${own
		.map(({ name, columns, isOneToOne, referencedRelation, referencedColumns }) =>
			JSON.stringify({ foreignKeyName: name, columns, isOneToOne, referencedRelation, referencedColumns })
		)
		.join(',')}]`;
}

function functionType({ inputs, returns, returnsSet, table }: Callable): string {
	const args = inputs.length
		? block(inputs.map((input) => member(input.name, typeOf(input.type), input.isOptional ? '?' : '')))
		: 'never';
	const one = table.length
		? block(table.map(({ name, type }) => member(name, typeOf(type))))
		: typeOf(returns);
	return `{ Args: ${args}; Returns: ${returnsSet ? `(${one})[]` : one}; }`;
}

const jsonForms: Record<string, string> = {
	bool: 'boolean',
	json: 'Json',
	jsonb: 'Json',
	void: 'undefined',
	...Object.fromEntries(
		['int2', 'int4', 'int8', 'float4', 'float8', 'numeric'].map((name) => [name, 'number'])
	),
	...Object.fromEntries(
		[
			'text',
			'varchar',
			'bpchar',
			'name',
			'uuid',
			'date',
			'time',
			'timetz',
			'timestamp',
			'timestamptz',
			'interval',
			'bytea'
		].map((name) => [name, 'string'])
	)
};

function typeOf({ name, schema, kind, isArray }: SqlType): string {
	const isOurs = schema === 'public';
	const one =
		isOurs && kind === 'e'
			? `Database['public']['Enums'][${JSON.stringify(name)}]`
			: isOurs && kind === 'c'
				? `Database['public']['Tables'][${JSON.stringify(name)}]['Row']`
				: (jsonForms[name] ?? 'unknown');
	return isArray ? `(${one})[]` : one;
}

// An SQL expression for the SqlType of a type's oid.
const sqlType = (oid: string) => `(
	select jsonb_build_object('name', e.typname, 'schema', n.nspname, 'kind', e.typtype, 'isArray', t.typcategory = 'A')
	from pg_type d
	join pg_type t on t.oid = case when d.typtype = 'd' then d.typbasetype else d.oid end
	join pg_type e on e.oid = case when t.typcategory = 'A' then t.typelem else t.oid end
	join pg_namespace n on n.oid = e.typnamespace
	where d.oid = ${oid})`;

const relationsSql = `
select c.relname as name, c.relkind as kind, jsonb_agg(jsonb_build_object(
	'name', a.attname, 'type', ${sqlType('a.atttypid')}, 'isNullable', not a.attnotnull,
	'hasDefault', a.atthasdef or a.attidentity <> '',
	'isAlwaysGenerated', a.attidentity = 'a' or a.attgenerated <> '') order by a.attname) as columns
from pg_class c
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
group by c.oid order by c.relname`;

const columnNames = (relation: string, numbers: string) => `(
	select jsonb_agg(a.attname order by k.ordinal)
	from unnest(${numbers}) with ordinality as k (number, ordinal)
	join pg_attribute a on a.attrelid = ${relation} and a.attnum = k.number)`;

const foreignKeysSql = `
select c.conrelid::regclass::text as table, c.conname as name, r.relname as "referencedRelation",
	${columnNames('c.conrelid', 'c.conkey')} as columns,
	${columnNames('c.confrelid', 'c.confkey')} as "referencedColumns",
	exists (select from pg_constraint u where u.conrelid = c.conrelid and u.contype in ('p', 'u')
		and u.conkey @> c.conkey and u.conkey <@ c.conkey) as "isOneToOne"
from pg_constraint c
join pg_class r on r.oid = c.confrelid
where c.contype = 'f' and c.connamespace = 'public'::regnamespace and r.relnamespace = 'public'::regnamespace
order by 1, 2`;

const argumentsOf = (modes: string, fields: string) => `coalesce((
	select jsonb_agg(jsonb_build_object('name', coalesce(p.proargnames[k.ordinal], ''), 'type', ${sqlType('k.type')}${fields})
		order by k.ordinal)
	from unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) with ordinality as k (type, ordinal)
	where coalesce(p.proargmodes[k.ordinal], 'i') in (${modes})), '[]')`;

// Inputs stand before table columns, so an input's ordinal is its place among the inputs too.
const functionsSql = `
select p.proname as name, p.proretset as "returnsSet", ${sqlType('p.prorettype')} as returns,
	${argumentsOf("'t', 'o'", '')} as table,
	${argumentsOf("'i', 'b'", ", 'isOptional', k.ordinal > p.pronargs - p.pronargdefaults")} as inputs
from pg_proc p
where p.pronamespace = 'public'::regnamespace and p.prokind = 'f' and p.prorettype <> 'trigger'::regtype
order by p.proname, p.oid`;

const enumsSql = `
select t.typname as name, jsonb_agg(e.enumlabel order by e.enumsortorder) as values
from pg_type t join pg_enum e on e.enumtypid = t.oid
where t.typnamespace = 'public'::regnamespace
group by t.oid order by t.typname`;
