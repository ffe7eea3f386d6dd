/** The server's address as people outside reach it (`PUBLIC_URL`), without a slash at the end: what QR codes carry. */
export const publicUrlOf = (environment: NodeJS.ProcessEnv): string =>
	(environment.PUBLIC_URL ?? environment.ORIGIN ?? 'http://127.0.0.1:5173').replace(/\/+$/, '');
