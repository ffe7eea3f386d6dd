/**
 * Acceptance on real places: 杭州市下城区 with its streets, communities, grids, restaurants and lodgings. The data may
 * not be passed on, so it lies beside the project; without it the suite is skipped and says so.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { booleanPointInPolygon, kinks } from '@turf/turf';
import type { Feature, FeatureCollection, MultiPolygon, Point, Polygon } from 'geojson';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importAreas, type AreaImport } from '#lib/area/importAreas.server.ts';
import type { ImportReport } from '#lib/area/importVerdict.ts';
import { expectValue, readAnswer } from '#lib/backend/answer.ts';
import { packageRoot } from '#lib/backend/packageRoot.server.ts';
import {
	importEnterprises,
	type EnterpriseImport
} from '#lib/enterprise/register/importEnterprises.server.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import { gridOf } from '#lib/spatial/assign.ts';
import { fromWgs84, type LonLat } from '#lib/spatial/coordinateSystem.ts';
import type { Problem, Result } from '#lib/problem.ts';
import { sealInspection } from '#lib/record/sealInspection.server.ts';
import { ids, installSampleRules, licences, type Street } from './record/street.ts';
import { alarmHazard, cleanVisit, withHazard } from './record/visit.ts';
import { openTestBackend, type TestBackend } from './support/testBackend.ts';

const folder = join(packageRoot(), '../shared/data/hangzhou-xiacheng');
const isThere = existsSync(folder);
if (!isThere) console.warn(`skipped: real places are not at ${folder}`);

type Places = FeatureCollection<Polygon | Point, Record<string, string>>;
const bytesOf = (name: string) => readFileSync(join(folder, `${name}.geojson`));
const featuresOf = (name: string) => (JSON.parse(bytesOf(name).toString()) as Places).features;
const fileOf = (name: string) => ({ name: `${name}.geojson`, bytes: bytesOf(name) });

/** Whether a ring meets itself; a hole may touch its shell in one point. */
const crosses = (boundary: string) =>
	(JSON.parse(boundary) as MultiPolygon).coordinates
		.flat()
		.some((ring) => kinks({ type: 'Polygon', coordinates: [ring] }).features.length > 0);

describe.skipIf(!isThere)('Hangzhou 下城区', { timeout: 240_000 }, () => {
	let opened: TestBackend;
	let administrator: Client;
	let wang: { userId: string; accessToken: string };

	// The source states no datum. Areas and sites are in the same one, so any serves here; it is called wgs84.
	const areas = (level: AreaImport['level'], more: Partial<AreaImport> = {}): AreaImport => ({
		crs: 'wgs84',
		level: level!,
		codePrefix: '下城-',
		validFrom: '2018-01-01',
		source: '下城区网格（测试）',
		mode: 'all_or_nothing',
		...more
	});
	const sites = (siteType: string, more: Partial<EnterpriseImport> = {}): EnterpriseImport => ({
		crs: 'wgs84',
		siteType,
		noCreditCode: '数据源未提供',
		mode: 'all_or_nothing',
		...more
	});
	const value = (result: Result<ImportReport>): ImportReport => {
		if (!result.ok) throw new Error(JSON.stringify(result.problem));
		return result.value;
	};
	const problemOf = (result: Result<unknown>): Problem | null => (result.ok ? null : result.problem);
	const communities = async () =>
		expectValue<FeatureCollection<MultiPolygon, { id: string; name: string; scope: string }>>(
			await administrator.rpc('area_boundaries', { p_level: 'community' })
		).features;

	beforeAll(async () => {
		opened = await openTestBackend();
		const admin = await opened.signUp('admin@example.cn');
		wang = await opened.signUp('wang@example.cn');
		await opened.sql(
			`insert into public.agencies (id, scope, name, short_name, may_enforce) values ($1, '', '下城安监（测试）', '下城', true)`,
			[ids.agency]
		);
		await opened.sql(
			`insert into public.memberships (user_id, role, agency_id, scope, display_name, licence_number, licence_valid_until) values
			($1, 'administrator', $3, '', '测试管理员', null, null), ($2, 'inspector', $3, '', '王检', $4, '2027-12-31')`,
			[admin.userId, wang.userId, ids.agency, licences.wang]
		);
		await installSampleRules(opened.backend.asService('start-up'));
		await opened.sql(
			`insert into public.site_types (code, name_zh, name_en) values ('lodging', '旅馆', 'Lodging') on conflict do nothing`
		);
		administrator = opened.backend.asUser(admin.accessToken);
	});
	afterAll(() => opened?.close());

	test('8 streets', async () => {
		const report = value(await importAreas(administrator, [fileOf('streets')], areas('street')));
		expect(report.kept).toBe(true);
		expect(report.counts).toMatchObject({ loaded: 8, refused: 0 });
	});

	test('communities before their streets are refused by name, and none is written', async () => {
		const orphans = areas('community', {
			mapping: { parentName: '街道', parentCode: '' },
			codePrefix: '别处-'
		});
		const elsewhere = {
			name: 'x.geojson',
			bytes: Buffer.from(bytesOf('communities').toString().replaceAll('石桥街道', '示例街道'))
		};
		const report = value(await importAreas(administrator, [elsewhere], orphans));
		expect(report.kept).toBe(false);
		expect(report.counts.refused).toBeGreaterThan(0);
		expect(report.verdicts.find(({ verdict }) => verdict === 'refused')).toMatchObject({
			reason: 'parent_unknown'
		});
		expect(await communities()).toEqual([]);
	});

	test('75 communities from 90 polygons, 外网格区域 among them, each wholly valid', async () => {
		const report = value(await importAreas(administrator, [fileOf('communities')], areas('community')));
		expect(report.counts).toMatchObject({ loaded: 75, refused: 0 });
		expect(report.verdicts.filter(({ lines }) => lines.length > 1)).toHaveLength(12);
		const stored = await opened.sql<{ name: string; boundary: string }>(
			`select v.name, extensions.st_asgeojson(v.boundary, 15) as boundary
			from public.area_versions v join public.areas a on a.id = v.area_id where a.level = 'community'`
		);
		expect(stored).toHaveLength(75);
		expect(stored.map(({ name }) => name)).toContain('外网格区域');
		expect(stored.filter(({ boundary }) => crosses(boundary)).map(({ name }) => name)).toEqual([]);
	});

	test('grids below them; the one that crosses itself is named with the place', async () => {
		const report = value(
			await importAreas(
				administrator,
				[fileOf('grids')],
				areas('grid', { parentByPosition: true, mapping: { name: '所属组织' } })
			)
		);
		expect(report.kept).toBe(true);
		expect(report.counts).toMatchObject({ loaded: 297, refused: 0 });
		const lines = featuresOf('grids');
		const crossing = report.verdicts.filter(({ mended }) => mended);
		expect(crossing.map(({ lines: [line] }) => lines[line! - 1]!.properties.网格编号)).toContain('SQ-1-6');
		expect(crossing).toHaveLength(1);
		expect(crossing[0]!.mended).toMatch(/self-intersection.*kinks 120\.168628,30\.330763$/i);
		const [mended] = await opened.sql<{ boundary: string; note: string }>(
			`select extensions.st_asgeojson(boundary, 15) as boundary, boundary_note as note from public.area_versions
			where local_code = '下城-SQ-1-6'`
		);
		expect(crosses(mended!.boundary)).toBe(false);
		expect(mended!.note).toMatch(/self-intersection/i);
	});

	test('loading twice changes nothing', async () => {
		for (const [name, options] of [
			['streets', areas('street')],
			['communities', areas('community')],
			['grids', areas('grid', { parentByPosition: true, mapping: { name: '所属组织' } })]
		] as const) {
			const { counts } = value(await importAreas(administrator, [fileOf(name)], options));
			expect({ name, ...counts }).toMatchObject({ name, loaded: 0, changed: 0, refused: 0 });
		}
	});

	test('the wrong system is noticed, with the one that fits', async () => {
		for (const stated of ['gcj02', 'bd09'] as const) {
			const refused = await importEnterprises(
				administrator,
				[fileOf('restaurants')],
				sites('restaurant', { crs: stated })
			);
			expect(problemOf(refused)).toMatchObject({
				code: 'import.crs_suspect',
				details: { expected: 'wgs84', got: stated }
			});
		}
		expect(await opened.sql('select 1 from public.enterprises')).toEqual([]);
	});

	test('a list in the system of another map lands where it belongs', async () => {
		const shifted = featuresOf('restaurants').map((feature) => ({
			...feature,
			geometry: {
				type: 'Point',
				coordinates: fromWgs84((feature.geometry as Point).coordinates as LonLat, 'bd09')
			}
		}));
		const collection = JSON.stringify({ type: 'FeatureCollection', features: shifted });
		const file = { name: 'baidu.geojson', bytes: Buffer.from(collection) };
		const report = value(
			await importEnterprises(administrator, [file], sites('restaurant', { crs: 'bd09', mode: 'dry_run' }))
		);
		expect(report.kept).toBe(false);
		expect(report.counts).toMatchObject({ loaded: 825, loaded_outside: 0, refused: 0 });
		expect(await opened.sql('select 1 from public.enterprises')).toEqual([]);
	});

	test('825 restaurants and 161 lodgings, each in exactly one community, as Turf says too', async () => {
		const restaurants = value(
			await importEnterprises(administrator, [fileOf('restaurants')], sites('restaurant'))
		);
		expect(restaurants.counts).toMatchObject({ loaded: 825, loaded_outside: 0, refused: 0 });
		const lodging = value(await importEnterprises(administrator, [fileOf('lodging')], sites('lodging')));
		expect(lodging.counts).toMatchObject({ loaded: 161, loaded_outside: 0, refused: 0 });
		const polygons = await communities();
		const rows = await opened.sql<{ name: string; longitude: number; latitude: number; scope: string }>(
			'select name, longitude, latitude, scope from public.enterprises'
		);
		expect(rows).toHaveLength(986);
		const wrong = rows.filter(({ longitude, latitude, scope }) => {
			const inside = polygons.filter((polygon: Feature<MultiPolygon>) =>
				booleanPointInPolygon([longitude, latitude], polygon)
			);
			return (
				inside.length !== 1 || !scope.startsWith((inside[0] as (typeof polygons)[number]).properties.scope)
			);
		});
		expect(wrong).toEqual([]);
		const again = value(await importEnterprises(administrator, [fileOf('restaurants')], sites('restaurant')));
		expect(again.counts).toMatchObject({ unchanged: 825, loaded: 0, changed: 0, refused: 0 });
	});

	test('counts of every community: Turf, PostGIS and our own grid say the same', async () => {
		const polygons = await opened.sql<{ scope: string; boundary: string }>(
			`select a.scope, extensions.st_asgeojson(v.boundary, 15) as boundary from public.areas a
			join public.area_versions v on v.area_id = a.id and v.valid_to is null where a.level = 'community' order by a.scope`
		);
		const shapes = polygons.map(({ boundary }) => JSON.parse(boundary) as MultiPolygon);
		// Every kind of site the source has, not only what was loaded: 1,903 places that lie in exactly one community each.
		const places = ['restaurants', 'lodging', 'street_shops', 'public_facilities'].flatMap((name) =>
			featuresOf(name).map(({ geometry }) => (geometry as Point).coordinates as LonLat)
		);
		expect(places).toHaveLength(1903);
		const byPostgis = await opened.sql<{ scope: string; n: number }>(
			`select a.scope, count(*)::int as n from public.areas a join public.area_versions v on v.area_id = a.id and v.valid_to is null
			join jsonb_array_elements($1::text::jsonb) q
				on extensions.st_intersects(v.boundary, extensions.st_setsrid(extensions.st_makepoint((q->>0)::float8, (q->>1)::float8), 4326))
			where a.level = 'community' group by a.scope order by a.scope`,
			[JSON.stringify(places)]
		);
		const byGrid = gridOf(shapes.map(({ coordinates }) => coordinates)).assign(
			Float64Array.from(places.flat())
		);
		const counts = (homeOf: (place: LonLat, index: number) => number) => {
			const sums = new Map<string, number>();
			places.forEach((place, index) => {
				const scope = polygons[homeOf(place, index)]?.scope ?? 'outside';
				sums.set(scope, (sums.get(scope) ?? 0) + 1);
			});
			return [...sums].map(([scope, n]) => ({ scope, n })).sort((a, b) => a.scope.localeCompare(b.scope));
		};
		expect(counts((_, index) => byGrid[index]!)).toEqual(byPostgis);
		expect(counts((place) => shapes.findIndex((shape) => booleanPointInPolygon(place, shape)))).toEqual(
			byPostgis
		);
		const loaded = await opened.sql<{ scope: string; n: number }>(
			`select left(scope, 8) as scope, count(*)::int as n from public.enterprises group by 1 order by 1`
		);
		const ofLoaded = counts((_, index) => (index < 825 + 161 ? byGrid[index]! : -1)).filter(
			({ scope }) => scope !== 'outside'
		);
		expect(loaded).toEqual(ofLoaded);
	});

	test('a restaurant is checked, two hazards are sealed, and its community rises in the ranking', async () => {
		const [site] = await opened.sql<{
			id: string;
			name: string;
			address: string;
			scope: string;
			longitude: number;
			latitude: number;
		}>(
			`select id, name, address, scope, longitude, latitude from public.enterprises where site_type = 'restaurant' order by id limit 1`
		);
		const today = (await opened.sql<{ day: string }>('select app.today()::text as day'))[0]!.day;
		const ranking = async () =>
			(
				readAnswer<{
					rows: { label: string; key: string; found: number; inspections: number; open: number }[];
				}>(await administrator.rpc('rankings', { p_by: 'community', p_from: today, p_to: today })) as {
					ok: true;
					value: { rows: { label: string; key: string; found: number; inspections: number; open: number }[] };
				}
			).value.rows;
		const before = await ranking();
		expect(before).toHaveLength(75);
		expect(before.every(({ found, inspections }) => found === 0 && inspections === 0)).toBe(true);

		const at = new Date(Date.now() - 30 * 60_000);
		const street = {
			wang,
			agencyId: ids.agency,
			restaurantId: site!.id,
			versionId: ids.version,
			items: { alarm: ids.alarm, exit: ids.exit }
		} as Street;
		const visit = cleanVisit({ street, at });
		visit.enterprise = { ...visit.enterprise, name: site!.name, creditCode: null, address: site!.address };
		const { position } = visit.checkIn;
		visit.checkIn = {
			...visit.checkIn,
			position: { ...position!, longitude: site!.longitude, latitude: site!.latitude }
		};
		const deadline = new Date(Date.parse(today) + 7 * 86_400_000).toISOString().slice(0, 10);
		const found = withHazard(
			withHazard(visit, alarmHazard(street, deadline)),
			alarmHazard(street, deadline, {
				id: randomUUID(),
				itemId: ids.exit,
				itemCode: 'exit.clear',
				description: '疏散通道堆放杂物'
			})
		);
		const sealed = await sealInspection(opened.backend, opened.backend.asUser(wang.accessToken), found);
		expect(sealed).toMatchObject({ ok: true, value: { state: 'sealed' } });

		const [first, second] = await ranking();
		expect(first).toMatchObject({ found: 2, inspections: 1, open: 2 });
		expect(site!.scope.startsWith(first!.key)).toBe(true);
		expect(second).toMatchObject({ found: 0 });
	});
});
