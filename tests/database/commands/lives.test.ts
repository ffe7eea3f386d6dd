/**
 * A register of others in the LIVES format: its sites, what was found there, its grades on our map. The real one may not be
 * passed on and lies beside the project; a fiftieth of it is read here, all of it with LIVES_FULL=1.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { booleanPointInPolygon } from '@turf/turf';
import { parse } from 'csv-parse/sync';
import type { Feature, MultiPolygon, Polygon } from 'geojson';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assessBehind } from '#lib/assessment/account/assessment.server.ts';
import type { ImportMode, ImportReport, LineVerdict } from '#lib/area/importVerdict.ts';
import { packageRoot } from '#lib/backend/packageRoot.server.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import { canonicalText, sha256Hex } from '#lib/canonical.ts';
import { readForeignVisits } from '#lib/enterprise/enterprise.server.ts';
import { rankForeign, readForeignRegisters } from '#lib/ranking/foreignRanking.server.ts';
import { packDocument } from '#scoring';
import { importNeighbourhoods, importRegister } from '../../../src/commands/lives/importLives.server.ts';
import { readPack } from '../../../src/commands/score/packFile.ts';
import { installSampleRules } from '../record/street.ts';
import { openTestBackend, type TestBackend } from '../support/testBackend.ts';

const real = join(packageRoot(), '../shared/data/sf-lives-2015-07');
const isThere = existsSync(real);
if (!isThere) console.warn(`skipped: the real register is not at ${real}`);
const isFull = process.env.LIVES_FULL === '1';
const longestMs = isFull ? 3_600_000 : 600_000;
const source = 'SF LIVES 2015-07';

async function openCity(): Promise<{ opened: TestBackend; administrator: Client }> {
	const opened = await openTestBackend();
	await opened.setClock('2026-11-22T06:00:00Z');
	await installSampleRules(opened.backend.asService('start-up'));
	const person = await opened.signUp('gao@example.cn');
	await opened.sql(
		`insert into public.memberships (user_id, role, scope, display_name) values ($1, 'administrator', '', '高主任')`,
		[person.userId]
	);
	const content = canonicalText(packDocument(readPack('sf-lives')));
	const { error } = await opened.backend.asService('start-up').rpc('install_pack', {
		p_id: 'sf-lives',
		p_sha256: await sha256Hex(content),
		p_document: JSON.parse(content),
		p_is_sample: false,
		p_default_from: null as unknown as string
	});
	if (error) throw new Error(error.message);
	return { opened, administrator: opened.backend.asUser(person.accessToken) };
}
const declare = (opened: TestBackend) =>
	opened.sql(`insert into public.scheme_activations (pack_id, pack_sha256, scope, valid_from)
		select 'sf-lives', p.sha256, a.scope, '2010-01-01' from public.scheme_packs p, public.areas a where p.id = 'sf-lives' and a.level = 'street'`);
const options = (mode: ImportMode) => ({
	mode,
	source,
	city: 'San Francisco',
	siteType: 'restaurant',
	asOf: '2015-07-31',
	validFrom: '2010-01-01'
});

describe('line by line', () => {
	const folder = mkdtempSync(join(tmpdir(), 'mingcha-lives-'));
	let opened: TestBackend;
	let administrator: Client;
	const square = (name: string, west: number): Feature => ({
		type: 'Feature',
		properties: { name },
		geometry: {
			type: 'Polygon',
			coordinates: [
				[
					[west, 37],
					[west + 1, 37],
					[west + 1, 38],
					[west, 38],
					[west, 37]
				]
			]
		}
	});
	beforeAll(async () => {
		({ opened, administrator } = await openCity());
		writeFileSync(
			join(folder, 'neighborhoods.geojson'),
			JSON.stringify({
				type: 'FeatureCollection',
				features: [square('Sample Hill', -122), square('Sample Bay', -121)]
			})
		);
		writeFileSync(
			join(folder, 'businesses.csv'),
			[
				'business_id,name,address,city,postal_code,latitude,longitude,phone_number',
				'1,Sample Kitchen,1 Sample St,S.F.,94101,37.5,-121.5,',
				'1,Sample Kitchen,1 Sample St,S.F.,94101,37.5,-121.5,',
				'2,"Sample, Bar",2 Sample St,S.F.,94101,0,0,',
				'3,Sample Cafe,3 Sample St,S.F.,94101,37.5,-120.5,'
			].join('\n')
		);
		writeFileSync(
			join(folder, 'inspections_plus.csv'),
			[
				'"business_id","Score","date","type"',
				'1,87,"20150301","Routine - Unscheduled"',
				'1,,"20150401","Complaint"',
				'3,98,"20150301","Routine - Unscheduled"',
				'9,90,"20150301","Routine - Unscheduled"',
				'3,90,"20250301","Routine - Unscheduled"',
				'3,90,"20150231","Routine - Unscheduled"',
				'3,900,"20150302","Routine - Unscheduled"'
			].join('\n')
		);
		writeFileSync(
			join(folder, 'violations_plus.csv'),
			[
				'"business_id","date","ViolationTypeID","risk_category","description"',
				'1,"20150301",103101,"High Risk","a"',
				'1,"20150301",103102,"Moderate Risk","b"',
				'1,"20150301",103103,"Low Risk","c"',
				'1,"20150401",103101,"High Risk","d"',
				'3,"20150301",103103,"Low Risk","e"',
				'3,"20150505",103103,"Low Risk","f"',
				'3,"20150301",103103,"Awful","g"'
			].join('\n')
		);
		await importNeighbourhoods(administrator, folder, options('all_or_nothing'));
	});
	afterAll(async () => {
		rmSync(folder, { recursive: true });
		await opened.close();
	});
	const run = async (mode: ImportMode, client = administrator) => {
		const report = await importRegister(client, folder, options(mode));
		if (!report.ok) throw new Error(report.problem.code);
		return report.value;
	};
	const count = async () =>
		(
			await opened.sql(
				'select (select count(*)::int from public.enterprises) e, (select count(*)::int from public.facts) f'
			)
		)[0];

	test('nobody brings a register who does not administer the place', async () => {
		const person = await opened.signUp('wang@example.cn');
		const refused = await importRegister(
			opened.backend.asUser(person.accessToken),
			folder,
			options('skip_bad')
		);
		expect(refused).toMatchObject({ problem: { code: 'permission.role' } });
	});

	test('nobody brings decisions among the facts', async () => {
		const { data } = await administrator.rpc('import_foreign_register', {
			p_source: source,
			p_city: 'San Francisco',
			p_businesses: [],
			p_facts: [{ ref: 'x', business: '1', kind: 'decision.reversed', on: '2015-01-01', data: {} }],
			p_as_of: '2015-07-31',
			p_mode: 'skip_bad'
		});
		expect(data).toMatchObject({ ok: false, problem: { code: 'request.invalid', path: 'kind' } });
	});

	test('every defect is named with its line, and with one of them nothing is written', async () => {
		const report = await run('all_or_nothing');
		expect(report.kept).toBe(false);
		const named = report.verdicts.filter(({ verdict }) => verdict === 'refused');
		expect(named.map(({ file, lines, reason, got }) => [file, lines[0], reason, got])).toEqual([
			[0, 3, 'repeated', '2'],
			[1, 5, 'enterprise_unknown', undefined],
			[1, 6, 'day_future', '2025-03-01'],
			[1, 7, 'day', '20150231'],
			[1, 8, 'score', '900'],
			[2, 7, 'visit_unknown', undefined],
			[2, 8, 'risk_category', 'Awful']
		]);
		expect(report.verdicts.find(({ lines, file }) => file === 0 && lines[0] === 4)).toMatchObject({
			verdict: 'loaded_outside',
			mended: '0, 0'
		});
		expect(await count()).toEqual({ e: 0, f: 0 });
	});

	test('without the bad lines it is read, once, and makes no inspection, hazard or paper of ours', async () => {
		expect((await run('skip_bad')).kept).toBe(true);
		const before = await count();
		expect(before).toEqual({ e: 3, f: 8 });
		const again = await run('skip_bad');
		expect(again.counts).toMatchObject({ loaded: 0, loaded_outside: 0, unchanged: 11 });
		expect(await count()).toEqual(before);
		const ours = await opened.sql(
			`select (select count(*)::int from public.inspections) i, (select count(*)::int from public.hazards) h, (select count(*)::int from public.documents) d,
			(select count(*)::int from public.records) r`
		);
		expect(ours).toEqual([{ i: 0, h: 0, d: 0, r: 0 }]);
		const sources = await opened.sql(`select distinct data->>'source' as source from public.facts`);
		expect(sources).toEqual([{ source }]);
	});

	test('the account is that of the last scored inspection, as its rule reads it', async () => {
		await declare(opened);
		await assessBehind(opened.backend, { quiet: true });
		const accounts = await opened.sql(
			`select e.external_ref as ref, a.points, a.band_name as band from public.score_accounts a join public.enterprises e on e.id = a.enterprise_id order by 1`
		);
		expect(accounts.filter(({ ref }) => ref !== '2')).toEqual([
			{ ref: '1', points: 8700, band: 'Adequate' },
			{ ref: '3', points: 9800, band: 'Good' }
		]);
		expect(
			(await rankForeign(administrator, source)).map(({ label, violations }) => [label, violations])
		).toEqual([
			['Sample Hill', 4],
			['Sample Bay', 1]
		]);
	});

	test('the page of a site tells day by day what was found there, in the words of the register', async () => {
		const [site] = await opened.sql<{ id: string }>(
			`select id from public.enterprises where external_ref = '1'`
		);
		expect(await readForeignVisits(administrator, site!.id)).toEqual({
			total: 2,
			days: [
				{
					source,
					on: '2015-04-01',
					visits: [{ type: 'Complaint', score: null }],
					violations: [{ category: 'High Risk', text: 'd' }]
				},
				{
					source,
					on: '2015-03-01',
					visits: [{ type: 'Routine - Unscheduled', score: 87 }],
					violations: [
						{ category: 'High Risk', text: 'a' },
						{ category: 'Moderate Risk', text: 'b' },
						{ category: 'Low Risk', text: 'c' }
					]
				}
			]
		});
		expect(await readForeignRegisters(administrator)).toEqual([source]);
	});

	test('who looks after no such place reads nothing of the register', async () => {
		const stranger = await opened.signUp('hu@example.cn');
		await opened.sql(
			`insert into public.memberships (user_id, role, scope, display_name) values ($1, 'leader', '9999', '胡主任')`,
			[stranger.userId]
		);
		const theirs = opened.backend.asUser(stranger.accessToken);
		const [site] = await opened.sql<{ id: string }>(
			`select id from public.enterprises where external_ref = '1'`
		);
		expect([
			await readForeignRegisters(theirs),
			await rankForeign(theirs, source),
			(await readForeignVisits(theirs, site!.id)).days
		]).toEqual([[], [], []]);
	});
});

describe.skipIf(!isThere)('San Francisco', { timeout: longestMs }, () => {
	interface Business {
		id: string;
		neighbourhood: string | null;
		/** The same id again, or no name: named by the report, not kept. */
		isRefused: boolean;
		isPlaced: boolean;
	}
	type Cells = Record<string, string>;
	const folder = isFull ? real : mkdtempSync(join(tmpdir(), 'mingcha-sf-'));
	const table = (name: string): Cells[] =>
		parse(readFileSync(join(folder, name)), {
			bom: true,
			columns: (columns: string[]) => columns.map((column) => column.toLowerCase()),
			relaxColumnCount: true,
			relaxQuotes: true,
			trim: true
		}) as Cells[];
	let opened: TestBackend;
	let administrator: Client;
	/** Every line of the list, and those that are kept. */
	let listed: Business[];
	let businesses: Business[];
	let report: ImportReport;
	const lists = ['businesses.csv', 'inspections_plus.csv', 'violations_plus.csv'] as const;
	const lastDay = '20150731';

	beforeAll(async () => {
		if (!isFull) takePart();
		({ opened, administrator } = await openCity());
		const areas = await importNeighbourhoods(administrator, folder, options('skip_bad'));
		if (!areas.ok) throw new Error(areas.problem.code);
		expect(areas.value!.counts.refused).toBe(0);
		const read = await importRegister(administrator, folder, options('skip_bad'));
		if (!read.ok) throw new Error(read.problem.code);
		report = read.value;
		await declare(opened);
		await assessBehind(opened.backend, { quiet: true });
		const { features } = JSON.parse(readFileSync(join(folder, 'neighborhoods.geojson'), 'utf8')) as {
			features: Feature<Polygon | MultiPolygon, { name: string }>[];
		};
		const seen = new Set<string>();
		listed = table('businesses.csv').map(({ business_id: id, name, longitude, latitude }) => {
			const isRefused = seen.has(id!) || name!.length < 2;
			seen.add(id!);
			const at: [number, number] = [Number(longitude), Number(latitude)];
			const isPlaced = longitude !== '' && at[0] !== 0;
			const home = isPlaced ? features.find((feature) => booleanPointInPolygon(at, feature)) : undefined;
			return { id: id!, isRefused, isPlaced, neighbourhood: home?.properties.name ?? null };
		});
		businesses = listed.filter(({ isRefused }) => !isRefused);
	}, longestMs);
	afterAll(async () => {
		if (!isFull) rmSync(folder, { recursive: true, force: true });
		await opened.close();
	});

	/** Every fiftieth business with all that is said of it; the polygons whole. */
	function takePart(): void {
		for (const name of lists) {
			const [heading, ...lines] = readFileSync(join(real, name), 'latin1').split('\n');
			const part = lines.filter((line) => Number.parseInt(line, 10) % 50 === 7);
			writeFileSync(join(folder, name), [heading, ...part].join('\n'));
		}
		writeFileSync(join(folder, 'neighborhoods.geojson'), readFileSync(join(real, 'neighborhoods.geojson')));
	}

	test('every line is kept, or refused by name for what is wrong with it, and no line is lost', () => {
		const known = new Set(businesses.map(({ id }) => id));
		const visits = new Set(table(lists[1]).map(({ business_id: id, date }) => `${id} ${date}`));
		const reasonOf = ({ business_id: id, date }: Cells) =>
			!known.has(id!) ? 'enterprise_unknown' : date! > lastDay ? 'day_future' : null;
		const ids = new Set<string>();
		const expected = [
			table(lists[0]).map(({ business_id: id, name }) => {
				const isRepeated = ids.has(id!);
				ids.add(id!);
				return isRepeated ? 'repeated' : name!.length < 2 ? 'name' : null;
			}),
			table(lists[1]).map(reasonOf),
			table(lists[2]).map((cells) =>
				visits.has(`${cells.business_id} ${cells.date}`) ? reasonOf(cells) : 'visit_unknown'
			)
		];
		// Heading above, no cell of several lines: row n stands on line n + 2.
		const refusedOf = (file: number) =>
			expected[file]!.flatMap((reason, row) => (reason === null ? [] : [[file, row + 2, reason]]));
		const isRefused = ({ verdict }: LineVerdict) => verdict === 'refused';
		expect(
			report.verdicts.filter(isRefused).map(({ file, lines, reason }) => [file, ...lines, reason])
		).toEqual([0, 1, 2].flatMap(refusedOf));
		expect(report.verdicts).toHaveLength(expected.flat().length);
		const { loaded, loaded_outside: outside, refused } = report.counts;
		const facts = expected.slice(1).flat();
		expect(loaded).toBe(
			businesses.filter(({ neighbourhood }) => neighbourhood !== null).length +
				facts.filter((reason) => reason === null).length
		);
		expect(outside).toBe(businesses.filter(({ neighbourhood }) => neighbourhood === null).length);
		expect(loaded + outside + refused).toBe(expected.flat().length);
		if (!isFull) return;
		expect(report.counts).toMatchObject({ loaded: 83_182, loaded_outside: 2_535, refused: 288 });
		const counted = Map.groupBy(report.verdicts.filter(isRefused), ({ reason }) => reason);
		expect(Object.fromEntries([...counted].map(([reason, lines]) => [reason, lines.length]))).toEqual({
			// The same business word for word; 8 of the 16 carry its coordinates again.
			repeated: 16,
			// An id and a tax code, no name, no address.
			name: 1,
			// Of 97 inspections and 78 violations the list of businesses names none.
			enterprise_unknown: 175,
			visit_unknown: 70,
			day_future: 26
		});
	});

	test('every business lies in the neighbourhood that point-in-polygon says', async () => {
		const rows = await opened.sql<{ id: string; name: string | null }>(
			`select e.external_ref as id, app.community_name(e.scope) as name from public.enterprises e`
		);
		const placed = new Map(rows.map(({ id, name }) => [id, name]));
		expect(placed.size).toBe(businesses.length);
		const different = businesses.filter(({ id, neighbourhood }) => placed.get(id) !== neighbourhood);
		expect(different).toEqual([]);
		if (!isFull) return;
		// 7,566 lines, 7,550 ids, one of them without a name.
		expect([listed.length, new Set(listed.map(({ id }) => id)).size, businesses.length]).toEqual([
			7566, 7550, 7549
		]);
		// 5,026 lines with coordinates: two in other counties, two beyond every neighbourhood in the south; 8 of the others are said twice.
		const isInside = ({ neighbourhood }: Business) => neighbourhood !== null;
		expect([
			listed.filter(({ isPlaced }) => isPlaced).length,
			listed.filter(isInside).length,
			businesses.filter(isInside).length
		]).toEqual([5026, 5022, 5014]);
	});

	test('the ranking of neighbourhoods by violations is what a plain recount says', async () => {
		const homes = new Map(businesses.map(({ id, neighbourhood }) => [id, neighbourhood]));
		const visits = new Set(table('inspections_plus.csv').map(({ business_id: id, date }) => `${id} ${date}`));
		const recount = new Map<string, number>();
		for (const { business_id: id, date } of table('violations_plus.csv')) {
			const home = homes.get(id!);
			if (home && visits.has(`${id} ${date}`) && date! <= lastDay)
				recount.set(home, (recount.get(home) ?? 0) + 1);
		}
		const ranking = await rankForeign(administrator, source);
		expect(
			Object.fromEntries(
				ranking.filter(({ violations }) => violations > 0).map(({ label, violations }) => [label, violations])
			)
		).toEqual(Object.fromEntries(recount));
		expect(ranking.map(({ violations }) => violations)).toEqual(
			[...ranking.map(({ violations }) => violations)].sort((a, b) => b - a)
		);
	});

	test('the map shows the official grade of the last scored inspection, as far as the rule gives it', async () => {
		const last = new Map<string, { date: string; scores: number[] }>();
		const known = new Set(businesses.map(({ id }) => id));
		for (const { business_id: id, date, score } of table('inspections_plus.csv')) {
			if (score === '' || !known.has(id!) || date! > lastDay) continue;
			const before = last.get(id!);
			if (before && before.date > date!) continue;
			last.set(
				id!,
				before?.date === date
					? { date: date!, scores: [...before!.scores, Number(score)] }
					: { date: date!, scores: [Number(score)] }
			);
		}
		const rows = await opened.sql<{ id: string; points: number; level: string }>(
			`select e.external_ref as id, a.points, a.band_level as level from public.score_accounts a join public.enterprises e on e.id = a.enterprise_id where a.band_level is not null`
		);
		const accounts = new Map(rows.map((row) => [row.id, row]));
		const levelOf = (score: number) =>
			score > 90 ? 'normal' : score > 85 ? 'warning' : score > 70 ? 'focus' : 'highest';
		expect([...last.keys()].filter((id) => !accounts.has(id))).toEqual([]);
		const exact = [...last].filter(([id, { scores }]) =>
			scores.some((score) => score * 100 === accounts.get(id)!.points)
		).length;
		const grades = [...last].filter(([id, { scores }]) =>
			scores.some((score) => levelOf(score) === accounts.get(id)!.level)
		).length;
		console.log(
			`    ${last.size} graded businesses: ${exact} with the official score, ${grades} with the official grade`
		);
		// Over all 18,109 scored inspections the rule gives 97.71 % of the scores and 99.18 % of the grades; the rest are defects of the data.
		expect(exact / last.size).toBeGreaterThan(0.95);
		expect(grades / last.size).toBeGreaterThan(0.98);
	});
});
