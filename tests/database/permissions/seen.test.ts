/**
 * Who sees what: every table and view of `public` × everybody, read through the API with their own token. A table
 * without an entry in tables.ts fails here.
 */
import type { SupabaseClient } from '@supabase/supabase-js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getEvidence } from '#lib/inspection/evidence.server.ts';
import { readReport } from '#lib/record/adoption.server.ts';
import { picture } from '../record/sealed.ts';
import { ids } from '../record/street.ts';
import { liveADay, makeNeighbourhood, shopId, type Neighbourhood } from '../support/neighbourhood.ts';
import { openTestBackend, type TestBackend } from '../support/testBackend.ts';
import { tables, type Row, type Viewer, type World } from './tables.ts';

// One request asks for all: with the asking user's own rights, as a hundred requests would.
const schema = `
create function public.read_everything(p_columns jsonb) returns jsonb language plpgsql stable security invoker set search_path = '' as $$
declare name text; columns text; found jsonb; everything jsonb := '{}';
begin
	for name, columns in select key, value from jsonb_each_text(p_columns) loop
		execute format('select coalesce(jsonb_agg(to_jsonb(x)), ''[]'') from (select %s from public.%I) x', columns, name) into found;
		everything := everything || jsonb_build_object(name, found);
	end loop;
	return everything;
end $$;
create function public.ask(p_calls jsonb) returns jsonb language plpgsql stable security invoker set search_path = '' as $$
declare asked jsonb; arguments text; answer jsonb; answers jsonb := '[]';
begin
	for asked in select value from jsonb_array_elements(p_calls) loop
		select coalesce(string_agg(format('%I => %L', key, value), ', '), '') into arguments from jsonb_each_text(asked->'args');
		execute format('select public.%I(%s)', asked->>'name', arguments) into answer;
		answers := answers || jsonb_build_array(answer);
	end loop;
	return answers;
end $$;
grant execute on function public.read_everything(jsonb), public.ask(jsonb) to authenticated;
`;

let opened: TestBackend;
let place: Neighbourhood;
let world: World;
/** Every row there is, by table. */
const everything = new Map<string, Row[]>();
/** Columns that users may read, and those of the key, by table. */
const readable = new Map<string, string[]>();
const keys = new Map<string, string[]>();

const now = new Date('2026-11-20T06:00:00Z');
const at = new Date('2026-11-20T05:30:00Z');

const people = {
	'a visitor': null,
	'an account without a membership': 'wu',
	'an inspector of the street': 'wang',
	'an inspector of the neighbour street': 'sun',
	'a community worker': 'chen',
	'the community worker next door': 'he',
	'the leader of the street': 'lin',
	'the administrator of the street': 'gao',
	'the principal of a restaurant': 'qian',
	'a former inspector': 'xu'
} as const;
type Who = keyof typeof people;
const everybody = Object.keys(people) as Who[];
const signedIn = everybody.filter((who) => people[who] !== null);

const clientOf = (who: Who): SupabaseClient => {
	const name = people[who];
	const client = name === null ? opened.backend.asAnonymous() : place.as(place[name]);
	return client as unknown as SupabaseClient;
};

function viewerOf(who: Who): Viewer {
	const { userId } = place[people[who]!];
	const staff = (...scopes: string[]): Viewer => ({
		userId,
		scopes,
		administered: [],
		overseen: [],
		inspected: [],
		own: [],
		reached: scopes,
		agencies: scopes.length ? [scopes[0]!.startsWith('0002') ? ids.otherAgency : ids.agency] : []
	});
	switch (people[who]) {
		case 'wang':
			return { ...staff('0001'), inspected: ['0001'] };
		case 'lin':
			return { ...staff('0001'), overseen: ['0001'] };
		case 'gao':
			return { ...staff('0001'), administered: ['0001'], overseen: ['0001'] };
		case 'sun':
			return { ...staff('0002'), inspected: ['0002'] };
		case 'chen':
			return staff('00010001');
		case 'he':
			return staff('00010002');
		case 'qian':
			return { ...staff(), own: [ids.restaurant], reached: ['00010001'] };
		default:
			return staff();
	}
}

beforeAll(async () => {
	opened = await openTestBackend({ schema });
	place = await makeNeighbourhood(opened);
	await opened.setClock(now);
	await liveADay(opened, place, at);
	const columns = await opened.sql<{ table: string; column: string; readable: boolean; is_key: boolean }>(
		`select c.relname as table, a.attname as column,
			has_column_privilege('authenticated', c.oid, a.attnum, 'select') as readable,
			exists (select 1 from pg_index i where i.indrelid = c.oid and i.indisprimary and a.attnum = any (i.indkey)) as is_key
		from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
		where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f') order by 1, a.attnum`
	);
	for (const { table } of columns) {
		const own = columns.filter((column) => column.table === table);
		readable.set(
			table,
			own.filter((column) => column.readable).map(({ column }) => column)
		);
		const key = own.filter((column) => column.is_key).map(({ column }) => column);
		keys.set(table, key.length ? key : ['id']);
	}
	for (const table of readable.keys())
		everything.set(
			table,
			await opened
				.sql(`select to_jsonb(t) - 'location' - 'boundary' as row from public.${table} t`)
				.then((rows) => rows.map(({ row }) => row as Row))
		);
	world = {
		uploads: everything.get('evidence_uploads')!,
		uses: everything.get('evidence_uses')!,
		offers: everything.get('inspection_offers')!,
		supervisions: everything.get('supervisions')!,
		supervisionPhotos: everything.get('supervision_photos')!,
		tipoffs: everything.get('tipoffs')!,
		tipoffPhotos: everything.get('tipoff_photos')!
	};
});
afterAll(() => opened.close());

const keyOf = (table: string, row: Row) =>
	keys
		.get(table)!
		.map((column) => String(row[column]))
		.join(' ');

/** Everything that a person reads of every table. */
const seenBy = new Map<Who, Promise<Record<string, Row[]>>>();
function seenTables(who: Who): Promise<Record<string, Row[]>> {
	const columns = Object.fromEntries([...readable].map(([table, names]) => [table, names.join(', ')]));
	const seen =
		seenBy.get(who) ??
		Promise.resolve(clientOf(who).rpc('read_everything', { p_columns: columns })).then(({ data, error }) => {
			if (error) throw new Error(`${who}: got ${error.code} ${error.message}, expected rows`);
			return data as Record<string, Row[]>;
		});
	seenBy.set(who, seen);
	return seen;
}
const keysOf = (table: string, rows: Row[]) => rows.map((row) => keyOf(table, row)).sort();

test('every table and view has an entry, and row-level security', async () => {
	expect([...readable.keys()].sort()).toEqual(Object.keys(tables).sort());
	const open = await opened.sql(
		`select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relrowsecurity
		union select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'v'
			and not coalesce('security_invoker=true' = any (c.reloptions), false)`
	);
	expect(open).toEqual([]);
});

test('every table holds something that somebody sees and somebody else does not', () => {
	for (const [table, { sees }] of Object.entries(tables)) {
		if (table === 'risk_tags') continue; // This street has none.
		const rows = everything.get(table)!;
		const counts = signedIn.map((who) => rows.filter((row) => sees(row, viewerOf(who), world)).length);
		expect(Math.max(...counts), table).toBeGreaterThan(0);
		expect(Math.min(...counts), table).toBe(0);
	}
});

describe('a visitor', () => {
	test('reads no table', async () => {
		for (const table of Object.keys(tables)) {
			const { data, error } = await clientOf('a visitor').from(table).select(keys.get(table)!.join(','));
			expect([table, data, error?.code]).toEqual([table, null, '42501']);
		}
	});
});

describe('columns that nobody reads', () => {
	test('are those that are named, and asking for one is refused', async () => {
		for (const [table, { hidden = [] }] of Object.entries(tables)) {
			const all = await opened.sql<{ column: string }>(
				`select attname as column from pg_attribute where attrelid = ('public.' || $1)::regclass and attnum > 0 and not attisdropped`,
				[table]
			);
			const unread = all
				.map(({ column }) => column)
				.filter((column) => !readable.get(table)!.includes(column));
			expect([table, unread.sort()]).toEqual([table, [...hidden].sort()]);
			for (const column of hidden) {
				const { data, error } = await clientOf('the administrator of the street').from(table).select(column);
				expect([table, column, data, error?.code]).toEqual([table, column, null, '42501']);
			}
		}
	});
});

describe.each(signedIn)('%s', (who) => {
	test.each(Object.entries(tables).map(([table, entry]) => ({ table, ...entry })))(
		'sees of $table: $says',
		async ({ table, sees }) => {
			const expected = everything.get(table)!.filter((row) => sees(row, viewerOf(who), world));
			expect(keysOf(table, (await seenTables(who))[table]!)).toEqual(keysOf(table, expected));
		}
	);
});

test('a table asked for by itself shows the same', async () => {
	const who = 'an inspector of the neighbour street';
	const seen = await seenTables(who);
	for (const table of Object.keys(tables)) {
		const { data } = await clientOf(who).from(table).select(keys.get(table)!.join(','));
		expect([table, keysOf(table, data as unknown as Row[])]).toEqual([table, keysOf(table, seen[table]!)]);
	}
});

// The rules above are one way to say it; these lines hold whatever the rules say.
describe('behind the fence', () => {
	const placed = Object.keys(tables).filter(
		(table) => !['agencies', 'settings', 'areas', 'area_versions', 'current_areas'].includes(table)
	);
	const fences: [Who, (scope: string) => boolean][] = [
		['an inspector of the neighbour street', (scope) => scope.startsWith('0001')],
		['an inspector of the street', (scope) => scope.startsWith('0002')],
		['the leader of the street', (scope) => scope.startsWith('0002')],
		['the administrator of the street', (scope) => scope.startsWith('0002')],
		['a community worker', (scope) => !scope.startsWith('00010001')],
		['the community worker next door', (scope) => !scope.startsWith('00010002')]
	];
	test.each(fences)('%s sees no row of anybody else', async (who, isForeign) => {
		const seen = await seenTables(who);
		const scoped = placed.filter((table) => readable.get(table)!.includes('scope'));
		expect(scoped.length).toBeGreaterThan(25);
		for (const table of scoped)
			expect([table, seen[table]!.filter(({ scope }) => scope && isForeign(String(scope)))]).toEqual([
				table,
				[]
			]);
	});

	test('a principal sees no row of another enterprise', async () => {
		const seen = await seenTables('the principal of a restaurant');
		for (const table of placed.filter((name) => readable.get(name)!.includes('enterprise_id')))
			expect([table, seen[table]!.filter(({ enterprise_id }) => enterprise_id !== ids.restaurant)]).toEqual([
				table,
				[]
			]);
	});

	test.each(['an account without a membership', 'a former inspector'] as const)(
		'%s sees nothing at all, but what they once were',
		async (who) => {
			const { memberships, ...rest } = await seenTables(who);
			for (const [table, rows] of Object.entries(rest)) expect([table, rows]).toEqual([table, []]);
			expect(memberships!.every(({ ended_at }) => ended_at !== null)).toBe(true);
		}
	);
});

describe('files', () => {
	const mayRead: Record<string, Who[]> = {
		'of a hazard in the first community': [
			'an inspector of the street',
			'a community worker',
			'the leader of the street',
			'the administrator of the street',
			'the principal of a restaurant'
		],
		'of a hazard in the second community': [
			'an inspector of the street',
			'the community worker next door',
			'the leader of the street',
			'the administrator of the street'
		],
		'of a hazard in the neighbour street': ['an inspector of the neighbour street'],
		'that a former inspector put there': []
	};
	const numbers = [1, 2, 3, 9];
	test.each(Object.entries(mayRead).map(([what, who], index) => ({ what, who, number: numbers[index]! })))(
		'the photo $what',
		async ({ who, number }) => {
			for (const person of signedIn) {
				const answer = await getEvidence(opened.backend, clientOf(person) as never, picture(number).sha256);
				expect([person, answer.ok]).toEqual([person, who.includes(person)]);
			}
		}
	);
});

// What sums over tables with the rights of its owner names its own filter: it must show what the tables show.
describe('a function that reads', () => {
	const places = { restaurant: ids.restaurant, tavern: ids.tavern, shop: shopId };
	/** Enterprises whose page each of them opens. */
	const opens: Record<Exclude<Who, 'a visitor'>, (keyof typeof places)[]> = {
		'an account without a membership': [],
		'an inspector of the street': ['restaurant', 'tavern'],
		'an inspector of the neighbour street': ['shop'],
		'a community worker': ['restaurant'],
		'the community worker next door': ['tavern'],
		'the leader of the street': ['restaurant', 'tavern'],
		'the administrator of the street': ['restaurant', 'tavern'],
		'the principal of a restaurant': ['restaurant'],
		'a former inspector': []
	};
	const staff = (who: Who) => who !== 'the principal of a restaurant';
	const checks = [
		'an inspector of the street',
		'an inspector of the neighbour street',
		'a community worker',
		'the community worker next door'
	];

	describe.each(Object.entries(opens) as [Who, (keyof typeof places)[]][])('tells %s', (who, visible) => {
		/** Whatever JSON says. */
		type Told = ReturnType<typeof JSON.parse>;
		type Call = [name: string, args?: object];
		const ask = async (...calls: Call[]): Promise<Told[]> => {
			const { data, error } = await clientOf(who).rpc('ask', {
				p_calls: calls.map(([name, args = {}]) => ({ name, args }))
			});
			if (error) throw new Error(`ask: got ${error.code} ${error.message}, expected answers`);
			return data as Told[];
		};
		const own = new Set<string>(visible.map((name) => places[name]));
		/** What staff see; a principal has a page, not lists. */
		const mine = staff(who) ? own : new Set<string>();

		test.each(Object.keys(places) as (keyof typeof places)[])('of the %s what its rows say', async (name) => {
			const isVisible = visible.includes(name);
			const readers = [
				'map_enterprise',
				'enterprise_card',
				'enterprise_history',
				'enterprise_account',
				'declared_scheme_of'
			];
			const calls = [...readers, 'visit_bundle'].map((reader): Call => [
				reader,
				{ p_enterprise: places[name] }
			]);
			const answers = await ask(...calls);
			const bundle = answers.pop();
			expect(answers.map((answer) => answer !== null)).toEqual(readers.map(() => isVisible));
			const mayCheck = isVisible && checks.includes(who);
			expect(bundle.ok ? 'ok' : bundle.problem.code).toBe(
				mayCheck ? 'ok' : isVisible && staff(who) ? 'permission.role' : 'not_found'
			);
		});

		test('only of its own places in every list', async () => {
			const [lines, found, rows, ledger, measures, matters, round, reports, extensions] = await ask(
				['enterprise_lines', { p_ordinals: Array.from({ length: 100 }, (_, place) => place + 1) }],
				['search_enterprises', { p_words: [''], p_limit: 100 }],
				['hazard_rows', { p_filter: { state: 'all' } }],
				['hazard_ledger', { p_filter: { state: 'all' }, p_after: null, p_limit: 100 }],
				['measure_rows', { p_filter: { state: 'all' } }],
				['matters'],
				['round'],
				['waiting_reports'],
				['extension_rows', { p_filter: { state: 'all' } }]
			);
			const sorted = (found: Iterable<string>) => [...new Set(found)].sort();
			const enterpriseIds = (list: { enterpriseId: string }[]) =>
				list.map(({ enterpriseId }) => enterpriseId);
			expect(sorted(lines.map(([id]: [string]) => id))).toEqual(sorted(own));
			const ordinals = lines.map(([, ordinal]: [string, number]) => ordinal);
			expect(sorted(found)).toEqual(staff(who) ? sorted(ordinals) : []);
			expect(sorted(enterpriseIds(rows.rows))).toEqual(sorted(own));
			const idsOf = (list: { id: string }[]) => sorted(list.map(({ id }) => id));
			expect(idsOf(ledger)).toEqual(idsOf(rows.rows));
			expect(sorted(enterpriseIds(measures.rows))).toEqual(sorted(mine));
			expect(sorted(enterpriseIds(extensions.rows))).toEqual(sorted(mine));
			expect(
				sorted([
					...enterpriseIds(matters.rows),
					...enterpriseIds(reports),
					...round.map(({ id }: { id: string }) => id)
				])
			).toEqual(sorted(mine));
		});

		test('figures of its own places only', async () => {
			const period = { p_from: '2026-11-01', p_to: '2026-11-30' };
			const found = everything.get('hazards')!.filter(({ enterprise_id }) => mine.has(String(enterprise_id)));
			const [overview, days, communities, siteTypes] = await ask(
				['overview', period],
				['daily_flows', period],
				['rankings', { p_by: 'community', ...period }],
				['rankings', { p_by: 'site_type', ...period }]
			);
			const sum = (rows: { found: number }[]) => rows.reduce((total, row) => total + row.found, 0);
			expect(sum(days)).toBe(found.length);
			if (found.length === 0) {
				expect([overview, communities.problem.code, siteTypes.problem.code]).toEqual([
					null,
					'session.no_membership',
					'session.no_membership'
				]);
				return;
			}
			expect([overview.found, sum(communities.value.rows), sum(siteTypes.value.rows)]).toEqual(
				Array(3).fill(found.length)
			);
			expect(communities.value.rows.map(({ key }: { key: string }) => key).sort()).toEqual(
				[...new Set(found.map(({ scope }) => scope))].sort()
			);
		});

		test('a report of a community to whoever has that community', async () => {
			for (const name of ['restaurant', 'tavern'] as const) {
				const report = everything
					.get('inspections')!
					.find((row) => row.track === 'C' && row.enterprise_id === places[name])!;
				const answer = await readReport(clientOf(who) as never, String(report.id));
				expect(answer.ok ? answer.value.id : answer.problem.code).toBe(
					mine.has(places[name]) ? report.id : 'not_found'
				);
			}
		});

		test('what is administered to administrators', async () => {
			const isAdministrator = who === 'the administrator of the street';
			const all = everything.get('memberships')!;
			const [summary, enterprises, members, areas, invitations, ...each] = await ask(
				['administration_summary'],
				['administered_enterprises', { p_text: '示例' }],
				['administered_members', { p_role: null, p_text: null, p_offset: 0, p_limit: 200 }],
				['administered_areas'],
				['administered_invitations'],
				...all.map(({ id }): Call => ['administered_member', { p_id: id }])
			);
			const ofTheStreet = all.map(({ scope }) => isAdministrator && String(scope).startsWith('0001'));
			const standing = all.filter(({ ended_at }, index) => ofTheStreet[index] && ended_at === null);
			expect(each.map((member) => member !== null)).toEqual(ofTheStreet);
			expect(members.total).toBe(standing.length);
			expect([summary.enterprises, enterprises.length, areas.length, invitations.length]).toEqual(
				isAdministrator ? [2, 2, 3, 1] : [0, 0, 0, 0]
			);
		});

		test('who they are, with the memberships that stand', async () => {
			const [{ value }] = await ask(['who_am_i']);
			expect(value.userId).toBe(place[people[who]!].userId);
			expect(value.memberships).toHaveLength(viewerOf(who).reached.length);
		});
	});
});

describe('nobody writes a table', () => {
	test('no role that the API uses may', async () => {
		const granted = await opened.sql(
			`select c.relname, r.rolname from pg_class c, pg_roles r
			where c.relnamespace in ('public'::regnamespace, 'app'::regnamespace) and c.relkind in ('r', 'p', 'v', 'm', 'f')
				and r.rolname in ('anon', 'authenticated')
				and has_table_privilege(r.oid, c.oid, 'insert, update, delete, truncate, references, trigger')
			union all
			select c.relname, r.rolname from pg_class c, pg_roles r
			where c.relnamespace in ('public'::regnamespace, 'app'::regnamespace) and c.relkind in ('r', 'p', 'v', 'm', 'f')
				and r.rolname in ('anon', 'authenticated') and has_any_column_privilege(r.oid, c.oid, 'insert, update, references')`
		);
		expect(granted).toEqual([]);
	});

	test('the administrator is refused every insert, update and delete', async () => {
		const client = clientOf('the administrator of the street');
		for (const table of Object.keys(tables)) {
			const [key] = keys.get(table)!;
			const row = everything.get(table)![0] ?? { [key!]: '00000000-0000-4000-8000-000000000000' };
			const answers = [
				await client.from(table).insert(row),
				await client
					.from(table)
					.update({ [key!]: row[key!] })
					.eq(key!, row[key!]),
				await client.from(table).delete().eq(key!, row[key!])
			];
			// 428C9: a column that the database fills in itself; 55000: a view that nobody could write through.
			for (const { error } of answers)
				expect([table, error?.code]).toEqual([table, expect.stringMatching(/^(42501|428C9|55000)$/)]);
		}
	});
});
