import { createPgliteConnection, type PgliteConnection } from '@supabase/lite/pglite';
import type { SqlDatabase } from './migrations.server.ts';
import { slimPostgis } from './postgisBundle.server.ts';

/** PGlite with PostGIS over a folder, as a connection of the API and as plain SQL. */
export async function openPglite(
	folder: string
): Promise<{ connection: PgliteConnection; sql: SqlDatabase }> {
	const connection = await createPgliteConnection({
		url: folder,
		pgliteOptions: { extensions: { postgis: await slimPostgis() } }
	});
	const pglite = connection.driver;
	await pglite.waitReady;
	const sql: SqlDatabase = {
		query: async <Row>(text: string, params?: unknown[]) => (await pglite.query<Row>(text, params)).rows,
		exec: async (text) => void (await pglite.exec(text)),
		transaction: (work) =>
			pglite.transaction((session) =>
				work({
					query: async <Row>(text: string, params?: unknown[]) =>
						(await session.query<Row>(text, params)).rows,
					exec: async (text) => void (await session.exec(text))
				})
			)
	};
	return { connection, sql };
}
