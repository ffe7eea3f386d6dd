import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Client } from '#lib/backend/backend.server.ts';
import { makeNeighbourhood, type Neighbourhood } from '../support/neighbourhood.ts';
import { openTestBackend, type TestBackend } from '../support/testBackend.ts';

let opened: TestBackend;
let place: Neighbourhood;
beforeAll(async () => {
	opened = await openTestBackend();
	place = await makeNeighbourhood(opened);
});
afterAll(() => opened.close());

const line = (ref: string, longitude: number, more: object = {}) => ({
	ref,
	name: `示例小店${ref}`,
	siteType: 'restaurant',
	creditCodeAbsence: '个体经营',
	longitude,
	latitude: 31.1,
	...more
});

const head = async () =>
	(await opened.sql<{ position: number }>('select position::int from app.event_head'))[0]!.position;
const eventsAfter = (position: number) =>
	opened.sql(
		`select kind, scope, data from public.events where position > ${position} and kind = 'register.changed' order by position`
	);
async function load(client: Client, lines: object[], mode = 'all_or_nothing') {
	const before = await head();
	const { data } = await client.rpc('import_enterprises', {
		p_lines: lines as never,
		p_source: '示例名单',
		p_mode: mode
	});
	expect(data).toMatchObject({ ok: true });
	return eventsAfter(before);
}

test('an import tells open maps once a scope; nothing that was not kept is told', async () => {
	const gao = place.as(place.gao);
	const lines = [line('1', 121.4), line('2', 121.4)];
	const refused = line('3', 121.4, { creditCode: '91000000MA1T00013B', creditCodeAbsence: null });
	expect(await load(gao, lines, 'dry_run')).toEqual([]);
	expect(await load(gao, [...lines, refused])).toEqual([]);
	const told = await load(gao, lines);
	expect(told).toEqual([{ kind: 'register.changed', scope: '0001', data: { enterprises: 2 } }]);
	expect(await load(gao, lines)).toEqual([]);
});

test('a place added on the spot is told once, however often it is posted', async () => {
	const wang = place.as(place.wang);
	const before = await head();
	const added = { ...line('4', 121.4), id: '01a20000-0000-7000-8000-0000000000aa', ref: undefined };
	for (let time = 0; time < 2; time++) {
		const { data } = await wang.rpc('add_enterprise', { p_enterprise: added as never });
		expect(data).toMatchObject({ ok: true });
	}
	expect(await eventsAfter(before)).toHaveLength(1);
});
