import { App, NoopSmsDriver, type CacheDriver, type Connection, type EmailDriver } from '@supabase/lite';
import type { Keys } from './keys.server.ts';

export type LiteKeys = Pick<Keys, 'jwtSecret' | 'publishableKey' | 'secretKey'>;

// Accounts are made by invitation, so no mail is ever sent; the library's own driver would print it.
const noMail: EmailDriver = { send: async () => {} };

/** Supabase's API over one connection. Rows returned by one request end at 1,000, as on hosted Supabase. */
export function createLiteApp(connection: Connection, keys: LiteKeys, schemaCache?: CacheDriver): App {
	if (schemaCache) connection.config.schemaCache = schemaCache;
	// Left to itself the library grants everything on every table to everybody at the first request, which
	// would undo the migrations' grants. Told that it has done so already, it leaves them alone.
	(connection as unknown as { rlsState: string }).rlsState = 'active';
	return new App({
		connection,
		db: { migrations: { enabled: false } },
		auth: {
			enabled: true,
			jwt_secret: keys.jwtSecret,
			publishable_key: keys.publishableKey,
			secret_key: keys.secretKey,
			email: { enable_confirmations: false }
		},
		storage: { enabled: true, file_size_limit: '50MiB' },
		studio: { enabled: false },
		options: { drivers: { email: noMail, sms: new NoopSmsDriver() } }
	} as ConstructorParameters<typeof App>[0]) as App;
}

/**
 * Makes the library read the schema before the first user waits for it: a first burst of requests on native
 * PostgreSQL can otherwise meet "tuple concurrently updated". The table asked for does not exist; the answer
 * that says so needs the whole schema.
 */
export async function warmUp(app: App, keys: LiteKeys): Promise<void> {
	const response = await app.fetch(
		new Request('http://embedded.invalid/rest/v1/warm_up', { headers: { apikey: keys.secretKey } })
	);
	await response.arrayBuffer();
}
