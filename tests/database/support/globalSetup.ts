import type { TestProject } from 'vitest/node';
import { pgliteTemplate, projectMigrations } from './pgliteTemplate.ts';
import { startPostgresCluster, type PostgresCluster } from './postgresCluster.ts';
import { connectSql, migrateDatabase } from '#lib/backend/postgresDatabase.server.ts';

declare module 'vitest' {
	interface ProvidedContext {
		/** Address of the template database of the run's PostgreSQL; `null` when the run is on PGlite. */
		postgresTemplateUrl: string | null;
	}
}

/** Migrates once for the whole run; every test file then copies the template. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | void> {
	const wanted = process.env.MINGCHA_TEST_DATABASE ?? 'pglite';
	if (wanted !== 'pglite' && wanted !== 'postgres')
		throw new Error(`MINGCHA_TEST_DATABASE: got "${wanted}", expected "pglite" or "postgres"`);
	if (wanted === 'pglite') {
		await pgliteTemplate();
		project.provide('postgresTemplateUrl', null);
		return;
	}
	const cluster = await startPostgresCluster();
	try {
		project.provide('postgresTemplateUrl', await makeTemplate(cluster));
	} catch (error) {
		await cluster.stop();
		throw error;
	}
	return () => cluster.stop();
}

async function makeTemplate(cluster: PostgresCluster): Promise<string> {
	const { sql, close } = connectSql(cluster.urlOf('postgres'), 1);
	await sql.exec('create database template_mingcha');
	await close();
	const template = cluster.urlOf('template_mingcha');
	await migrateDatabase(template, projectMigrations());
	return template;
}
