/**
 * The thread the embedded database lives in. PGlite is one connection in one thread: here a slow query
 * delays other queries, never the server's event loop.
 */
import { appendFileSync } from 'node:fs';
import { format } from 'node:util';
import { parentPort, workerData } from 'node:worker_threads';
import type { App } from '@supabase/lite';
import type {
	DatabaseAnswers,
	DatabaseCall,
	DatabaseMessage,
	DatabaseStart,
	DatabaseTask
} from './databaseProtocol.ts';
import type { SqlDatabase } from './migrations.server.ts';

const port = parentPort!;
const start = workerData as DatabaseStart;
const say = (message: DatabaseMessage, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);

divertLog(start.logFile);
try {
	await open();
} catch (error) {
	const { name, message } = error as Error;
	say({ kind: 'failed', name, message });
}

/** The library logs failing SQL with its parameters (tokens, names): that must never reach the server's log. */
function divertLog(file: string | null): void {
	const write = (...parts: unknown[]) => void (file && appendFileSync(file, format(...parts) + '\n'));
	Object.assign(console, { log: write, info: write, warn: write, error: write, debug: write });
}

async function open(): Promise<void> {
	const { openPglite } = await import('./pgliteDatabase.server.ts');
	const { prepareDatabase } = await import('./prepareDatabase.server.ts');
	const { applyMigrations, readMigrations } = await import('./migrations.server.ts');
	const { createLiteApp, warmUp } = await import('./liteApp.server.ts');
	const { openSchemaCache } = await import('./schemaCache.server.ts');

	const { connection, sql } = await openPglite(start.databaseFolder);
	await prepareDatabase(sql);
	const migrations = await readMigrations(start.migrationsFolder);
	const appliedNow = await applyMigrations(sql, migrations);
	const app = createLiteApp(connection, start.keys, await openSchemaCache(start.cacheFolder, migrations));
	await warmUp(app, start.keys);

	const handle = createHandler(app, sql, {
		dump: async () => (await connection.driver.dumpDataDir('gzip')).arrayBuffer(),
		close: () => connection.close()
	});
	// One task at a time. There is one connection: two requests at once would share one transaction, and one
	// that raises would fail them all.
	let queue: Promise<void> = Promise.resolve();
	port.on('message', (call: DatabaseCall) => (queue = queue.then(() => answer(call, handle))));
	say({ kind: 'open', appliedNow, version: migrations.at(-1)?.version ?? null });
}

type Handle = (task: DatabaseTask) => Promise<DatabaseAnswers[DatabaseTask['kind']]>;

function createHandler(
	app: App,
	sql: SqlDatabase,
	database: { dump(): Promise<ArrayBuffer>; close(): Promise<void> }
): Handle {
	return async (task) => {
		switch (task.kind) {
			case 'request':
				return await serve(app, task);
			case 'sql':
				return await sql.query(task.text, task.params);
			case 'dump':
				return await database.dump();
			case 'close':
				await database.close();
				return null;
		}
	};
}

async function serve(
	app: App,
	task: Extract<DatabaseTask, { kind: 'request' }>
): Promise<DatabaseAnswers['request']> {
	const { method, url, headers, body } = task;
	const response = await app.fetch(new Request(url, { method, headers, body }));
	return {
		status: response.status,
		headers: [...response.headers],
		body: response.body ? await response.arrayBuffer() : null
	};
}

async function answer({ id, task }: DatabaseCall, handle: Handle): Promise<void> {
	try {
		const value = await handle(task);
		say({ kind: 'answer', id, value }, transferable(value));
	} catch (error) {
		const { message, code } = error as { message: string; code?: string };
		say({ kind: 'error', id, message, code: code ?? null });
	}
}

function transferable(value: DatabaseAnswers[DatabaseTask['kind']]): ArrayBuffer[] {
	if (value instanceof ArrayBuffer) return [value];
	if (value && 'body' in value && value.body instanceof ArrayBuffer) return [value.body];
	return [];
}
