import type { LiteKeys } from './liteApp.server.ts';

/** What the server's thread and the database's thread say to each other. Buffers are transferred, not copied. */
export interface DatabaseStart {
	databaseFolder: string;
	migrationsFolder: string;
	/** What is kept here may be deleted at any time; it only makes the next start faster. */
	cacheFolder: string;
	keys: LiteKeys;
	/** File for the library's own log, which holds parameters in clear; `null` drops it. */
	logFile: string | null;
}

export type DatabaseTask =
	| { kind: 'request'; method: string; url: string; headers: [string, string][]; body: ArrayBuffer | null }
	| { kind: 'sql'; text: string; params: unknown[] }
	| { kind: 'dump' }
	| { kind: 'close' };

export interface DatabaseAnswers {
	request: { status: number; headers: [string, string][]; body: ArrayBuffer | null };
	sql: Record<string, unknown>[];
	dump: ArrayBuffer;
	close: null;
}

export type DatabaseCall = { id: number; task: DatabaseTask };

export type DatabaseMessage =
	| { kind: 'open'; appliedNow: string[]; version: string | null }
	| { kind: 'failed'; name: string; message: string }
	| { kind: 'answer'; id: number; value: DatabaseAnswers[DatabaseTask['kind']] }
	| { kind: 'error'; id: number; message: string; code: string | null };
