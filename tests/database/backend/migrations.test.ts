import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { applyMigrations, readMigrations, type SqlDatabase } from '#lib/backend/migrations.server.ts';
import { sqlOf } from '#lib/backend/pgliteDatabase.server.ts';
import { connectSql } from '#lib/backend/postgresDatabase.server.ts';

let folder: string;
let database: SqlDatabase;
let close: () => Promise<void>;

beforeAll(async () => {
	({ database, close } = await openEmpty());
});
afterAll(() => close());
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'mingcha-migrations-'));
	await database.exec(
		'drop schema if exists supabase_migrations cascade; drop schema public cascade; create schema public'
	);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const write = (file: string, text: string) => writeFile(join(folder, file), text);
const apply = async () => applyMigrations(database, await readMigrations(folder));
const first = '20260101000000_first.sql';
const second = '20260102000000_second.sql';

describe('migrations', () => {
	test('run in the order of their versions, each once', async () => {
		await write(second, 'alter table one add column name text;');
		await write(first, 'create table one (id int); comment on table one is $$a; b$$;');
		expect(await apply()).toEqual(['20260101000000', '20260102000000']);
		expect(await apply()).toEqual([]);
		expect(
			await database.query('select version, name, statements from supabase_migrations.schema_migrations')
		).toContainEqual({
			version: '20260101000000',
			name: 'first',
			statements: [await readFile(join(folder, first), 'utf8')]
		});
	});

	test('of an empty or missing folder are none', async () => {
		expect(await apply()).toEqual([]);
		expect(await readMigrations(join(folder, 'missing'))).toEqual([]);
	});

	test('that fail leave nothing behind, and say file, line and reason', async () => {
		await write(first, 'create table one (id int);');
		await write(second, 'create table two (id int);\n\nselect * from nowhere;');
		await expect(apply()).rejects.toThrow(
			/20260102000000_second\.sql: relation "nowhere" does not exist \(42P01\) at line 3/
		);
		expect(await database.query(`select to_regclass('two') as two, to_regclass('one')::text as one`)).toEqual(
			[{ two: null, one: 'one' }]
		);
	});

	test('that were changed after they were applied are refused', async () => {
		await write(first, 'create table one (id int);');
		await apply();
		await write(first, 'create table one (id bigint);');
		await expect(apply()).rejects.toThrow(/got 20260101000000_first\.sql changed after it was applied/);
	});

	test('are the same on a machine that writes other line ends', async () => {
		await write(first, 'create table one (\nid int);');
		await apply();
		await write(first, 'create table one (\r\nid int);');
		expect(await apply()).toEqual([]);
	});

	test('of a newer program are not run over by an older one', async () => {
		await write(first, 'create table one (id int);');
		await apply();
		await rm(join(folder, first));
		await expect(apply()).rejects.toThrow(/this program is older than its data/);
	});

	test('that would slip in before an applied one are refused', async () => {
		await write(second, 'create table two (id int);');
		await apply();
		await write(first, 'create table one (id int);');
		await expect(apply()).rejects.toThrow(/expected a version after 20260102000000/);
	});

	test.each(['first.sql', '2026_first.sql'])('must carry their version in the name: %s', async (file) => {
		await write(file, 'select 1;');
		await expect(readMigrations(folder)).rejects.toThrow(/expected YYYYMMDDHHmmss_capability\.sql/);
	});
});

/** An empty database of the kind the run is on. */
async function openEmpty(): Promise<{ database: SqlDatabase; close: () => Promise<void> }> {
	const template = inject('postgresTemplateUrl');
	if (!template) return openEmptyPglite();
	const name = `empty_${process.pid}_${Date.now()}`;
	const admin = connectSql(template.replace(/[^/]+$/, 'postgres'), 1);
	await admin.sql.exec(`create database ${name}`);
	const { sql, close } = connectSql(template.replace(/[^/]+$/, name), 1);
	return {
		database: sql,
		async close() {
			await close();
			await admin.sql.exec(`drop database ${name}`);
			await admin.close();
		}
	};
}

async function openEmptyPglite(): Promise<{ database: SqlDatabase; close: () => Promise<void> }> {
	const pglite = await PGlite.create();
	return { database: sqlOf(pglite), close: () => pglite.close() };
}
