/**
 * Acceptance on a foreign city: San Francisco's neighbourhoods and the businesses of its open inspections. The data may not be
 * passed on, so it lies beside the project; without it the suite is skipped and says so.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { booleanPointInPolygon } from '@turf/turf';
import { parse } from 'csv-parse/sync';
import type { MultiPolygon } from 'geojson';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importAreas } from '#lib/area/importAreas.server.ts';
import { packageRoot } from '#lib/backend/packageRoot.server.ts';
import { gridOf } from '#lib/spatial/assign.ts';
import type { LonLat } from '#lib/spatial/coordinateSystem.ts';
import { openTestBackend, type TestBackend } from './support/testBackend.ts';

const folder = join(packageRoot(), '../shared/data/sf-lives-2015-07');
const isThere = existsSync(folder);
if (!isThere) console.warn(`skipped: real places are not at ${folder}`);

describe.skipIf(!isThere)('San Francisco', { timeout: 120_000 }, () => {
	let opened: TestBackend;
	let shapes: MultiPolygon[];
	let places: LonLat[];

	beforeAll(async () => {
		opened = await openTestBackend();
		const admin = await opened.signUp('admin@example.cn');
		await opened.sql(
			`insert into public.memberships (user_id, role, scope, display_name) values ($1, 'administrator', '', '测试管理员')`,
			[admin.userId]
		);
		const file = {
			name: 'neighborhoods.geojson',
			bytes: readFileSync(join(folder, 'neighborhoods.geojson'))
		};
		const report = await importAreas(opened.backend.asUser(admin.accessToken), [file], {
			crs: 'wgs84',
			level: 'street',
			validFrom: '2013-02-10',
			source: 'San Francisco open data (test)',
			mode: 'all_or_nothing'
		});
		if (!report.ok) throw new Error(JSON.stringify(report.problem));
		expect(report.value.counts).toMatchObject({ loaded: 37, refused: 0 });
		expect(report.value.verdicts.filter(({ mended }) => mended)).toHaveLength(3);
		const rows = await opened.sql<{ boundary: string }>(
			`select extensions.st_asgeojson(v.boundary, 15) as boundary from public.area_versions v order by v.scope`
		);
		shapes = rows.map(({ boundary }) => JSON.parse(boundary) as MultiPolygon);
		const businesses = parse(readFileSync(join(folder, 'businesses.csv')), {
			columns: true,
			relaxQuotes: true,
			relaxColumnCount: true
		}) as Record<string, string>[];
		places = businesses
			.map(({ longitude, latitude }): LonLat => [Number(longitude), Number(latitude)])
			.filter(([longitude, latitude]) => longitude !== 0 && latitude !== 0);
	});
	afterAll(() => opened?.close());

	test('5,022 of the 5,024 businesses with coordinates lie in a neighbourhood: Turf, PostGIS and our grid', async () => {
		// 5,026 rows carry coordinates; two of them lie in other counties, two in the city's south beyond every neighbourhood.
		expect(places).toHaveLength(5026);
		const isNear = ([longitude, latitude]: LonLat) => longitude < -122.35 && latitude < 37.85;
		expect(places.filter(isNear)).toHaveLength(5024);
		const grid = gridOf(shapes.map(({ coordinates }) => coordinates)).assign(
			Float64Array.from(places.flat())
		);
		expect([...grid].filter((area) => area >= 0)).toHaveLength(5022);
		const byTurf = places.map((place) => shapes.findIndex((shape) => booleanPointInPolygon(place, shape)));
		expect([...grid]).toEqual(byTurf);
		const byPostgis = await opened.sql<{ area: number }>(
			`with areas as (select boundary, row_number() over (order by scope) - 1 as place from public.area_versions)
			select coalesce((select min(a.place) from areas a where extensions.st_intersects(a.boundary,
				extensions.st_setsrid(extensions.st_makepoint((q->>0)::float8, (q->>1)::float8), 4326))), -1)::int as area
			from jsonb_array_elements($1::text::jsonb) with ordinality x(q, n) order by n`,
			[JSON.stringify(places)]
		);
		expect(byPostgis.map(({ area }) => area)).toEqual([...grid]);
	});
});
