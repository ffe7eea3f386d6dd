import { join } from 'node:path';
import { packageRoot } from '#lib/backend/packageRoot.server.ts';
import { connectSql, migrateDatabase } from '#lib/backend/postgresDatabase.server.ts';
import { failure, success, type Result } from '#lib/problem.ts';
import { citySteps, type CityPlan } from './generate/city.ts';

/**
 * Makes a city in a PostgreSQL that is empty of enterprises, and migrates it first.
 * @param databaseUrl as its owner: the statements switch off triggers
 * @param onStep told when a step is done: its name and how long it took
 * @returns `folder.not_empty` when there are enterprises; then nothing is changed
 */
export async function generateCity(
	databaseUrl: string,
	plan: CityPlan,
	onStep: (makes: string, seconds: number) => void
): Promise<Result<null>> {
	await migrateDatabase(databaseUrl, join(packageRoot(), 'supabase/migrations'));
	const { sql, close } = connectSql(databaseUrl, 1);
	try {
		const [row] = await sql.query<{ found: boolean }>(
			'select exists (select 1 from public.enterprises) as found'
		);
		if (row!.found) return failure('folder.not_empty', { got: new URL(databaseUrl).pathname.slice(1) });
		for (const step of citySteps(plan)) {
			const started = performance.now();
			await sql.exec(step.sql);
			onStep(step.makes, (performance.now() - started) / 1000);
		}
		return success(null);
	} finally {
		await close();
	}
}
