import type { TestProject } from 'vitest/node';
import { migrateDatabase } from './postgresDatabase.ts';
import { startPostgresCluster } from './postgresCluster.ts';
import { pgliteTemplate, projectMigrations } from './pgliteTemplate.ts';

declare module 'vitest' {
	interface ProvidedContext {
		/** Address of the template database of the run's PostgreSQL; `null` when the run is on PGlite. */
		postgresTemplateUrl: string | null;
	}
}

/** Migrates once for the whole run; every test file then copies the template. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | void> {
	if ((process.env.MINGCHA_TEST_DATABASE ?? 'pglite') === 'pglite') {
		await pgliteTemplate();
		project.provide('postgresTemplateUrl', null);
		return;
	}
	const cluster = await startPostgresCluster();
	const template = cluster.urlOf('template_mingcha');
	const { connectSql } = await import('./postgresDatabase.ts');
	const { sql, close } = connectSql(cluster.urlOf('postgres'), 1);
	await sql.exec('create database template_mingcha');
	await close();
	await migrateDatabase(template, projectMigrations());
	project.provide('postgresTemplateUrl', template);
	return () => cluster.stop();
}
