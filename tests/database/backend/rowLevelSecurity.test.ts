import type { SupabaseClient } from '@supabase/supabase-js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestBackend, type Person, type TestBackend } from '../support/testBackend.ts';

// A table, an RPC and their permissions, as a migration would write them.
const schema = `
create table public.notes (
	id int generated always as identity primary key,
	author uuid not null default auth.uid(),
	body text not null unique
);
alter table public.notes enable row level security;
grant select, insert on public.notes to authenticated;
grant all on public.notes to service_role;
create policy "authors read their notes" on public.notes for select to authenticated using (author = (select auth.uid()));
create policy "authors write their notes" on public.notes for insert to authenticated with check (author = (select auth.uid()));
create table public.closed (id int);
create function public.ungranted() returns int language sql as 'select 1';
create function public.kind_of(p_value jsonb) returns jsonb language sql stable set search_path = ''
	as $$ select jsonb_build_object('kind', jsonb_typeof(p_value), 'value', p_value) $$;
grant execute on function public.kind_of(jsonb) to authenticated;
create function public.write_then_fail(p_body text) returns jsonb language plpgsql set search_path = '' as $$
begin
	insert into public.notes (body) values (p_body);
	raise exception 'notes: got %, expected something else', p_body;
end $$;
grant execute on function public.write_then_fail(text) to authenticated;
create function public.note_or_fail(p_body text) returns jsonb language plpgsql set search_path = '' as $$
begin
	insert into public.notes (author, body) values (gen_random_uuid(), p_body);
	if p_body like 'bad%' then raise exception 'notes: got a bad one'; end if;
	return '{}';
end $$;
grant execute on function public.note_or_fail(text) to service_role;
`;

let test1: TestBackend;
let wang: Person;
let li: Person;
/** Tables of this test are not in the generated types. */
const loose = (client: unknown) => client as SupabaseClient;

beforeAll(async () => {
	test1 = await openTestBackend({ schema });
	wang = await test1.signUp('wang@example.cn');
	li = await test1.signUp('li@example.cn');
});
afterAll(() => test1.close());

describe('who sees what', () => {
	test('a visitor gets nothing of a table that is granted to users', async () => {
		const { data, error } = await loose(test1.backend.asAnonymous()).from('notes').select();
		expect(data).toBeNull();
		expect(error?.code).toBe('42501');
	});

	test('a table without a grant is closed to users, although nobody revoked anything', async () => {
		const { error } = await loose(test1.backend.asUser(wang.accessToken)).from('closed').select();
		expect(error?.code).toBe('42501');
	});

	test('a function without a grant is closed to visitors and users', async () => {
		for (const client of [test1.backend.asAnonymous(), test1.backend.asUser(wang.accessToken)])
			expect((await loose(client).rpc('ungranted')).error?.code).toBe('42501');
	});

	test('one user never sees nor forges the row of another', async () => {
		const asWang = loose(test1.backend.asUser(wang.accessToken));
		const asLi = loose(test1.backend.asUser(li.accessToken));
		expect((await asWang.from('notes').insert({ body: 'of Wang' })).error).toBeNull();
		expect((await asLi.from('notes').insert({ body: 'forged', author: wang.userId })).error?.code).toBe(
			'42501'
		);
		expect((await asLi.from('notes').select()).data).toEqual([]);
		expect((await asWang.from('notes').select('body')).data).toEqual([{ body: 'of Wang' }]);
	});

	test('the secret key sees every row', async () => {
		const { data } = await loose(test1.backend.asService('start-up')).from('notes').select('author');
		expect(data).toEqual([{ author: wang.userId }]);
	});

	test('a forged token is refused', async () => {
		const [header, , signature] = wang.accessToken.split('.');
		const claims = Buffer.from(JSON.stringify({ sub: li.userId, role: 'service_role' })).toString(
			'base64url'
		);
		const { data, error } = await loose(test1.backend.asUser(`${header}.${claims}.${signature}`))
			.from('notes')
			.select();
		expect(error).not.toBeNull();
		expect(data).toBeNull();
	});
});
