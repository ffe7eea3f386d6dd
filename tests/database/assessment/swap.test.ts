import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assessEnterprises } from '#lib/assessment/account/assessment.server.ts';
import { openBackend, type EmbeddedBackend } from '#lib/backend/backend.server.ts';
import { copySampleFolder } from '../../e2e/support/sampleFolder.ts';
import { testDatabase } from '../support/testBackend.ts';

/*
 * design.md: 记分 is liability, and where a site stands is nobody's fault. Only 动态风险分 may read the place.
 */
const isPglite = testDatabase() === 'pglite';
let folder: string;
let backend: EmbeddedBackend;

const moves = 500;

beforeAll(async () => {
	if (!isPglite) return;
	folder = await copySampleFolder();
	const opened = await openBackend({ dataFolder: folder });
	if (!opened.ok || opened.value.kind !== 'embedded') throw new Error('expected the sample folder to open');
	backend = opened.value;
}, 240_000);
afterAll(async () => {
	await backend?.close();
	if (folder) await rm(folder, { recursive: true, force: true });
});

const accounts = () =>
	backend.sql<Record<string, unknown>>(
		`select a.enterprise_id, a.points, a.pending_points, a.band, a.pending_band,
			(select jsonb_agg(m.code order by m.code) from public.measures m where m.enterprise_id = a.enterprise_id) as measures
		from public.score_accounts a order by a.enterprise_id`
	);

// The sample street is a folder of the embedded database.
test.skipIf(!isPglite)(
	`${moves} sites of the sample street moved to other communities keep every point, band and measure`,
	async () => {
		const before = await accounts();
		const moved = await backend.sql<{ id: string }>(
			`with picked as (
				select e.id, e.scope, e.area_id from public.enterprises e join public.score_accounts a on a.enterprise_id = e.id
				where e.area_id is not null order by a.points desc, e.id limit ${moves}),
			others as (select p.id, c.scope, c.id as area_id from picked p cross join lateral (
				select a.id, a.scope from public.areas a where a.level = 'community' and a.id <> p.area_id
				order by md5(a.id::text || p.id::text) limit 1) c)
			select o.id::text, app.move_enterprise(o.id, o.scope, o.area_id) from others o`
		);
		expect(moved).toHaveLength(moves);
		const ids = moved.map(({ id }) => id);
		expect(await assessEnterprises(backend, ids, { quiet: true })).toEqual([]);
		expect(await accounts()).toEqual(before);
	},
	120_000
);
