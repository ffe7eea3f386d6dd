import postgres from 'postgres';
import { applyMigrations, readMigrations, type SqlDatabase } from './migrations.server.ts';
import { prepareDatabase } from './prepareDatabase.server.ts';

// The library's own settings encode a jsonb argument twice (`jsonb_typeof` then says string): it hands over
// text that is JSON already, so text passes as it is.
const json = (oid: number) => ({
	to: oid,
	from: [oid],
	serialize: (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value)),
	parse: (text: string) => JSON.parse(text) as unknown
});
export const jsonTypes = { json: json(114), jsonb: json(3802) };

export interface PlainConnection {
	sql: SqlDatabase;
	close(): Promise<void>;
}

/** Plain SQL as superuser. Numbers, dates and JSON come back as PGlite gives them to `sql` of a backend. */
export function connectSql(url: string, connections = 4): PlainConnection {
	const text = (oid: number) => ({
		to: oid,
		from: [oid],
		serialize: (value: unknown) => (value instanceof Date ? value.toISOString() : String(value)),
		parse: (value: string) => value
	});
	const client = postgres(url, {
		max: connections,
		onnotice: () => {},
		connection: { TimeZone: 'UTC' },
		types: {
			...jsonTypes,
			bigint: { to: 20, from: [20], serialize: String, parse: Number },
			numeric: { to: 1700, from: [1700], serialize: String, parse: Number },
			date: text(1082),
			timestamp: text(1114),
			timestamptz: text(1184)
		}
	});
	const over = (session: postgres.Sql | postgres.TransactionSql) => ({
		query: async <Row>(query: string, params: unknown[] = []) =>
			[...(await session.unsafe(query, params as never[]))] as unknown as Row[],
		exec: async (query: string) => void (await session.unsafe(query).simple())
	});
	return {
		sql: {
			...over(client),
			transaction: async (work) => void (await client.begin((session) => work(over(session))))
		},
		close: () => client.end()
	};
}

/** Makes a database ready to be copied: prepared and migrated, with nobody connected. */
export async function migrateDatabase(url: string, migrationsFolder: string): Promise<void> {
	const { sql, close } = connectSql(url, 1);
	try {
		await prepareDatabase(sql);
		await applyMigrations(sql, await readMigrations(migrationsFolder));
	} finally {
		await close();
	}
}
