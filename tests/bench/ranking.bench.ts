/**
 * Ranking against PostgreSQL's group-by of hazards by community × kind of site: the same hazards, found in the same window,
 * counted in all and 重大. PostgreSQL may use every plan it has (parallel workers, an index that covers the question); what it
 * needs to send the rows is not counted. Also after a change: one hazard more, and the ranking again.
 */
import postgres from 'postgres';
import { addDays } from '#lib/calendar.ts';
import { dayNumber, TallyCube } from '#lib/tally/cube/tallyCube.ts';
import { startPostgresCluster } from '../database/support/postgresCluster.ts';
import { comparedTimes, median, seconds, type Bench, type Comparison } from './bench.ts';

const sizes = [1_000_000, 10_000_000];
const communities = 5_000;
const kinds = 20;
const days = 730;
const firstDay = '2024-11-23';
const rounds = 5;
/** Windows asked for in turn: a month, a quarter, a year, everything; none begins where a block of days does. */
const windows = [
	[700, 729],
	[611, 701],
	[345, 709],
	[0, 729]
].map(([from, to]) => ({ from: addDays(firstDay, from!), to: addDays(firstDay, to!) }));

interface Hazards {
	community: Uint16Array;
	kind: Uint8Array;
	day: Uint16Array;
	isMajor: Uint8Array;
}

/** Clustered as hazards are: few communities have many, and so do few kinds. The same ones in every run. */
function generated(count: number): Hazards {
	let state = 20_261_122;
	const next = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
	const hazards: Hazards = {
		community: new Uint16Array(count),
		kind: new Uint8Array(count),
		day: new Uint16Array(count),
		isMajor: new Uint8Array(count)
	};
	for (let index = 0; index < count; index++) {
		hazards.community[index] = Math.floor(next() ** 1.6 * communities);
		hazards.kind[index] = Math.floor(next() ** 1.4 * kinds);
		hazards.day[index] = Math.floor(next() * days);
		hazards.isMajor[index] = next() < 0.03 ? 1 : 0;
	}
	return hazards;
}

const scopeOf = (community: number) => String(10_000_000 + community);
const kindOf = (kind: number) => `kind_${kind}`;

function filledCube({ community, kind, day, isMajor }: Hazards): TallyCube {
	const cube = new TallyCube();
	cube.unsettle();
	const cells = Array.from({ length: communities }, (_, place) =>
		Array.from({ length: kinds }, (_, which) => cube.cellOf(scopeOf(place), kindOf(which)))
	);
	const first = dayNumber(firstDay);
	for (let index = 0; index < day.length; index++)
		cube.addFlow(cells[community[index]!]![kind[index]!]!, isMajor[index] === 1, first + day[index]!, 1, 0);
	cube.settle();
	return cube;
}

async function fillTable(sql: postgres.Sql, { community, kind, day, isMajor }: Hazards): Promise<void> {
	await sql.unsafe(
		'create unlogged table hazards (scope text collate "C" not null, site_type text not null, severity text not null, found_on date not null)'
	);
	const into = await sql`copy hazards from stdin`.writable();
	const dates = Array.from({ length: days }, (_, offset) => addDays(firstDay, offset));
	for (let from = 0; from < day.length; from += 20_000) {
		let lines = '';
		for (let index = from; index < Math.min(day.length, from + 20_000); index++)
			lines += `${scopeOf(community[index]!)}\t${kindOf(kind[index]!)}\t${isMajor[index] ? 'major' : 'general'}\t${dates[day[index]!]}\n`;
		if (!into.write(lines)) await new Promise((resolve) => into.once('drain', resolve));
	}
	await new Promise<void>((resolve, reject) =>
		into.end((error?: Error | null) => (error ? reject(error) : resolve()))
	);
	await sql.unsafe('create index on hazards (found_on, scope, site_type, severity)');
	await sql.unsafe('vacuum analyze hazards');
}

const groupBy = (from: string, to: string) =>
	`select scope, site_type, count(*)::int as found, (count(*) filter (where severity = 'major'))::int as major
	from hazards where found_on between '${from}' and '${to}' group by scope, site_type`;

async function assertEqual(sql: postgres.Sql, cube: TallyCube): Promise<number> {
	const keys = cube.cellKeys();
	let compared = 0;
	for (const { from, to } of windows) {
		const expected = new Map<string, string>();
		for (const row of await sql.unsafe(groupBy(from, to)))
			expected.set(`${row.scope} ${row.site_type}`, `${row.found} ${row.major}`);
		const { found, foundMajor } = cube.foundByCell(from, to);
		keys.forEach(({ scope, siteType }, cell) => {
			const [ours, theirs] = [
				`${found[cell]} ${foundMajor[cell]}`,
				expected.get(`${scope} ${siteType}`) ?? '0 0'
			];
			if (ours !== theirs)
				throw new Error(`${scope} ${siteType} from ${from} to ${to}: got ${ours}, expected ${theirs}`);
			compared++;
		});
	}
	return compared;
}

const milliseconds = (time: number) => `${(time * 1000).toFixed(2)} ms`;

async function runAt(
	count: number,
	urlOf: (name: string) => string,
	say: (line: string) => void
): Promise<Comparison[]> {
	const hazards = generated(count);
	let cube = new TallyCube();
	const reading = await seconds(() => (cube = filledCube(hazards)));
	const database = postgres(urlOf('postgres'), { max: 1, onnotice: () => {} });
	const name = `hazards_${count}`;
	await database.unsafe(`create database ${name}`);
	const sql = postgres(urlOf(name), { max: 1, onnotice: () => {} });
	await sql.unsafe(
		`set max_parallel_workers_per_gather = 4; set min_parallel_table_scan_size = 0; set parallel_setup_cost = 0; set work_mem = '256MB'; set jit = off`
	);
	await fillTable(sql, hazards);
	const million = `${count / 1e6} million hazards`;
	say(
		`${million}: ${cube.cells.toLocaleString('en')} cells, ${(cube.bytes / 1e6).toFixed(0)} MB, read in ${reading.toFixed(1)} s`
	);
	say(
		`${million}: equal in ${(await assertEqual(sql, cube)).toLocaleString('en')} cells of ${windows.length} windows`
	);

	const times = { ours: [] as number[], peer: [] as number[], change: [] as number[] };
	const keys = Array.from({ length: communities }, (_, place) => scopeOf(place));
	const ranking: number[] = [];
	for (let round = 0; round < rounds; round++)
		for (const { from, to } of windows) {
			times.ours.push(await seconds(() => cube.foundByCell(from, to)));
			// Only how many groups there are is sent, not the groups.
			times.peer.push(
				await seconds(() =>
					sql.unsafe(`select count(*), sum(found), sum(major) from (${groupBy(from, to)}) x`)
				)
			);
			times.change.push(
				await seconds(() => cube.apply({ flows: [[scopeOf(7), kindOf(3), 'general', to, 1, 0]] }))
			);
			ranking.push(await seconds(() => cube.rank('place', keys, { from, to, today: to }, [''])));
		}
	const [ours, peer, change] = [times.ours, times.peer, times.change].map(median) as [number, number, number];
	say(
		`${million}: the whole ranking of ${communities.toLocaleString('en')} communities with every figure ${milliseconds(median(ranking))}, at most ${milliseconds(Math.max(...ranking))}`
	);
	say(
		`${million}: one hazard more ${milliseconds(change)}, then the ranking again ${milliseconds(change + ours)}`
	);
	await sql.end();
	await database.unsafe(`drop database ${name}`);
	await database.end();
	return [
		comparedTimes(
			'ranking',
			`PostgreSQL group-by, ${million}`,
			{ ours: ours * 1000, peer: peer * 1000, goal: 100 },
			'ms'
		),
		comparedTimes('ranking', `the 5 ms asked for, ${million}`, { ours: ours * 1000, peer: 5, goal: 1 }, 'ms'),
		comparedTimes(
			'ranking',
			`the query after a change, ${million}`,
			{ ours: change * 1000, peer: peer * 1000, goal: 500 },
			'ms'
		)
	];
}

async function run(say: (line: string) => void): Promise<Comparison[]> {
	const cluster = await startPostgresCluster();
	try {
		const comparisons: Comparison[] = [];
		for (const count of sizes) comparisons.push(...(await runAt(count, cluster.urlOf, say)));
		return comparisons;
	} finally {
		await cluster.stop();
	}
}

export const bench: Bench = { name: 'ranking', run };
