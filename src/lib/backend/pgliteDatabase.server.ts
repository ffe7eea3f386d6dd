import type { PGlite, Transaction } from '@electric-sql/pglite';
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
	await connection.driver.waitReady;
	return { connection, sql: sqlOf(connection.driver) };
}

/** Plain SQL on a PGlite, as its owner. */
export const sqlOf = (pglite: PGlite): SqlDatabase => ({
	...over(pglite),
	transaction: (work) => pglite.transaction((session) => work(over(session)))
});

const over = (session: Pick<PGlite, 'query' | 'exec'> | Transaction): Omit<SqlDatabase, 'transaction'> => ({
	query: async <Row>(text: string, params?: unknown[]) => (await session.query<Row>(text, params)).rows,
	exec: async (text) => void (await session.exec(text))
});
