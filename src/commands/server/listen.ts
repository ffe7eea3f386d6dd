import {
	createServer as createHttpServer,
	type IncomingMessage,
	type Server,
	type ServerResponse
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import compression from 'compression';
import { packageRoot } from '#lib/backend/packageRoot.server.ts';
import { shutDown } from '#lib/backend/shutdown.server.ts';
import { refusal, refusedProblem } from '../refusal.ts';
import { exitCodes, printProblem, terminalTranslate } from '../terminal.ts';
import { lanAddress, type ServerAddress } from './address.ts';
import { localCertificate } from './certificate.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** Larger than any file that is taken (20 MB), so that a file too large meets our refusal and not a cut body. */
const bodyLimit = '40M';

/** `listen`, or the end of the process with what is in the way: the folder or the port is somebody else's. */
export async function listenOrRefuse(
	address: ServerAddress,
	environment: NodeJS.ProcessEnv
): Promise<Server> {
	return orRefuse(environment, () => listen(address, environment));
}

/** Asks for the port before long work begins, which would be lost when it is taken. */
export const portOrRefuse = (address: ServerAddress, environment: NodeJS.ProcessEnv): Promise<void> =>
	orRefuse(environment, async () => {
		const probe = createHttpServer();
		await listening(probe, address);
		await new Promise((resolve) => probe.close(resolve));
	});

async function orRefuse<Value>(environment: NodeJS.ProcessEnv, work: () => Promise<Value>): Promise<Value> {
	try {
		return await work();
	} catch (error) {
		const problem = refusedProblem(error);
		if (!problem) throw error;
		printProblem(problem, await terminalTranslate(environment));
		process.exit(exitCodes.refused);
	}
}

function listening(server: Server, { host, port }: ServerAddress): Promise<void> {
	return new Promise((resolve, reject) => {
		server.once('error', (error: NodeJS.ErrnoException) =>
			reject(
				error.code === 'EADDRINUSE' ? refusal({ code: 'server.port_taken', details: { host, port } }) : error
			)
		);
		server.listen(port, host, resolve);
	});
}

/** Pages and answers; files of the build are compressed already, and a stream must not wait for a full block. */
const compress = compression({
	filter: (request, response) =>
		response.getHeader('content-type') !== 'text/event-stream' && compression.filter(request, response)
}) as unknown as (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/**
 * Serves the built site and ends it cleanly: SIGTERM and SIGINT close the streams first, then the database.
 * Requests carry the scheme and host they came by, which form posts are checked against; behind a proxy that sets
 * `x-forwarded-proto` and `host` itself, say `TRUST_PROXY=1`.
 */
async function listen(address: ServerAddress, environment: NodeJS.ProcessEnv): Promise<Server> {
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
		compress(request, response, () => handler(request, response));
	};
	const server = address.isSecure
		? createHttpsServer(await certificateFor(environment), serve)
		: createHttpServer(serve);
	for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void end(server));
	await listening(server, address);
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
