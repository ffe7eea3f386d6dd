import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** What the applier needs of a database: PGlite in the worker, native PostgreSQL in the tests. */
export interface SqlDatabase {
	query<Row = Record<string, unknown>>(text: string, params?: unknown[]): Promise<Row[]>;
	/** Runs several statements without parameters. */
	exec(text: string): Promise<void>;
	transaction(work: (session: Omit<SqlDatabase, 'transaction'>) => Promise<void>): Promise<void>;
}

export interface Migration {
	/** `YYYYMMDDHHmmss`, the file name's first part. */
	version: string;
	name: string;
	text: string;
	sha256: string;
}

export class MigrationError extends Error {
	override name = 'MigrationError';
}

/** The migrations of a folder in the order of their versions. A folder that is not there has none. */
export async function readMigrations(folder: string): Promise<Migration[]> {
	let names: string[];
	try {
		names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
		throw error;
	}
	const migrations = await Promise.all(names.map((name) => readMigration(folder, name)));
	for (const [index, migration] of migrations.entries())
		if (index > 0 && migrations[index - 1]!.version === migration.version)
			throw new MigrationError(`migrations: got version ${migration.version} twice, expected each once`);
	return migrations;
}

async function readMigration(folder: string, file: string): Promise<Migration> {
	const match = /^(\d{14})_(\w+)\.sql$/.exec(file);
	if (!match)
		throw new MigrationError(`migrations: got file "${file}", expected YYYYMMDDHHmmss_capability.sql`);
	const text = (await readFile(join(folder, file), 'utf8')).replaceAll('\r\n', '\n');
	const sha256 = createHash('sha256').update(text).digest('hex');
	return { version: match[1]!, name: match[2]!, text, sha256 };
}

// The first three columns are those of Supabase's own command line, so that either may read the other's list.
const historySql = `
create schema if not exists supabase_migrations;
create table if not exists supabase_migrations.schema_migrations (version text primary key);
alter table supabase_migrations.schema_migrations
	add column if not exists statements text[],
	add column if not exists name text,
	add column if not exists statements_sha256 text;
`;

/**
 * Applies what is missing, each file in one transaction, and returns the versions it applied.
 * @throws MigrationError when an applied file was changed or is gone, when a new file stands before an
 * applied one, or when the database refuses a file; the earlier files stay applied.
 */
export async function applyMigrations(database: SqlDatabase, migrations: Migration[]): Promise<string[]> {
	await database.exec(historySql);
	const pending = findPending(migrations, await readHistory(database));
	for (const migration of pending) await applyMigration(database, migration);
	return pending.map((migration) => migration.version);
}

interface HistoryRow {
	version: string;
	statements_sha256: string | null;
}

const readHistory = (database: SqlDatabase) =>
	database.query<HistoryRow>(
		'select version, statements_sha256 from supabase_migrations.schema_migrations order by version'
	);

function findPending(migrations: Migration[], history: HistoryRow[]): Migration[] {
	const byVersion = new Map(migrations.map((migration) => [migration.version, migration]));
	for (const applied of history) {
		const file = byVersion.get(applied.version);
		if (!file)
			throw new MigrationError(
				`migrations: got a database with ${applied.version} applied, expected a file of that version: ` +
					`this program is older than its data; start the newer one`
			);
		if (applied.statements_sha256 && applied.statements_sha256 !== file.sha256)
			throw new MigrationError(
				`migrations: got ${file.version}_${file.name}.sql changed after it was applied ` +
					`(sha-256 ${file.sha256}), expected ${applied.statements_sha256}: restore it and add a new file instead`
			);
	}
	const applied = new Set(history.map((row) => row.version));
	const last = history.at(-1)?.version ?? '';
	const pending = migrations.filter((migration) => !applied.has(migration.version));
	const late = pending.find((migration) => migration.version < last);
	if (late)
		throw new MigrationError(
			`migrations: got new file ${late.version}_${late.name}.sql, expected a version after ${last}, which is applied`
		);
	return pending;
}

async function applyMigration(database: SqlDatabase, migration: Migration): Promise<void> {
	try {
		await database.transaction(async (session) => {
			await session.exec(migration.text);
			await session.query(
				`insert into supabase_migrations.schema_migrations (version, name, statements, statements_sha256)
				 values ($1, $2, array[$3]::text[], $4)`,
				[migration.version, migration.name, migration.text, migration.sha256]
			);
		});
	} catch (error) {
		// The drivers' own errors carry the whole text: the description says what is needed.
		throw new MigrationError(
			`migrations: ${migration.version}_${migration.name}.sql: ${describe(error, migration.text)}`
		);
	}
}

function describe(error: unknown, text: string): string {
	const { message, code, position, where, detail, hint } = error as Record<string, string | undefined>;
	const line = position ? ` at line ${text.slice(0, Number(position)).split('\n').length}` : '';
	const rest = [detail, hint, where].filter(Boolean).join('; ');
	return `${message}${code ? ` (${code})` : ''}${line}${rest ? `: ${rest}` : ''}`;
}
