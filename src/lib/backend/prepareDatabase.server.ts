import { getAuthSchemaSql, getStorageSchemaSql, SUPABASE_AUTH_HELPERS_SQL } from '@supabase/lite';
import type { SqlDatabase } from './migrations.server.ts';

const roles = ['anon', 'authenticated', 'service_role'];
const everyRole = roles.join(', ');

// What a hosted Supabase has before the first migration: PostGIS and pgcrypto in `extensions`, the three
// roles, and its default privileges. The last are generous on purpose: a migration that forgets to revoke
// must fail our permission tests here, not be found out on the hosted one.
const foundationSql = `
create schema if not exists extensions;
create extension if not exists postgis with schema extensions;
create extension if not exists pgcrypto with schema extensions;
do $$ begin
	${roles
		.map(
			(role) =>
				`if not exists (select from pg_roles where rolname = '${role}') then
		create role ${role} nologin noinherit${role === 'service_role' ? ' bypassrls' : ''};
	end if;`
		)
		.join('\n\t')}
end $$;
grant usage on schema public, extensions to ${everyRole};
alter default privileges in schema public grant all on tables to ${everyRole};
alter default privileges in schema public grant all on functions to ${everyRole};
alter default privileges in schema public grant all on sequences to ${everyRole};
`;

const systemGrantsSql = `
grant usage on schema auth, storage to ${everyRole};
grant execute on function auth.uid(), auth.role(), auth.email(), auth.jwt() to ${everyRole};
grant all on storage.buckets, storage.objects to ${everyRole};
alter table storage.buckets enable row level security;
alter table storage.objects enable row level security;
`;

/**
 * Brings an empty database to where Supabase hands it over to the first migration. Does nothing to one that
 * is already there.
 */
export async function prepareDatabase(database: SqlDatabase): Promise<void> {
	const [found] = await database.query<{ prepared: boolean }>(
		`select to_regclass('storage.objects') is not null and to_regclass('auth.users') is not null as prepared`
	);
	if (found?.prepared) return;
	await database.exec(foundationSql);
	await database.transaction(async (session) => {
		await session.exec(SUPABASE_AUTH_HELPERS_SQL);
		await session.exec(getAuthSchemaSql());
		await session.exec(getStorageSchemaSql());
		await session.exec(systemGrantsSql);
	});
}
