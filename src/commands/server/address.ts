import { networkInterfaces } from 'node:os';

/** Where the server listens and what others call it. */
export interface ServerAddress {
	host: string;
	port: number;
	isSecure: boolean;
	/** What the QR codes carry (`PUBLIC_URL`), without a slash at the end. */
	publicUrl: string;
	/** What a person on this machine opens. */
	localUrl: string;
}

/** First IPv4 address of this machine on a network, if any. */
export const lanAddress = (): string | null =>
	Object.values(networkInterfaces())
		.flatMap((addresses) => addresses ?? [])
		.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? null;

/**
 * Reads `HOST` (127.0.0.1), `PORT` (5173), `PUBLIC_URL` and `LAN`. `LAN=1` listens on the local network over
 * HTTPS, because phones give their position and keep Secure cookies over HTTPS only.
 */
export function readAddress(environment: NodeJS.ProcessEnv): ServerAddress {
	const isSecure = environment.LAN === '1';
	const host = environment.HOST ?? (isSecure ? '0.0.0.0' : '127.0.0.1');
	const port = Number(environment.PORT ?? 5173);
	if (!Number.isInteger(port) || port < 0 || port > 65_535)
		throw new RangeError(`PORT: got "${environment.PORT}", expected a port number`);
	const scheme = isSecure ? 'https' : 'http';
	const reachable = isSecure ? (lanAddress() ?? '127.0.0.1') : host === '0.0.0.0' ? '127.0.0.1' : host;
	const localUrl = `${scheme}://${isSecure ? '127.0.0.1' : reachable}:${port}`;
	const publicUrl = (environment.PUBLIC_URL ?? `${scheme}://${reachable}:${port}`).replace(/\/+$/, '');
	return { host, port, isSecure, publicUrl, localUrl };
}
