import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { join } from 'node:path';
import { success, type Result } from '#lib/problem.ts';
import type { Database } from './database.types.ts';
import { openDataFolder, type DataFolder } from './dataFolder.server.ts';
import { startDatabaseThread, type DatabaseThread } from './databaseThread.server.ts';
import {
	ensureEvidenceBucket,
	openEvidenceBucket,
	openEvidenceFolder,
	type EvidenceStore
} from './evidenceStore.server.ts';
import { openKeys, type Keys } from './keys.server.ts';
import { packageRoot } from './packageRoot.server.ts';

export type Client = SupabaseClient<Database>;

/** Everything that may pass row-level security, each in one small function with its own test. */
export type ServicePurpose =
	| 'start-up'
	| 'map index'
	| 'tally cube'
	| 'assessor'
	| 'document worker'
	| 'event reader'
	| 'qr pages'
	| 'tip-offs'
	| 'invitations'
	| 'sign-ins'
	| 'evidence'
	| 'interop'
	| 'reminders';

export interface Readiness {
	isReady: boolean;
	/** Version of the newest migration the database has; `null` when unknown or none. */
	migration: string | null;
}

interface BackendDoor {
	folder: DataFolder;
	keys: Keys;
	evidence: EvidenceStore;
	/** Rendered PDFs, addressed and kept as evidence is. */
	documents: EvidenceStore;
	/** A client that acts for the user whose access token this is. */
	asUser(accessToken: string): Client;
	/** A client without a user, for signing in and up. Keeps its own session in memory: never share one. */
	asAnonymous(): Client;
	/** A client with the secret key. */
	asService(purpose: ServicePurpose): Client;
	readiness(): Promise<Readiness>;
	/** Ends within two seconds and gives the folder free. */
	close(): Promise<void>;
}

export interface EmbeddedBackend extends BackendDoor {
	kind: 'embedded';
	/** Migrations this start applied; all of them in an empty folder. */
	appliedNow: string[];
	/** SQL as the database's owner, for commands and tests; nothing a user sends comes this way. */
	sql<Row = Record<string, unknown>>(text: string, params?: unknown[]): Promise<Row[]>;
	/**
	 * The whole database at one moment, for a backup: a gzipped tar whose content, unpacked into an empty
	 * `database` folder, opens again.
	 */
	dumpDatabase(): Promise<ArrayBuffer>;
}

export interface RemoteBackend extends BackendDoor {
	kind: 'remote';
}

export type Backend = EmbeddedBackend | RemoteBackend;

export interface BackendOptions {
	/** Database (when embedded), evidence (when embedded) and keys. */
	dataFolder: string;
	/** Address and keys of a Supabase; without it the backend is embedded. */
	remote?: { url: string; publishableKey: string; secretKey: string } | null;
	/** Default: the project's own. */
	migrationsFolder?: string;
	/** Where the embedded API's own log goes. It holds names and tokens; by default it is dropped. */
	logFile?: string | null;
}

/**
 * Opens the backend, for this process alone.
 * @returns `folder.locked` with the holder's `pid` when somebody else has the folder open.
 * @throws when the database cannot be opened or a migration is refused.
 */
export async function openBackend(options: BackendOptions): Promise<Result<Backend>> {
	const opened = openDataFolder(options.dataFolder);
	if (!opened.ok) return opened;
	const folder = opened.value;
	try {
		const keys = openKeys(folder.keysFolder);
		return success(
			await (options.remote ? openRemote(folder, keys, options.remote) : openEmbedded(folder, keys, options))
		);
	} catch (error) {
		folder.release();
		throw error;
	}
}

/**
 * Reads `DATA_DIR` (default `./data`), `SUPABASE_URL`, `SUPABASE_PUBLISHABLE_KEY`, `SUPABASE_SECRET_KEY`
 * and `DATABASE_LOG`.
 */
export function backendOptionsFromEnvironment(environment: NodeJS.ProcessEnv): BackendOptions {
	const {
		DATA_DIR: dataFolder = 'data',
		SUPABASE_URL: url,
		SUPABASE_PUBLISHABLE_KEY: publishableKey,
		SUPABASE_SECRET_KEY: secretKey,
		DATABASE_LOG: logFile = null
	} = environment;
	if (!url) return { dataFolder, logFile };
	if (!publishableKey || !secretKey)
		throw new Error(
			'SUPABASE_URL: got it without both keys, expected SUPABASE_PUBLISHABLE_KEY and SUPABASE_SECRET_KEY too'
		);
	return { dataFolder, remote: { url, publishableKey, secretKey } };
}

async function openEmbedded(
	folder: DataFolder,
	keys: Keys,
	options: BackendOptions
): Promise<EmbeddedBackend> {
	const { jwtSecret, publishableKey, secretKey } = keys;
	const database = await startDatabaseThread({
		databaseFolder: folder.databaseFolder,
		cacheFolder: folder.cacheFolder,
		migrationsFolder: options.migrationsFolder ?? join(packageRoot(), 'supabase/migrations'),
		keys: { jwtSecret, publishableKey, secretKey },
		logFile: options.logFile ?? null
	});
	// The address is never resolved: requests go to the thread.
	const clients = createClients(
		{ url: 'http://embedded.invalid', publishableKey, secretKey },
		database.fetch
	);
	return {
		kind: 'embedded',
		folder,
		keys,
		evidence: openEvidenceFolder(folder.evidenceFolder),
		documents: openEvidenceFolder(folder.documentsFolder),
		...clients,
		appliedNow: database.appliedNow,
		sql: database.sql,
		dumpDatabase: database.dump,
		readiness: () => embeddedReadiness(database),
		close: async () => {
			await database.close();
			folder.release();
		}
	};
}

async function openRemote(
	folder: DataFolder,
	keys: Keys,
	remote: NonNullable<BackendOptions['remote']>
): Promise<RemoteBackend> {
	const clients = createClients(remote, fetch);
	const starting = clients.asService('start-up');
	await Promise.all([
		ensureEvidenceBucket(starting, 'evidence'),
		ensureEvidenceBucket(starting, 'documents')
	]);
	return {
		kind: 'remote',
		folder,
		keys,
		evidence: openEvidenceBucket(clients.asService('evidence'), 'evidence'),
		documents: openEvidenceBucket(clients.asService('document worker'), 'documents'),
		...clients,
		readiness: () => remoteReadiness(remote),
		close: async () => folder.release()
	};
}

/** People whose clients are kept: as many as are at work at once. */
const mostUsers = 500;

/** How long a probe waits before it calls the database unready. */
const readinessMilliseconds = 2000;

async function embeddedReadiness(database: DatabaseThread): Promise<Readiness> {
	const late = new Promise<false>((resolve) => setTimeout(resolve, readinessMilliseconds, false).unref());
	const answered = database.sql('select 1').then(
		() => true,
		() => false
	);
	return { isReady: await Promise.race([answered, late]), migration: database.version };
}

/** Whether the API and, behind it, the database answer. */
async function remoteReadiness(remote: NonNullable<BackendOptions['remote']>): Promise<Readiness> {
	try {
		const response = await fetch(new URL('/rest/v1/', remote.url), {
			headers: { apikey: remote.secretKey },
			signal: AbortSignal.timeout(readinessMilliseconds)
		});
		await response.arrayBuffer();
		return { isReady: response.ok, migration: null };
	} catch {
		return { isReady: false, migration: null };
	}
}

function createClients(
	{ url, publishableKey, secretKey }: NonNullable<BackendOptions['remote']>,
	send: typeof fetch
): Pick<BackendDoor, 'asUser' | 'asAnonymous' | 'asService'> {
	const create = (key: string, headers: Record<string, string> = {}): Client =>
		createClient<Database>(url, key, {
			auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
			global: { fetch: send, headers }
		});
	/** Making a client costs more than many a request; it keeps nothing but its token. The one made first goes first. */
	const users = new Map<string, Client>();
	const asUser = (accessToken: string): Client => {
		const known = users.get(accessToken);
		if (known) return known;
		const made = create(publishableKey, { Authorization: `Bearer ${accessToken}` });
		users.set(accessToken, made);
		if (users.size > mostUsers) users.delete(users.keys().next().value!);
		return made;
	};
	return {
		asUser,
		asAnonymous: () => create(publishableKey),
		// The purpose goes along, so that the log of a hosted Supabase says which function it was.
		asService: (purpose) => create(secretKey, { 'X-Client-Info': `mingcha/${purpose.replaceAll(' ', '-')}` })
	};
}
