import {
	createServer as createHttpServer,
	type IncomingMessage,
	type Server,
	type ServerResponse
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packageRoot } from '#lib/backend/packageRoot.server.ts';
import { shutDown } from '#lib/backend/shutdown.server.ts';
import { lanAddress, type ServerAddress } from './address.ts';
import { localCertificate } from './certificate.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** Larger than any file that is taken (20 MB), so that a file too large meets our refusal and not a cut body. */
const bodyLimit = '40M';

/**
 * Serves the built site and ends it cleanly: SIGTERM and SIGINT close the streams first, then the database.
 * Requests carry the scheme and host they came by, which form posts are checked against; behind a proxy that sets
 * `x-forwarded-proto` and `host` itself, say `TRUST_PROXY=1`.
 */
export async function listen(address: ServerAddress, environment: NodeJS.ProcessEnv): Promise<Server> {
	Object.assign(process.env, {
		PUBLIC_URL: address.publicUrl,
		BODY_SIZE_LIMIT: environment.BODY_SIZE_LIMIT ?? bodyLimit,
		PROTOCOL_HEADER: 'x-forwarded-proto',
		HOST_HEADER: 'host'
	});
	const trustsProxy = environment.TRUST_PROXY === '1';
	const { handler } = (await import(pathToFileURL(join(packageRoot(), 'build/handler.js')).href)) as {
		handler: Handler;
	};
	const serve: Handler = (request, response) => {
		if (!trustsProxy) request.headers['x-forwarded-proto'] = address.isSecure ? 'https' : 'http';
		handler(request, response);
	};
	const server = address.isSecure
		? createHttpsServer(await certificateFor(environment), serve)
		: createHttpServer(serve);
	for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void end(server));
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(address.port, address.host, resolve);
	});
	return server;
}

const certificateFor = ({ DATA_DIR = 'data' }: NodeJS.ProcessEnv) =>
	localCertificate(
		join(DATA_DIR, 'keys', 'lan'),
		[lanAddress(), '127.0.0.1', 'localhost'].filter((host) => host !== null)
	);

async function end(server: Server): Promise<void> {
	server.close();
	const errors = await shutDown();
	server.closeAllConnections();
	for (const error of errors) console.error(error.message);
	process.exit(errors.length > 0 ? 1 : 0);
}
