import { AsyncLocalStorage } from 'node:async_hooks';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { App } from '@supabase/lite';
import { createLiteApp, warmUp, type LiteKeys } from '#lib/backend/liteApp.server.ts';
import { fileStorage } from './fileStorage.ts';
import { connectApi } from './connectApi.ts';

export interface SupabaseServer {
	url: string;
	close(): Promise<void>;
}

// Every refusal is logged with its SQL and parameters. Tests provoke refusals by the hundred, so what the
// library says while it serves a request is dropped; what anything else says is not.
const serving = new AsyncLocalStorage<true>();
const sayError = console.error;
console.error = (...parts) => void (serving.getStore() ?? sayError(...parts));

/** Supabase's API on loopback over a native PostgreSQL: what `SUPABASE_URL` names in tests. */
export async function serveSupabase(
	databaseUrl: string,
	keys: LiteKeys,
	storageFolder: string
): Promise<SupabaseServer> {
	const connection = connectApi(databaseUrl);
	const app = createLiteApp(connection, keys);
	app._storageAdapter = fileStorage(storageFolder);
	await serving.run(true, () => warmUp(app, keys));
	const underWay = new Set<Promise<void>>();
	const server = createServer((request, response) => {
		const handled = serving
			.run(true, () => handle(app, request, response))
			.catch((error: Error) => void response.destroy(error))
			.finally(() => underWay.delete(handled));
		underWay.add(handled);
	});
	// As the proxies before a hosted one: a client that is busy for a while finds its connection again.
	server.keepAliveTimeout = 65_000;
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
			// A connection closed under a transaction would wait for it for ever.
			await Promise.all(underWay);
			await connection.close();
		}
	};
}

async function handle(app: App, request: IncomingMessage, response: ServerResponse): Promise<void> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const answer = await app.fetch(
		new Request(`http://${request.headers.host}${request.url}`, {
			method: request.method,
			headers: Object.entries(request.headers).flatMap(([name, value]) =>
				[value ?? []].flat().map((one): [string, string] => [name, one])
			),
			body: chunks.length ? Buffer.concat(chunks) : null
		})
	);
	response.writeHead(answer.status, [...answer.headers].flat());
	response.end(Buffer.from(await answer.arrayBuffer()));
}
