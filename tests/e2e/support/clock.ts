import { join } from 'node:path';
import { openPglite } from '#lib/backend/pgliteDatabase.server.ts';
import { startServer, type RunningServer } from './server.ts';

/**
 * Ends a server that keeps its folder and starts another one there, so many days later by the clock of the database,
 * which every deadline goes by. What a start takes up again is done: reminders, steps of the ladder, papers.
 */
export async function daysLater(server: RunningServer, days: number): Promise<RunningServer> {
	await server.stop();
	const { connection, sql } = await openPglite(join(server.folder, 'database'));
	await sql.query('update app.clock set offset_milliseconds = $1', [days * 86_400_000]);
	await connection.driver.close();
	return startServer(server.folder, { port: Number(new URL(server.url).port), keepFolder: true });
}
