/**
 * The built server at a city's scale, as it would run: PostgreSQL, Supabase's API over HTTP on loopback, the server a process
 * of its own, asked over HTTP by somebody who is signed in and may see everything. All of it shares this machine.
 * `SIZES=10000,100000,1000000` measures several; ten hazards an enterprise. `CITY_FOLDER` keeps the cities there, and takes up
 * those that are there already: they must have been made by the same migrations.
 */
import '../database/support/withStorage.ts';
import autocannon from 'autocannon';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openKeys, type Keys } from '#lib/backend/keys.server.ts';
import { packageRoot } from '#lib/backend/packageRoot.server.ts';
import { connectSql, type PlainConnection } from '#lib/backend/postgresDatabase.server.ts';
import { addDays, shanghaiDate } from '#lib/calendar.ts';
import { buildIfStale } from '../../src/commands/server/build.ts';
import { generateCity } from '../../src/commands/generateCity.server.ts';
import { startPostgresCluster, type PostgresCluster } from '../database/support/postgresCluster.ts';
import { serveSupabase } from '../database/support/serveSupabase.ts';
import { startServer, type RunningServer } from '../e2e/support/server.ts';
import { comparedTimes, seconds, type Bench, type Comparison } from './bench.ts';

const keptFolder = process.env.CITY_FOLDER;
const sizes = (process.env.SIZES ?? '1000000').split(',').map(Number);
const hazardsPerEnterprise = 10;
const zooms = [8, 9, 10, 11, 12, 13, 14, 15];
const connections = 50;
const secondsEach = 15;
const rankings = 1_000;
const goals = { startSeconds: 30, megabytes: 1_536, rankingMilliseconds: 5, tileMilliseconds: 20 };

type Say = (line: string) => void;

export const bench: Bench = {
	name: 'city',
	async run(say) {
		buildIfStale(packageRoot());
		const cluster = await startPostgresCluster(keptFolder && join(keptFolder, 'postgres'));
		try {
			const comparisons: Comparison[] = [];
			for (const size of sizes) comparisons.push(...(await runAt(size, cluster, say)));
			return comparisons;
		} finally {
			await cluster.stop();
		}
	}
};

interface City {
	keys: Keys;
	/** Of Supabase's API. */
	apiUrl: string;
	/** Of a leader who may see all of it. */
	cookie: string;
	folder: string;
	database: PlainConnection;
}

async function runAt(size: number, cluster: PostgresCluster, say: Say): Promise<Comparison[]> {
	const name = `city_${size}`;
	const folder = keptFolder ? join(keptFolder, name) : await mkdtemp(join(tmpdir(), 'mingcha-bench-'));
	const making = await seconds(() => makeCity(cluster, name, size));
	const database = connectSql(cluster.urlOf(name), 2);
	const counts = await countRows(database);
	say(
		`${size.toLocaleString('en')} enterprises, ${counts.hazards.toLocaleString('en')} hazards: ready after ${making.toFixed(0)} s, ${counts.size}`
	);
	await mkdir(join(folder, 'keys'), { recursive: true });
	const keys = openKeys(join(folder, 'keys'));
	const api = await serveSupabase(cluster.urlOf(name), keys, join(folder, 'files'));
	try {
		const cookie = await signInLeader(api.url, keys, database);
		return await measure({ keys, apiUrl: api.url, cookie, folder, database }, size, say);
	} finally {
		await api.close();
		await database.close();
		if (!keptFolder) await throwAway(cluster, name, folder);
	}
}

/** Does nothing where it is there already. */
async function makeCity(cluster: PostgresCluster, name: string, enterprises: number): Promise<void> {
	const admin = connectSql(cluster.urlOf('postgres'), 1);
	try {
		const known = await admin.sql.query('select 1 from pg_database where datname = $1', [name]);
		if (known.length > 0) return;
		await admin.sql.exec(`create database ${name}`);
		const plan = {
			enterprises,
			hazards: enterprises * hazardsPerEnterprise,
			until: shanghaiDate(new Date())
		};
		const made = await generateCity(cluster.urlOf(name), plan, () => {});
		if (!made.ok) throw new Error(`city: got ${made.problem.code}, expected it to be made`);
	} finally {
		await admin.close();
	}
}

async function throwAway(cluster: PostgresCluster, name: string, folder: string): Promise<void> {
	const admin = connectSql(cluster.urlOf('postgres'), 1);
	await admin.sql.exec(`drop database ${name} with (force)`);
	await admin.close();
	await rm(folder, { recursive: true, force: true });
}

async function countRows({ sql }: PlainConnection): Promise<{ hazards: number; size: string }> {
	const [row] = await sql.query<{ hazards: number; size: string }>(
		'select (select count(*) from public.hazards) as hazards, pg_size_pretty(pg_database_size(current_database())) as size'
	);
	return row!;
}

const leader = { email: 'leader@example.test', password: 'a long enough password' };

async function signInLeader(apiUrl: string, keys: Keys, { sql }: PlainConnection): Promise<string> {
	const ask = async (path: string) => {
		const answer = await fetch(`${apiUrl}/auth/v1/${path}`, {
			method: 'POST',
			headers: { apikey: keys.publishableKey, 'content-type': 'application/json' },
			body: JSON.stringify(leader)
		});
		return (await answer.json()) as { access_token?: string; user?: { id: string } };
	};
	const known = await ask('token?grant_type=password');
	if (known.access_token) return `session=${known.access_token}`;
	const signedUp = await ask('signup');
	await sql.query(
		`insert into public.memberships (user_id, role, agency_id, scope, display_name)
		select $1, 'leader', (select id from public.agencies order by scope limit 1), '', '周主任'`,
		[signedUp.user!.id]
	);
	return `session=${signedUp.access_token}`;
}

async function measure(city: City, size: number, say: Say): Promise<Comparison[]> {
	const about = (what: string) => `${size.toLocaleString('en')} enterprises: ${what}`;
	const start = () =>
		startServer(join(city.folder, 'data'), {
			keepFolder: true,
			environment: {
				SUPABASE_URL: city.apiUrl,
				SUPABASE_PUBLISHABLE_KEY: city.keys.publishableKey,
				SUPABASE_SECRET_KEY: city.keys.secretKey
			}
		});
	let server!: RunningServer;
	const firstStart = await seconds(async () => (server = await start()));
	const settling = await seconds(() => untilSettled(city, server));
	say(
		about(
			`first start ${firstStart.toFixed(1)} s, and ${settling.toFixed(0)} s until attention is scored and counters are in memory`
		)
	);
	await server.stop();

	const starting = await seconds(async () => (server = await start()));
	try {
		const ready = await memoryOf(server);
		const counting = await seconds(() => untilSettled(city, server));
		say(
			about(
				`start ${starting.toFixed(1)} s, ${ready.now} MB; counters in memory ${counting.toFixed(1)} s later`
			)
		);
		const tiles = await timesOfTiles(city, server);
		for (const [how, times] of Object.entries(tiles))
			say(
				about(
					`tiles ${how}, ${connections} connections: ${times.perSecond} requests/s, p50 ${times.p50} ms, p99 ${times.p99} ms, mean ${times.bytes} bytes`
				)
			);
		const ranking = await timesOfRankings(city, server);
		say(about(`rankings: p50 ${ranking.p50.toFixed(2)} ms, p99 ${ranking.p99.toFixed(2)} ms`));
		const memory = await memoryOf(server);
		say(about(`memory ${memory.now} MB, at most ${memory.most} MB`));
		for (const path of ['/api/map', '/', '/rankings', '/dashboard', '/screen'])
			say(about(`${path} ${await timeOf(city, server, path)}`));
		const against = (what: string, ours: number, goal: number, unit: string) =>
			comparedTimes(
				'city',
				`${size.toLocaleString('en')} enterprises, goal for ${what}`,
				{ ours, peer: goal, goal: 1 },
				unit
			);
		return [
			against('the start', starting, goals.startSeconds, 's'),
			against('memory', memory.most, goals.megabytes, 'MB'),
			against('a ranking', ranking.p99, goals.rankingMilliseconds, 'ms p99'),
			against('a tile that is made', tiles.made.p99, goals.tileMilliseconds, 'ms p99'),
			against('a tile', tiles.kept.p99, goals.tileMilliseconds, 'ms p99')
		];
	} finally {
		await server.stop();
	}
}

/** Nothing is left to be scored, and the counters are in memory. */
async function untilSettled({ database }: City, server: RunningServer): Promise<void> {
	for (let attempt = 0; attempt < 300; attempt++) {
		if (server.output().includes('tallies in memory')) {
			const [row] = await database.sql.query<{ left: boolean }>(
				`select exists (select 1 from public.enterprises e left join public.attention_scores s on s.enterprise_id = e.id
				where s.as_of is null or s.as_of < app.today()) as left`
			);
			if (!row!.left) return;
		}
		await new Promise((resolve) => setTimeout(resolve, 3_000));
	}
	throw new Error(`server: got no rest in 15 minutes\n${server.output()}`);
}

async function memoryOf({ pid }: RunningServer): Promise<{ now: number; most: number }> {
	const status = await readFile(`/proc/${pid}/status`, 'utf8');
	const of = (name: string) => Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)![1]) / 1024);
	return { now: of('VmRSS'), most: of('VmHWM') };
}

/** Some four thousand tiles over places where somebody is: each made once, and then asked for again and again. */
async function timesOfTiles({ database, cookie }: City, { url }: RunningServer) {
	const at = await database.sql.query<{ longitude: number; latitude: number }>(
		'select longitude, latitude from public.enterprises where ordinal % (select greatest(count(*) / 4000, 1) from public.enterprises) = 0'
	);
	const requests = at.map(({ longitude, latitude }, turn) => {
		const zoom = zooms[turn % zooms.length]!;
		const radians = (latitude * Math.PI) / 180;
		const x = Math.floor(((longitude + 180) / 360) * 2 ** zoom);
		const y = Math.floor(((1 - Math.asinh(Math.tan(radians)) / Math.PI) / 2) * 2 ** zoom);
		return { path: `/tiles/enterprises/${zoom}/${x}/${y}.mvt` };
	});
	const load = async (until: { amount: number } | { duration: number }): Promise<TileTimes> => {
		const result = await autocannon({
			url,
			connections,
			headers: { cookie, 'accept-encoding': 'gzip' },
			requests,
			...until
		});
		if (result.non2xx > 0 || result.errors > 0)
			throw new Error(`tiles: got ${result.non2xx} refusals and ${result.errors} errors, expected none`);
		return {
			perSecond: Math.round(result.requests.total / result.duration),
			p50: result.latency.p50,
			p99: result.latency.p99,
			bytes: Math.round(result.throughput.total / result.requests.total)
		};
	};
	// The first views after a start make the counts that all others share.
	await load({ amount: connections });
	return { made: await load({ amount: requests.length }), kept: await load({ duration: secondsEach }) };
}

interface TileTimes {
	perSecond: number;
	p50: number;
	p99: number;
	bytes: number;
}

/** Each time another window, so that nothing answers but the sums. */
function rankingPath(turn: number): string {
	const to = addDays(shanghaiDate(new Date()), -((turn * 37) % 400));
	const from = addDays(to, -1 - ((turn * 53) % 300));
	const by = ['community', 'street', 'site_type'][turn % 3]!;
	const measure = ['count', 'per_inspection', 'smoothed'][Math.floor(turn / 3) % 3]!;
	return `/api/rankings?by=${by}&from=${from}&to=${to}&measure=${measure}&limit=20`;
}

async function ask(address: string, cookie: string): Promise<{ milliseconds: number; bytes: number }> {
	const started = performance.now();
	const answer = await fetch(address, { headers: { cookie } });
	const body = await answer.arrayBuffer();
	if (!answer.ok) throw new Error(`${address}: got ${answer.status}, expected 200`);
	return { milliseconds: performance.now() - started, bytes: body.byteLength };
}

async function timesOfRankings(
	{ cookie }: City,
	{ url }: RunningServer
): Promise<{ p50: number; p99: number }> {
	const times: number[] = [];
	for (let turn = -100; turn < rankings; turn++) {
		const { milliseconds } = await ask(url + rankingPath(turn + 100), cookie);
		if (turn >= 0) times.push(milliseconds);
	}
	times.sort((a, b) => a - b);
	return { p50: times[Math.floor(rankings * 0.5)]!, p99: times[Math.floor(rankings * 0.99)]! };
}

async function timeOf({ cookie }: City, { url }: RunningServer, path: string): Promise<string> {
	const first = await ask(url + path, cookie);
	const again = await ask(url + path, cookie);
	return `${first.milliseconds.toFixed(0)} ms, again ${again.milliseconds.toFixed(0)} ms, ${Math.round(again.bytes / 1000)} kB`;
}
