import type { SupabaseClient } from '@supabase/supabase-js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestBackend, testDatabase, type Person, type TestBackend } from '../support/testBackend.ts';

const schema = `
create table public.notes (
	id int generated always as identity primary key,
	author uuid default auth.uid(),
	body text not null unique
);
alter table public.notes enable row level security;
grant select, insert on public.notes to authenticated;
grant all on public.notes to service_role;
create policy "authors read" on public.notes for select to authenticated using (author = (select auth.uid()));
create policy "authors write" on public.notes for insert to authenticated with check (author = (select auth.uid()));

create function public.kind_of(p_value jsonb) returns jsonb language sql stable set search_path = ''
	as $$ select jsonb_build_object('kind', jsonb_typeof(p_value), 'value', p_value) $$;
create function public.note_or_fail(p_body text) returns jsonb language plpgsql set search_path = '' as $$
begin
	insert into public.notes (body) values (p_body);
	if p_body like 'bad%' then raise exception 'notes: got %, expected a good one', p_body; end if;
	return jsonb_build_object('body', p_body);
end $$;
create function public.sleep(p_seconds float) returns void language sql volatile set search_path = ''
	as $$ select pg_catalog.pg_sleep(p_seconds) $$;
create function public.caller() returns jsonb language sql stable set search_path = ''
	as $$ select jsonb_build_object('id', auth.uid(), 'role', current_user) $$;
grant execute on function public.kind_of(jsonb), public.note_or_fail(text), public.sleep(float), public.caller()
	to authenticated, service_role;
`;

let opened: TestBackend;
let wang: Person;
let asWang: SupabaseClient;
let asService: SupabaseClient;

beforeAll(async () => {
	opened = await openTestBackend({ schema });
	wang = await opened.signUp('wang@example.cn');
	// The tables and functions of this file are not in the generated types.
	asWang = opened.backend.asUser(wang.accessToken) as unknown as SupabaseClient;
	asService = opened.backend.asService('start-up') as unknown as SupabaseClient;
});
afterAll(() => opened.close());

describe('a function call', () => {
	// A bare string is not tried: the embedded API refuses one, so our functions take objects and arrays.
	test.each([
		['object', { name: '示例餐饮店', points: 5.5 }],
		['array', [1, 2, 3]],
		['number', 12]
	])('takes a jsonb argument as it is: %s', async (kind, value) => {
		expect((await asWang.rpc('kind_of', { p_value: value })).data).toEqual({ kind, value });
		expect((await asService.rpc('kind_of', { p_value: value })).data).toEqual({ kind, value });
	});

	test('that raises leaves nothing behind', async () => {
		const { error } = await asWang.rpc('note_or_fail', { p_body: 'bad of Wang' });
		expect(error).not.toBeNull();
		expect(await opened.sql(`select body from public.notes where body like 'bad%'`)).toEqual([]);
		expect((await asWang.rpc('note_or_fail', { p_body: 'good of Wang' })).data).toEqual({
			body: 'good of Wang'
		});
	});

	test('keeps the SQLSTATE of a broken constraint', async () => {
		await asWang.from('notes').insert({ body: 'once' });
		expect((await asWang.from('notes').insert({ body: 'once' })).error?.code).toBe('23505');
	});
});

describe('requests at the same time', () => {
	const mixed = Array.from({ length: 40 }, (_, index) => (index % 2 ? `bad ${index}` : `good ${index}`));

	test.each(['secret key', 'user'])('that fail do not spoil the others (%s)', async (who) => {
		const client = who === 'user' ? asWang : asService;
		const bodies = mixed.map((body) => `${body} of ${who}`);
		const answers = await Promise.all(bodies.map((p_body) => client.rpc('note_or_fail', { p_body })));
		expect(answers.map(({ error }) => error === null)).toEqual(bodies.map((body) => body.startsWith('good')));
		const kept = await opened.sql<{ body: string }>(
			`select body from public.notes where body like '%of ' || $1`,
			[who]
		);
		expect(kept.map(({ body }) => body).sort()).toEqual(
			bodies.filter((body) => body.startsWith('good')).sort()
		);
	});

	test('never see through each other’s eyes', async () => {
		const li = await opened.signUp('li@example.cn');
		const asLi = opened.backend.asUser(li.accessToken) as unknown as SupabaseClient;
		const clients = [
			{ client: asWang, expected: { id: wang.userId, role: 'authenticated' } },
			{ client: asLi, expected: { id: li.userId, role: 'authenticated' } },
			{ client: asService, expected: { id: null, role: 'service_role' } }
		];
		const rounds = Array.from({ length: 60 }, (_, index) => clients[index % 3]!);
		const answers = await Promise.all(rounds.map(({ client }) => client.rpc('caller')));
		expect(answers.map(({ data }) => data)).toEqual(rounds.map(({ expected }) => expected));
	});
});

test('a query of a second does not freeze the server', async () => {
	await asService.rpc('sleep', { p_seconds: 0 });
	// Not how fast, only whether: a frozen server would not tick once while the query runs.
	let ticks = 0;
	const clock = setInterval(() => ticks++, 10);
	const started = performance.now();
	const { error } = await asService.rpc('sleep', { p_seconds: 1 });
	clearInterval(clock);
	expect(error).toBeNull();
	expect(performance.now() - started).toBeGreaterThanOrEqual(990);
	expect(ticks).toBeGreaterThan(5);
});

test('readiness names the database’s newest migration when it is embedded', async () => {
	const readiness = await opened.backend.readiness();
	expect(readiness.isReady).toBe(true);
	if (testDatabase() === 'pglite') expect(readiness.migration).toBe('99991231235959');
});
