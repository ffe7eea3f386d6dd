import { cp, mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { openBackend, type Backend, type BackendOptions } from '#lib/backend/backend.server.ts';
import { openKeys } from '#lib/backend/keys.server.ts';
import { connectSql } from '#lib/backend/postgresDatabase.server.ts';
import { copyTemplate, pgliteTemplate, projectMigrations } from './pgliteTemplate.ts';
import { serveSupabase } from './serveSupabase.ts';

export interface Person {
	userId: string;
	accessToken: string;
}

export interface TestBackend {
	backend: Backend;
	dataFolder: string;
	/** SQL as superuser, for arranging and asserting. */
	sql<Row = Record<string, unknown>>(text: string, params?: unknown[]): Promise<Row[]>;
	/** A new account without any membership. */
	signUp(email: string, password?: string): Promise<Person>;
	/** Makes `app.now()` start from this instant; `null` is the real time again. */
	setClock(instant: Date | string | null): Promise<void>;
	close(): Promise<void>;
}

export interface TestBackendOptions {
	/** Run as superuser before the API reads the schema: tables and functions of the test's own. */
	schema?: string;
}

/** `postgres` (remote mode over HTTP) when MINGCHA_TEST_DATABASE says so, else `pglite` (embedded mode). */
export const testDatabase = (): 'pglite' | 'postgres' =>
	inject('postgresTemplateUrl') === null ? 'pglite' : 'postgres';

/** A fresh migrated database, behind the backend in the mode that the run is on. */
export async function openTestBackend(options: TestBackendOptions = {}): Promise<TestBackend> {
	const dataFolder = await mkdtemp(join(tmpdir(), 'mingcha-test-'));
	const template = inject('postgresTemplateUrl');
	const { backend, sql, end } = template
		? await openOnPostgres(template, dataFolder, options)
		: await openOnPglite(dataFolder, options);
	return {
		backend,
		dataFolder,
		sql,
		async signUp(email, password = 'a long enough password') {
			const { data, error } = await backend.asAnonymous().auth.signUp({ email, password });
			if (error || !data.session) throw new Error(`signUp: got ${error?.message}, expected a session`);
			return { userId: data.session.user.id, accessToken: data.session.access_token };
		},
		async setClock(instant) {
			const offset = instant === null ? 0 : new Date(instant).getTime() - Date.now();
			await sql('update app.clock set offset_milliseconds = $1', [offset]);
		},
		async close() {
			await backend.close();
			await end();
			await rm(dataFolder, { recursive: true, force: true });
		}
	};
}

type Opened = Pick<TestBackend, 'backend' | 'sql'> & { end(): Promise<void> };

async function openOnPglite(dataFolder: string, { schema }: TestBackendOptions): Promise<Opened> {
	await copyTemplate(await pgliteTemplate(), dataFolder);
	const backend = await open({
		dataFolder,
		logFile: process.env.DATABASE_LOG ?? null,
		...(schema && { migrationsFolder: await addMigration(dataFolder, schema) })
	});
	if (backend.kind !== 'embedded') throw new Error(`backend: got ${backend.kind}, expected embedded`);
	return { backend, sql: backend.sql, end: async () => {} };
}

async function addMigration(dataFolder: string, schema: string): Promise<string> {
	const folder = join(dataFolder, 'migrations');
	await cp(projectMigrations(), folder, { recursive: true });
	await writeFile(join(folder, '99991231235959_test_schema.sql'), schema);
	return folder;
}

async function openOnPostgres(
	template: string,
	dataFolder: string,
	{ schema }: TestBackendOptions
): Promise<Opened> {
	const name = `test_${randomUUID().replaceAll('-', '')}`;
	const url = template.replace(/[^/]+$/, name);
	const admin = connectSql(template.replace(/[^/]+$/, 'postgres'), 1);
	await admin.sql.exec(`create database ${name} template template_mingcha`);
	const { sql, close } = connectSql(url);
	if (schema) await sql.exec(schema);
	const keysFolder = join(dataFolder, 'served-keys');
	await mkdir(keysFolder);
	const keys = openKeys(keysFolder);
	const server = await serveSupabase(url, keys, join(dataFolder, 'served-files'));
	const { publishableKey, secretKey } = keys;
	const backend = await open({ dataFolder, remote: { url: server.url, publishableKey, secretKey } });
	return {
		backend,
		sql: sql.query,
		async end() {
			await server.close();
			await close();
			await admin.sql.exec(`drop database ${name} with (force)`);
			await admin.close();
		}
	};
}

async function open(options: BackendOptions): Promise<Backend> {
	const opened = await openBackend(options);
	if (!opened.ok) throw new Error(`backend: got ${opened.problem.code}, expected it to open`);
	return opened.value;
}
