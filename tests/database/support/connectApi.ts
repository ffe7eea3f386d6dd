import { createPostgresConnection } from '@supabase/lite/postgres';
import { jsonTypes } from '#lib/backend/postgresDatabase.server.ts';

/** A connection of Supabase's API to a native PostgreSQL. */
export const connectApi = (url: string) =>
	createPostgresConnection({
		url,
		postgresOptions: { max: 10, types: jsonTypes, onnotice: () => {} }
	});
