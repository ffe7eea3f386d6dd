import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importAreas, type AreaImport } from '#lib/area/importAreas.server.ts';
import type { ImportReport } from '#lib/area/importVerdict.ts';
import { readAnswer } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import {
	importEnterprises,
	type EnterpriseImport
} from '#lib/enterprise/register/importEnterprises.server.ts';
import type { Result } from '#lib/problem.ts';
import { ids, installSampleRules } from '../record/street.ts';
import { openTestBackend, type TestBackend } from '../support/testBackend.ts';

let opened: TestBackend;
/** Of everything; of the first street only; and one who checks and administers nothing. */
let administrator: Client;
let streetAdministrator: Client;
let inspector: Client;

const square = (x: number, y: number, size: number) => ({
	type: 'Polygon',
	coordinates: [
		[
			[x, y],
			[x + size, y],
			[x + size, y + size],
			[x, y + size],
			[x, y]
		]
	]
});
const bow = {
	type: 'Polygon',
	coordinates: [
		[
			[121, 31],
			[121.01, 31.01],
			[121.01, 31],
			[121, 31.01],
			[121, 31]
		]
	]
};
const geojson = (...features: { properties: Record<string, string>; geometry: unknown }[]) => ({
	name: 'areas.geojson',
	bytes: Buffer.from(
		JSON.stringify({
			type: 'FeatureCollection',
			features: features.map((feature) => ({ type: 'Feature', ...feature }))
		})
	)
});
const csv = (text: string) => ({ name: 'list.csv', bytes: Buffer.from(text) });
const areaOptions = (more: Partial<AreaImport>): AreaImport => ({
	crs: 'wgs84',
	mode: 'all_or_nothing',
	validFrom: '2026-01-01',
	source: '测试',
	...more
});
const siteOptions = (more: Partial<EnterpriseImport> = {}): EnterpriseImport => ({
	crs: 'wgs84',
	mode: 'all_or_nothing',
	siteType: 'restaurant',
	...more
});
function value(result: Result<ImportReport>): ImportReport {
	if (!result.ok) throw new Error(JSON.stringify(result.problem));
	return result.value;
}
const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.problem.code);
const enterprises = () =>
	opened.sql<{ name: string; scope: string; waits: boolean }>(
		'select name, scope, area_id is null as waits from public.enterprises order by name'
	);
const header = '企业名称,统一社会信用代码,地址,经度,纬度,法定代表人\n';
const diner = '示例餐饮店,91000000MA1T00013A,示例路1号,121.001,31.001,钱总\n';
const tavern = '示例酒馆,91000000MA1T000215,示例路2号,121.015,31.001,孙总\n';

beforeAll(async () => {
	opened = await openTestBackend();
	const people = await Promise.all(
		['admin', 'street', 'inspector'].map((name) => opened.signUp(`${name}@example.cn`))
	);
	[administrator, streetAdministrator, inspector] = people.map(({ accessToken }) =>
		opened.backend.asUser(accessToken)
	) as [Client, Client, Client];
	await opened.sql(
		`insert into public.agencies (id, scope, name, short_name) values ($1, '', '示例安监所', '示例')`,
		[ids.agency]
	);
	const roles = [
		['administrator', ''],
		['administrator', '0001'],
		['inspector', '']
	];
	for (const [index, [role, scope]] of roles.entries())
		await opened.sql(
			`insert into public.memberships (user_id, role, agency_id, scope, display_name) values ($1, $2, $3, $4, '测试')`,
			[people[index]!.userId, role, ids.agency, scope]
		);
	await installSampleRules(opened.backend.asService('start-up'));
});
afterAll(() => opened?.close());

describe('areas', () => {
	const streets = geojson(
		{ properties: { 街道: '示例一街道', 街道代码: '990101001' }, geometry: square(121, 31, 0.02) },
		{ properties: { 街道: '示例二街道', 街道代码: '990101002' }, geometry: square(121.02, 31, 0.02) }
	);
	const north = { properties: { 社区: '示例北社区', 街道: '示例一街道' }, geometry: square(121, 31, 0.01) };
	const second = {
		properties: { 社区: '示例二社区', 街道: '示例二街道' },
		geometry: square(121.02, 31, 0.01)
	};

	test('are loaded by an administrator and nobody else', async () => {
		expect(codeOf(await importAreas(inspector, [streets], areaOptions({ level: 'street' })))).toBe(
			'permission.role'
		);
		const report = value(await importAreas(administrator, [streets], areaOptions({ level: 'street' })));
		expect(report.counts).toMatchObject({ loaded: 2, refused: 0 });
	});

	test('of another street are refused to the administrator of one', async () => {
		const report = value(
			await importAreas(streetAdministrator, [geojson(north, second)], areaOptions({ level: 'community' }))
		);
		expect(report.kept).toBe(false);
		expect(report.verdicts.map(({ verdict, reason }) => reason ?? verdict)).toEqual([
			'loaded',
			'parent_unknown'
		]);
		expect(await opened.sql(`select 1 from public.areas where level = 'community'`)).toEqual([]);
	});

	test('with a shape that mending would make another one are refused, with the place', async () => {
		const bad = { properties: { 社区: '示例坏社区', 街道: '示例一街道' }, geometry: bow };
		const report = value(
			await importAreas(administrator, [geojson(north, bad)], areaOptions({ level: 'community' }))
		);
		expect(report.kept).toBe(false);
		expect(report.verdicts[1]).toMatchObject({ reason: 'geometry', lines: [2] });
		expect(report.verdicts[1]!.mended).toContain('kinks 121.005000,31.005000');
	});

	test('bad lines are skipped only when told so', async () => {
		const bad = { properties: { 社区: '示例坏社区', 街道: '示例一街道' }, geometry: bow };
		const report = value(
			await importAreas(
				administrator,
				[geojson(north, bad, second)],
				areaOptions({ level: 'community', mode: 'skip_bad' })
			)
		);
		expect(report).toMatchObject({ kept: true, counts: { loaded: 2, refused: 1 } });
	});

	test('change with a date, and cannot move under another street', async () => {
		const renamed = { ...north, geometry: square(121, 31, 0.011) };
		const later = areaOptions({ level: 'community', validFrom: '2026-07-01' });
		expect(value(await importAreas(administrator, [geojson(renamed)], later)).counts.changed).toBe(1);
		const versions = await opened.sql<{ from: string; to: string | null }>(
			`select valid_from::text as from, valid_to::text as to from public.area_versions where name = '示例北社区' order by valid_from`
		);
		expect(versions).toEqual([
			{ from: '2026-01-01', to: '2026-07-01' },
			{ from: '2026-07-01', to: null }
		]);
		expect(value(await importAreas(administrator, [geojson(north)], later)).counts.changed).toBe(1);
		const coded = { ...north, properties: { ...north.properties, 社区代码: '990101001001' } };
		expect(value(await importAreas(administrator, [geojson(coded)], later)).counts.changed).toBe(1);
		const moved = { ...coded, properties: { ...coded.properties, 街道: '示例二街道' } };
		expect(value(await importAreas(administrator, [geojson(moved)], later)).verdicts).toMatchObject([
			{ verdict: 'refused', reason: 'parent_changed' }
		]);
	});
});

describe('a list of enterprises', () => {
	const none = async () => expect(await enterprises()).toEqual([]);

	test('with one wrong credit code is refused whole, and nothing is written', async () => {
		const wrong = diner.replace('91000000MA1T00013A', '91000000MA1T00013B');
		const report = value(
			await importEnterprises(administrator, [csv(header + tavern + wrong)], siteOptions())
		);
		expect(report.kept).toBe(false);
		expect(report.verdicts.map(({ verdict, reason, got }) => [verdict, reason, got])).toEqual([
			['loaded_outside', undefined, undefined],
			['refused', 'credit_code', '91000000MA1T00013B']
		]);
		await none();
	});

	test('in GB18030 is refused with its name', async () => {
		const gbk = Buffer.from('c6f3d2b5c3fbb3c62cb5d8d6b70acabec0fdb5ea2cd2bbc2b7', 'hex');
		const file = { name: 'gbk.csv', bytes: gbk };
		expect(await importEnterprises(administrator, [file], siteOptions())).toEqual({
			ok: false,
			problem: { code: 'import.encoding', details: { expected: 'gb18030', file: 'gbk.csv' } }
		});
		const read = await importEnterprises(
			administrator,
			[file],
			siteOptions({ encoding: 'gb18030', noCreditCode: '个体户', mode: 'dry_run' })
		);
		expect(value(read).verdicts).toMatchObject([{ name: '示例店', verdict: 'loaded_outside' }]);
		await none();
	});

	test('with latitude before longitude is refused', async () => {
		const swapped = '名称,经度,纬度\n示例店甲,31.001,121.001\n示例店乙,31.002,121.002\n';
		expect(
			codeOf(await importEnterprises(administrator, [csv(swapped)], siteOptions({ noCreditCode: '未提供' })))
		).toBe('import.swapped');
		await none();
	});

	test('is loaded by an administrator and nobody else; twice changes nothing', async () => {
		const file = csv(header + diner + tavern);
		expect(codeOf(await importEnterprises(inspector, [file], siteOptions()))).toBe('permission.role');
		await none();
		expect(value(await importEnterprises(administrator, [file], siteOptions())).counts).toMatchObject({
			loaded: 1,
			loaded_outside: 1
		});
		expect(value(await importEnterprises(administrator, [file], siteOptions())).counts).toMatchObject({
			unchanged: 2
		});
		expect(await enterprises()).toMatchObject([
			{ name: '示例酒馆', scope: '0001', waits: true },
			{ name: '示例餐饮店', scope: '00010001', waits: false }
		]);
	});

	test('that names a new principal ends the former one today', async () => {
		await opened.sql(`update public.enterprise_principals set valid_from = '2025-01-01'`);
		const file = csv(header + diner.replace('钱总', '李总'));
		expect(value(await importEnterprises(administrator, [file], siteOptions())).counts.changed).toBe(1);
		const led = await opened.sql<{ name: string; ended: boolean }>(
			`select p.name, ep.valid_to is not null as ended from public.enterprise_principals ep
			join public.principals p on p.id = ep.principal_id join public.enterprises e on e.id = ep.enterprise_id
			where e.name = '示例餐饮店' order by ep.valid_from`
		);
		expect(led).toEqual([
			{ name: '钱总', ended: true },
			{ name: '李总', ended: false }
		]);
	});

	test('without codes takes none away', async () => {
		const file = csv('名称,地址,经度,纬度\n示例餐饮店,示例路1号,121.001,31.001\n');
		const report = value(
			await importEnterprises(administrator, [file], siteOptions({ noCreditCode: '未提供' }))
		);
		expect(report.counts).toMatchObject({ unchanged: 1, loaded: 0 });
	});
});

describe('the queue of those outside every area', () => {
	const place = (client: Client) =>
		client
			.rpc('place_waiting_enterprises')
			.then((answer) => readAnswer<{ placed: number; waiting: number }>(answer));

	test('empties when a boundary comes that holds them', async () => {
		expect(codeOf(await place(inspector))).toBe('permission.role');
		expect(await place(administrator)).toEqual({ ok: true, value: { placed: 0, waiting: 1 } });
		const south = geojson({
			properties: { 社区: '示例南社区', 街道: '示例一街道' },
			geometry: square(121.01, 31, 0.01)
		});
		const told = value(
			await importAreas(administrator, [south], areaOptions({ level: 'community', mode: 'dry_run' }))
		);
		expect(told.moves).toMatchObject({ moved: 1, flows: [{ from: null, to: '示例南社区', count: 1 }] });
		expect((await enterprises())[0]).toMatchObject({ name: '示例酒馆', waits: true });
		value(await importAreas(administrator, [south], areaOptions({ level: 'community' })));
		expect(await place(administrator)).toEqual({ ok: true, value: { placed: 0, waiting: 0 } });
		expect((await enterprises())[0]).toMatchObject({ name: '示例酒馆', scope: '00010002', waits: false });
		const follows = await opened.sql(
			`select 1 from public.enterprise_principals ep join public.enterprises e on e.id = ep.enterprise_id where ep.scope <> e.scope`
		);
		expect(follows).toEqual([]);
	});

	test('is emptied by hand too, within what one administers, and stays so when the list comes again', async () => {
		const file = csv('名称,地址\n示例面馆,无门牌\n');
		const options = siteOptions({ noCreditCode: '个体户' });
		expect(value(await importEnterprises(administrator, [file], options)).counts.loaded_outside).toBe(1);
		const [noodles] = await opened.sql<{ id: string }>(
			`select id from public.enterprises where name = '示例面馆'`
		);
		const areas = await opened.sql<{ id: string; scope: string }>(
			`select id, scope from public.areas order by scope`
		);
		const idOf = (scope: string) => areas.find((area) => area.scope === scope)!.id;
		const assign = (client: Client, area: string) =>
			client
				.rpc('assign_enterprise_area', { p_enterprise: noodles!.id, p_area: area })
				.then((answer) => codeOf(readAnswer(answer)));
		expect(await assign(inspector, idOf('00010001'))).toBe('not_found');
		expect(await assign(streetAdministrator, idOf('00010001'))).toBe('not_found');
		expect(await assign(administrator, idOf('0001'))).toBe('request.invalid');
		expect(await assign(administrator, idOf('00010001'))).toBe('ok');
		expect(value(await importEnterprises(administrator, [file], options)).counts).toMatchObject({
			unchanged: 1
		});
		expect((await enterprises()).find(({ name }) => name === '示例面馆')).toMatchObject({
			scope: '00010001',
			waits: false
		});
	});
});

test('a backup is for who administers everything, and every request is noted', async () => {
	const ask = (client: Client) => client.rpc('note_backup').then((answer) => codeOf(readAnswer(answer)));
	expect(await ask(inspector)).toBe('permission.role');
	expect(await ask(streetAdministrator)).toBe('permission.role');
	expect(await ask(administrator)).toBe('ok');
	const noted = await opened.sql<{ succeeded: boolean }>(
		`select succeeded from public.audit_log where action = 'backup.take' order by id`
	);
	expect(noted.map(({ succeeded }) => succeeded)).toEqual([false, false, true]);
});
