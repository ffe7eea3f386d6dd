import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { DatabaseAnswers, DatabaseMessage, DatabaseStart, DatabaseTask } from './databaseProtocol.ts';
import { packageRoot } from './packageRoot.server.ts';

/** The server's side of the database's thread. */
export interface DatabaseThread {
	/** Version of the newest migration, `null` without any. */
	version: string | null;
	/** Migrations applied by this start. */
	appliedNow: string[];
	fetch: typeof fetch;
	/** SQL as the database's owner. For start-up, backup and tests; no request of a user comes this way. */
	sql<Row = Record<string, unknown>>(text: string, params?: unknown[]): Promise<Row[]>;
	/** The whole database as a gzipped tar, at one moment. */
	dump(): Promise<ArrayBuffer>;
	/** Ends the thread, after what it is doing or after `graceMilliseconds`, whichever comes first. */
	close(graceMilliseconds?: number): Promise<void>;
}

type Waiting = { resolve(value: never): void; reject(error: Error): void };

/**
 * Starts the thread, opens the database and applies migrations.
 * @throws when the database cannot be opened or a migration is refused.
 */
export async function startDatabaseThread(start: DatabaseStart): Promise<DatabaseThread> {
	// The file is named from the package's root, not from here: this module also runs from a bundle.
	const file = join(packageRoot(), 'src/lib/backend/databaseWorker.server.ts');
	const worker = new Worker(file, { workerData: start, execArgv: [] });
	const waiting = new Map<number, Waiting>();
	let lastId = 0;
	let ended: Error | null = null;

	const opened = new Promise<Extract<DatabaseMessage, { kind: 'open' }>>((resolve, reject) => {
		const end = (error: Error) => {
			ended ??= error;
			reject(error);
			for (const call of waiting.values()) call.reject(error);
			waiting.clear();
		};
		worker.on('error', end);
		worker.on('exit', () => end(new Error('database: got its thread ended, expected it open')));
		worker.on('message', (message: DatabaseMessage) => {
			if (message.kind === 'open') return resolve(message);
			if (message.kind === 'failed')
				return end(Object.assign(new Error(message.message), { name: message.name }));
			settle(waiting, message);
		});
	});

	function call<Kind extends DatabaseTask['kind']>(
		task: Extract<DatabaseTask, { kind: Kind }>,
		transfer: ArrayBuffer[] = []
	): Promise<DatabaseAnswers[Kind]> {
		if (ended) return Promise.reject(ended);
		const id = ++lastId;
		return new Promise((resolve, reject) => {
			waiting.set(id, { resolve, reject });
			worker.postMessage({ id, task }, transfer);
		});
	}

	try {
		const { appliedNow, version } = await opened;
		return {
			version,
			appliedNow,
			fetch: (input, init) => forward(new Request(input, init), call),
			sql: async <Row>(text: string, params: unknown[] = []) =>
				(await call<'sql'>({ kind: 'sql', text, params })) as Row[],
			dump: () => call<'dump'>({ kind: 'dump' }),
			close: async (graceMilliseconds = 1500) => {
				if (ended) return;
				const closed = call<'close'>({ kind: 'close' });
				await Promise.race([closed, wait(graceMilliseconds)]).catch(() => {});
				ended ??= new Error('database: got a request after close, expected none');
				await worker.terminate();
			}
		};
	} catch (error) {
		await worker.terminate();
		throw error;
	}
}

function settle(waiting: Map<number, Waiting>, message: Extract<DatabaseMessage, { id: number }>): void {
	const call = waiting.get(message.id);
	if (!call) return;
	waiting.delete(message.id);
	if (message.kind === 'answer') call.resolve(message.value as never);
	else call.reject(Object.assign(new Error(message.message), { code: message.code }));
}

async function forward(
	request: Request,
	call: (
		task: Extract<DatabaseTask, { kind: 'request' }>,
		transfer: ArrayBuffer[]
	) => Promise<DatabaseAnswers['request']>
): Promise<Response> {
	request.signal.throwIfAborted();
	const body = request.body ? await request.arrayBuffer() : null;
	const { method, url } = request;
	const answer = await call(
		{ kind: 'request', method, url, headers: [...request.headers], body },
		body ? [body] : []
	);
	return new Response(answer.body, { status: answer.status, headers: answer.headers });
}

const wait = (milliseconds: number) =>
	new Promise<void>((resolve) => setTimeout(resolve, milliseconds).unref());
