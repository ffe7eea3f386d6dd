/** Borders are drawn anew: refusals first, then what moves, what stays, and what is told beforehand. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AreaChange, AreaStep, ChangePreview } from '#lib/area/areaChange.ts';
import {
	changeAreas,
	readAreaHistory,
	readAreaTree,
	readMisplaced,
	readSurroundings,
	reassignEnterprises
} from '#lib/area/areaChange.server.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import { addDays } from '#lib/calendar.ts';
import type { Result } from '#lib/problem.ts';
import { byUrgency } from '#lib/tally/areaFigures.ts';
import { readAreaFigures } from '#lib/tally/areaFigures.server.ts';
import { ids, installSampleRules } from '../record/street.ts';
import { openTestBackend, type TestBackend } from '../support/testBackend.ts';

let opened: TestBackend;
let administrator: Client;
let leader: Client;
let nextDoor: Client;
let today: string;

type Corner = [number, number];
/** A box in thousandths of a degree from 121°, 31°. */
const box = (west: number, south: number, east: number, north: number) => ({
	type: 'MultiPolygon' as const,
	coordinates: [
		[
			[
				[west, south],
				[east, south],
				[east, north],
				[west, north],
				[west, south]
			].map(([x, y]): Corner => [121 + x! / 1000, 31 + y! / 1000])
		]
	]
});
const area = {
	street: '00000000-0000-4000-8000-00000000f001',
	west: '00000000-0000-4000-8000-00000000f002',
	east: '00000000-0000-4000-8000-00000000f003',
	other: '00000000-0000-4000-8000-00000000f004',
	beyond: '00000000-0000-4000-8000-00000000f005'
};
const site = (place: number) => `00000000-0000-4000-8000-0000000000${10 + place}`;

beforeAll(async () => {
	opened = await openTestBackend();
	const people = await Promise.all(['gao', 'lin', 'sun'].map((name) => opened.signUp(`${name}@example.cn`)));
	const { sql } = opened;
	[{ day: today }] = (await sql<{ day: string }>('select app.today()::text as day')) as [{ day: string }];
	await installSampleRules(opened.backend.asService('start-up'));
	await sql(`insert into public.agencies (id, scope, name, short_name) values ($1, '', '示例安监', '示例')`, [
		ids.agency
	]);
	await sql(
		`insert into public.areas (id, scope, level, parent_id) values ($1, '0001', 'street', null), ($2, '00010001', 'community', $1),
		($3, '00010002', 'community', $1), ($4, '0002', 'street', null), ($5, '00020001', 'community', $4)`,
		[area.street, area.west, area.east, area.other, area.beyond]
	);
	const shapes: [string, string, string, object][] = [
		[area.street, '0001', '示例街道', box(0, 0, 20, 10)],
		[area.west, '00010001', '示例西社区', box(0, 0, 10, 10)],
		[area.east, '00010002', '示例东社区', box(10, 0, 20, 10)],
		[area.other, '0002', '另一街道', box(20, 0, 30, 10)],
		[area.beyond, '00020001', '另一社区', box(20, 0, 30, 10)]
	];
	for (const [id, scope, name, shape] of shapes)
		await sql(
			`insert into public.area_versions (area_id, scope, name, boundary, valid_from) values
			($1, $2, $3, extensions.st_setsrid(extensions.st_geomfromgeojson($4::text), 4326), '2024-01-01')`,
			[id, scope, name, JSON.stringify(shape)]
		);
	// Five along the middle from west to east; the fifth stands in the east and was assigned to the west by hand.
	const sites: [number, string, string][] = [
		[2, '00010001', area.west],
		[8, '00010001', area.west],
		[9, '00010001', area.west],
		[12, '00010002', area.east],
		[15, '00010001', area.west],
		[25, '00020001', area.beyond]
	];
	for (const [place, [x, scope, home]] of sites.entries())
		await sql(
			`insert into public.enterprises (id, scope, area_id, name, credit_code_absence, site_type, location, location_source) values
			($1, $2, $3, $4, '测试', 'restaurant', extensions.st_setsrid(extensions.st_makepoint($5, 31.005), 4326), 'import')`,
			[site(place), scope, home, `示例店${place}`, 121 + x / 1000]
		);
	for (const [person, role, scope, name] of [
		[people[0]!, 'administrator', '0001', '高主任'],
		[people[1]!, 'leader', '0001', '林书记'],
		[people[2]!, 'administrator', '0002', '孙主任']
	] as const)
		await sql(
			`insert into public.memberships (user_id, role, agency_id, scope, display_name) values ($1, $2, $3, $4, $5)`,
			[person.userId, role, ids.agency, scope, name]
		);
	[administrator, leader, nextDoor] = people.map(({ accessToken }) => opened.backend.asUser(accessToken)) as [
		Client,
		Client,
		Client
	];
});
afterAll(() => opened.close());

const change = (steps: AreaStep[], more: Partial<AreaChange> = {}): AreaChange => ({
	steps,
	validFrom: today,
	reason: '按界线勘定调整',
	isCorrection: false,
	...more
});
const redraw = (id: string, shape: ReturnType<typeof box>): AreaStep => ({
	kind: 'revise',
	area: id,
	geometry: shape
});
const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.problem.code);
function valueOf<Value>(result: Result<Value>): Value {
	if (!result.ok) throw new Error(JSON.stringify(result.problem));
	return result.value;
}
const homes = async () =>
	Object.fromEntries(
		(
			await opened.sql<{ name: string; scope: string }>(
				'select name, scope from public.enterprises order by name'
			)
		).map(({ name, scope }) => [name.slice(3), scope])
	);
const versions = () => opened.sql('select * from public.area_versions order by id');
const events = () =>
	opened.sql<{ kind: string; scope: string }>('select kind, scope from public.events order by position');
/** The border between west and east, two thousandths further west. */
const shifted = () => [redraw(area.west, box(0, 0, 8.5, 10)), redraw(area.east, box(8.5, 0, 20, 10))];
async function save(steps: AreaStep[], more: Partial<AreaChange> = {}, acceptsFaults = false) {
	const wanted = change(steps, more);
	const { digest } = valueOf(await changeAreas(administrator, wanted));
	return changeAreas(administrator, wanted, { digest, acceptsFaults });
}

describe('refused, and nothing is written', () => {
	const bow: AreaStep = {
		kind: 'revise',
		area: area.west,
		geometry: {
			type: 'MultiPolygon',
			coordinates: [
				[
					[
						[121, 31],
						[121.01, 31.01],
						[121.01, 31],
						[121, 31.01],
						[121, 31]
					]
				]
			]
		}
	};
	const situations: [string, string, () => Promise<Result<unknown>>][] = [
		['a leader', 'permission.role', () => changeAreas(leader, change(shifted()))],
		[
			'the administrator of the next street',
			'permission.area',
			() => changeAreas(nextDoor, change(shifted()))
		],
		[
			'a border with the next street, which is not theirs',
			'permission.area',
			() => changeAreas(administrator, change([redraw(area.beyond, box(21, 0, 30, 10))]))
		],
		[
			'from tomorrow',
			'area.future',
			() => changeAreas(administrator, change(shifted(), { validFrom: addDays(today, 1) }))
		],
		[
			'from before the present version',
			'area.day',
			() => changeAreas(administrator, change(shifted(), { validFrom: '2023-12-31' }))
		],
		[
			'without a reason',
			'request.invalid',
			() => changeAreas(administrator, change(shifted(), { reason: ' ' }))
		],
		['a line that crosses itself', 'area.invalid_geometry', () => changeAreas(administrator, change([bow]))],
		[
			'a second community of the same name',
			'area.name_taken',
			() =>
				changeAreas(
					administrator,
					change([{ kind: 'add', parent: area.street, level: 'community', name: '示例西社区' }])
				)
		],
		[
			'a street below a community',
			'request.invalid',
			() =>
				changeAreas(
					administrator,
					change([{ kind: 'add', parent: area.west, level: 'street', name: '示例二街' }])
				)
		],
		[
			'the end of a street with communities in it',
			'area.has_children',
			() => changeAreas(administrator, change([{ kind: 'end', area: area.street }]))
		],
		[
			'a save without the preview',
			'area.changed_meanwhile',
			() => changeAreas(administrator, change(shifted()), { digest: 'x', acceptsFaults: true })
		],
		['an overlap that nobody accepted', 'area.faults', () => save([redraw(area.west, box(0, 0, 12.5, 10))])],
		['a gap that nobody accepted', 'area.faults', () => save([redraw(area.west, box(0, 0, 8.5, 10))])]
	];
	test.for(situations)('%s: %s', async ([, code, attempt]) => {
		const before = [await versions(), await homes(), await events()];
		expect(codeOf(await attempt())).toBe(code);
		expect([await versions(), await homes(), await events()]).toEqual(before);
	});
});

describe('told beforehand', () => {
	test('who would change community, by name and by number, and nothing is written', async () => {
		const before = [await versions(), await homes(), await events()];
		const preview = valueOf(await changeAreas(administrator, change(shifted())));
		expect(preview).toMatchObject({
			kept: false,
			hasFaults: false,
			moved: 1,
			flows: [{ from: '示例西社区', to: '示例东社区', count: 1 }],
			moves: [{ id: site(2), name: '示例店2', from: '示例西社区', to: '示例东社区' }],
			keptByHand: 1
		});
		expect([await versions(), await homes(), await events()]).toEqual(before);
	});

	test('overlaps, gaps, what sticks out of the street, in square metres', async () => {
		const [one] = valueOf(
			await changeAreas(administrator, change([redraw(area.west, box(-2, 0, 12.5, 10))]))
		).areas;
		// A thousandth of a degree is 95.5 m by 110.9 m there.
		expect(one!.overlaps).toEqual([{ name: '示例东社区', squareMetres: expect.any(Number) as number }]);
		expect(one!.overlaps[0]!.squareMetres / (2.5 * 10 * 95.5 * 110.9)).toBeCloseTo(1, 2);
		expect(one!.outsideParent!.squareMetres / (2 * 10 * 95.5 * 110.9)).toBeCloseTo(1, 2);
		const gap = valueOf(await changeAreas(administrator, change([redraw(area.west, box(0, 0, 8.5, 10))])));
		expect(gap.areas[0]!.gapSquareMetres / (1.5 * 10 * 95.5 * 110.9)).toBeCloseTo(1, 2);
		expect(gap.moves).toEqual([{ id: site(2), name: '示例店2', from: '示例西社区', to: null }]);
	});
});

describe('saved', () => {
	test('a shared border moves in both: a new version from today, the enterprise follows, the one by hand stays', async () => {
		const seen = (await events()).length;
		expect(valueOf(await save(shifted())).kept).toBe(true);
		expect(await homes()).toMatchObject({ '1': '00010001', '2': '00010002', '4': '00010001' });
		const [now, old] = await readAreaHistory(administrator, area.west);
		expect(now).toMatchObject({ validFrom: today, validTo: null, reason: '按界线勘定调整', by: '高主任' });
		expect(old).toMatchObject({ validFrom: '2024-01-01', validTo: today });
		expect((await events()).slice(seen)).toEqual([
			{ kind: 'area.changed', scope: '00010001' },
			{ kind: 'area.changed', scope: '00010002' },
			{ kind: 'register.changed', scope: '00010001' },
			{ kind: 'register.changed', scope: '00010002' }
		]);
	});

	test('the next street lost nothing: what lies there stays there', async () => {
		expect(codeOf(await save([redraw(area.east, box(8.5, 0, 26, 10))], {}, true))).toBe('ok');
		expect(await homes()).toMatchObject({ '5': '00020001' });
		await save([redraw(area.east, box(8.5, 0, 20, 10))], {}, true);
	});

	test('a correction mends the version in force and begins none', async () => {
		const before = await readAreaHistory(administrator, area.west);
		valueOf(await save([{ kind: 'revise', area: area.west, name: '示例西苑社区' }], { isCorrection: true }));
		const after = await readAreaHistory(administrator, area.west);
		expect(after).toHaveLength(before.length);
		expect(after[0]).toMatchObject({ name: '示例西苑社区', validFrom: before[0]!.validFrom });
	});

	test('a community is cut out of another, and ended again: who lay in it waits or goes home', async () => {
		const added = valueOf(
			await save([
				redraw(area.east, box(8.5, 0, 14, 10)),
				{
					kind: 'add',
					parent: area.street,
					level: 'community',
					name: '示例新社区',
					geometry: box(14, 0, 20, 10)
				}
			])
		);
		const fresh = added.areas.find(({ name }) => name === '示例新社区')!;
		// The one by hand stands there and stays where it was put.
		expect(added.moved).toBe(0);
		const tree = await readAreaTree(leader);
		expect(tree.find(({ id }) => id === fresh.id)).toMatchObject({ scope: '00010003', enterprises: 0 });
		await opened.setClock(new Date(Date.now() + 86_400_000));
		const [{ day }] = (await opened.sql<{ day: string }>('select app.today()::text as day')) as [
			{ day: string }
		];
		await opened.sql(`update public.enterprises set scope = '00010003', area_id = $2 where id = $1`, [
			site(0),
			fresh.id
		]);
		const ended = valueOf(
			await save(
				[{ kind: 'end', area: fresh.id }, redraw(area.east, box(8.5, 0, 20, 10))],
				{ validFrom: day },
				false
			)
		);
		expect(ended.flows).toEqual([{ from: '示例新社区', to: '示例西苑社区', count: 1 }]);
		expect((await readAreaTree(leader)).find(({ id }) => id === fresh.id)).toMatchObject({ endedOn: day });
		expect(
			codeOf(await changeAreas(administrator, change([{ kind: 'end', area: fresh.id }], { validFrom: day })))
		).toBe('area.ended');
		await opened.setClock(null);
	});

	test('what happened stays where it happened', async () => {
		await opened.sql(
			`insert into public.tally_flows (scope, site_type, severity, day, found) values ('00010001', 'restaurant', 'general', $1, 3)`,
			[today]
		);
		valueOf(
			await save([redraw(area.west, box(0, 0, 7, 10)), redraw(area.east, box(7, 0, 20, 10))], {
				isCorrection: true
			})
		);
		expect(await homes()).toMatchObject({ '1': '00010002' });
		expect(await opened.sql(`select scope, found from public.tally_flows`)).toEqual([
			{ scope: '00010001', found: 3 }
		]);
	});
});

describe('reassigned in bulk', () => {
	const lines = async () =>
		valueOf(await readMisplaced(administrator, 'elsewhere', 1)).rows.map(({ id, areaId }) => ({
			enterprise: id,
			area: null,
			from: areaId
		}));

	test('those whose position says another community, for who administers them', async () => {
		expect(codeOf(await readMisplaced(leader, 'elsewhere', 1))).toBe('permission.role');
		expect(valueOf(await readMisplaced(nextDoor, 'elsewhere', 1)).rows).toEqual([]);
		expect(valueOf(await readMisplaced(administrator, 'elsewhere', 1)).rows).toMatchObject([
			{ name: '示例店4', area: '示例西苑社区', positionArea: '示例东社区' }
		]);
	});

	test('all or none: one that is not theirs, or moved meanwhile, stops all of them', async () => {
		const wanted = await lines();
		const foreign = { enterprise: site(5), area: area.west, from: area.beyond };
		expect(codeOf(await reassignEnterprises(administrator, [...wanted, foreign], '核对位置'))).toBe(
			'not_found'
		);
		const stale = { enterprise: site(0), area: area.east, from: area.east };
		expect(codeOf(await reassignEnterprises(administrator, [...wanted, stale], '核对位置'))).toBe(
			'area.changed_meanwhile'
		);
		expect(codeOf(await reassignEnterprises(administrator, wanted, ''))).toBe('request.invalid');
		expect(codeOf(await reassignEnterprises(leader, wanted, '核对位置'))).toBe('permission.role');
		expect(await lines()).toEqual(wanted);
	});

	test('where their position says', async () => {
		expect(valueOf(await reassignEnterprises(administrator, await lines(), '核对位置'))).toMatchObject({
			moved: 1,
			flows: [{ from: '示例西苑社区', to: '示例东社区', count: 1 }]
		});
		expect(await homes()).toMatchObject({ '4': '00010002' });
		expect(await lines()).toEqual([]);
	});
});

test('an editor gets boundaries to the last digit, and the neighbours across the street with them', async () => {
	const { areas, parent } = await readSurroundings(administrator, area.street, 'community');
	expect(parent?.name).toBe('示例街道');
	expect(areas.map(({ name }) => name)).toEqual(['示例街道', '示例西苑社区', '示例东社区']);
	expect(areas[1]!.geometry!.coordinates).toEqual(box(0, 0, 7, 10).coordinates);
	const preview: ChangePreview = valueOf(
		await changeAreas(
			administrator,
			change(
				areas.map(({ id, geometry }) => redraw(id, geometry as ReturnType<typeof box>)),
				{
					isCorrection: true
				}
			)
		)
	);
	expect(preview).toMatchObject({ moved: 0, hasFaults: false });
});

describe('from the street down', () => {
	test('children add up to the street, and only what one may see is counted', async () => {
		await opened.sql(
			`insert into public.tally_deadlines (scope, site_type, severity, deadline, open) values
			('00010001', 'restaurant', 'general', $1::date - 1, 2), ('00010002', 'restaurant', 'major', $1::date + 5, 1),
			('00020001', 'restaurant', 'general', $1::date - 1, 7)`,
			[today]
		);
		const street = (await readAreaFigures(leader, '0001'))!;
		expect(street.figures).toMatchObject({
			enterprises: 5,
			open: 3,
			openMajor: 1,
			overdue: 2,
			inspectedThisYear: 0
		});
		expect(
			street.children.map(({ name, figures: { open, enterprises } }) => [name, enterprises, open])
		).toEqual([
			['示例西苑社区', expect.any(Number), 2],
			['示例东社区', expect.any(Number), 1]
		]);
		expect(street.children.reduce((sum, { figures }) => sum + figures.enterprises, 0)).toBe(5);
		expect(street.children.toSorted(byUrgency).map(({ name }) => name)).toEqual([
			'示例东社区',
			'示例西苑社区'
		]);
		const community = (await readAreaFigures(leader, '00010001'))!;
		expect(community.path).toEqual([{ scope: '0001', name: '示例街道' }]);
		expect(community.children).toEqual([]);
		expect(await readAreaFigures(leader, '0002')).toBeNull();
		expect(await readAreaFigures(leader, '00020001')).toBeNull();
		expect((await readAreaFigures(nextDoor, '0002'))!.figures).toMatchObject({
			enterprises: 1,
			open: 7,
			overdue: 7
		});
		expect((await readAreaFigures(leader, ''))!.children.map(({ scope }) => scope)).toEqual(['0001']);
	});
});
