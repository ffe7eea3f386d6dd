/**
 * Tiles over HTTP against PostGIS `ST_AsMVT`, the engine of Martin and pg_tileserv: a million enterprises, 50 connections
 * that each ask for the next tile when they have one, nothing kept, both packed by gzip 1. The peer has a GiST index,
 * returns the same cells and points, and the two are compared tile by tile before anything is timed.
 */
import { VectorTile } from '@mapbox/vector-tile';
import autocannon from 'autocannon';
import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { PbfReader } from 'pbf';
import postgres from 'postgres';
import { pointFields } from '#lib/enterprise/mapIndex/pointFields.ts';
import { dayNumber, type MapTable } from '#lib/enterprise/mapIndex/mapTable.ts';
import { worldBits, worldX, worldY } from '#lib/spatial/world.ts';
import { startPostgresCluster } from '../database/support/postgresCluster.ts';
import { comparedRates, comparedTimes, type Bench, type Comparison } from './bench.ts';
import { cityDay, cityIndex, cityOf, dealer } from './city.ts';

const enterprises = Number(process.env.N ?? 1_000_000);
const zooms = [8, 9, 10, 11, 12, 13, 14, 15];
const connections = 50;
const secondsEach = 12;
const comparedTiles = 200;

interface TileServer {
	child: ChildProcess;
	port: number;
	pointsFrom: number;
	bytes: number;
}

async function start(file: string, ...parameters: string[]): Promise<TileServer> {
	const child = fork(join(import.meta.dirname, 'tiles', file), parameters);
	const told = await new Promise<Omit<TileServer, 'child'>>((resolve, reject) => {
		child.once('message', (message) => resolve(message as TileServer));
		child.once('exit', (code) => reject(new Error(`${file}: got exit ${code}, expected it to listen`)));
	});
	return { child, ...told };
}

export const bench: Bench = {
	name: 'tiles',
	async run(say) {
		const city = cityOf(enterprises);
		const cluster = await startPostgresCluster();
		const url = cluster.urlOf('postgres');
		const tiles = tilesOf(city.positions);
		const servers: TileServer[] = [];
		let stopping: Promise<void> | undefined;
		const stopPeer = () => (stopping ??= cluster.stop());
		try {
			await fillPeer(url, cityIndex(city.lines).table);
			const ours = await start('ourTiles.ts', String(enterprises));
			servers.push(ours);
			const peer = await start('peerTiles.ts', url, String(ours.pointsFrom));
			servers.push(peer);
			say(
				`cells up to zoom ${ours.pointsFrom - 1}, points from there; ours ${Math.round(ours.bytes / 1e6)} MB`
			);
			const bytes = await assertEqual(ours.port, peer.port, tiles);
			say(`${comparedTiles} tiles equal; mean ${bytes.ours} bytes packed, the peer's ${bytes.peer}`);
			const comparisons: Comparison[] = [];
			await load(peer.port, tiles, 3); // Its pages and plans into memory.
			const theirs = await load(peer.port, tiles, secondsEach);
			// What nobody waits for any more PostgreSQL would go on with, and ours would pay for it.
			peer.child.kill();
			await stopPeer();
			await load(ours.port, tiles, 3);
			const own = await load(ours.port, tiles, secondsEach);
			say(
				`p50 ${own.latency.p50} ms, p99 ${own.latency.p99} ms; the peer ${theirs.latency.p50} and ${theirs.latency.p99}`
			);
			comparisons.push(
				comparedRates(
					'tiles',
					'PostGIS ST_AsMVT',
					{ ours: own.requests.average, peer: theirs.requests.average, goal: 25 },
					'requests/s'
				),
				comparedTimes(
					'tiles',
					'PostGIS ST_AsMVT',
					{ ours: own.latency.p99, peer: theirs.latency.p99, goal: 20 },
					'ms p99'
				)
			);
			return comparisons;
		} finally {
			for (const { child } of servers) child.kill();
			await stopPeer();
		}
	}
};

/** Tiles in which somebody is, more of them where more are. */
function tilesOf(positions: readonly [number, number][]): string[] {
	const deal = dealer(3);
	return Array.from({ length: 4_000 }, (_, turn) => {
		const zoom = zooms[turn % zooms.length]!;
		const [longitude, latitude] = positions[deal(positions.length)]!;
		return `/${zoom}/${worldX(longitude) >>> (worldBits - zoom)}/${worldY(latitude) >>> (worldBits - zoom)}`;
	});
}

async function fillPeer(url: string, table: MapTable): Promise<void> {
	const sql = postgres(url, { onnotice: () => {} });
	const fields = Object.entries(pointFields);
	await sql.unsafe(`create extension if not exists postgis;
		create table sites (ordinal bigint primary key, wx int, wy int, geom geometry(Point, 3857), seen smallint,
			${fields.map(([name, { words }]) => `${name} ${words ? 'text' : 'int'}`).join(', ')})`);
	const day = dayNumber(cityDay);
	const copy = await sql`copy sites from stdin`.writable();
	const span = 2 * 20_037_508.342789244;
	for (let row = 0; row < table.count; row++) {
		const [x, y] = [table.x[row]!, table.y[row]!];
		const metres = [x, -y].map((unit) => (unit / 2 ** worldBits) * span);
		const values = fields.map(([, field]) => {
			const value = field.of(table, row, day);
			return field.words ? field.words(table)[value] : value;
		});
		const point = `SRID=3857;POINT(${metres[0]! - span / 2} ${metres[1]! + span / 2})`;
		const line = [table.ordinal[row], x, y, point, Number(table.lastSeen[row]! >= 0), ...values].join('\t');
		if (!copy.write(`${line}\n`)) await new Promise((resolve) => copy.once('drain', resolve));
	}
	await new Promise<void>((resolve, reject) =>
		copy.end((error?: Error | null) => (error ? reject(error) : resolve()))
	);
	await sql.unsafe(
		'create index on sites using gist (geom); cluster sites using sites_geom_idx; analyze sites'
	);
	await sql.end();
}

const load = (port: number, paths: readonly string[], duration: number): Promise<autocannon.Result> =>
	autocannon({
		url: `http://127.0.0.1:${port}`,
		connections,
		duration,
		headers: { 'accept-encoding': 'gzip' },
		requests: paths.map((path) => ({ path }))
	});

async function assertEqual(
	ours: number,
	peer: number,
	paths: readonly string[]
): Promise<{ ours: number; peer: number }> {
	let [own, theirs] = [0, 0];
	for (const path of paths.slice(0, comparedTiles)) {
		const [a, b] = await Promise.all([ours, peer].map((port) => read(`http://127.0.0.1:${port}${path}`)));
		if (a!.text !== b!.text)
			throw new Error(`tile ${path}: got\n${a!.text.slice(0, 400)}\nexpected\n${b!.text.slice(0, 400)}`);
		own += a!.bytes;
		theirs += b!.bytes;
	}
	return { ours: Math.round(own / comparedTiles), peer: Math.round(theirs / comparedTiles) };
}

/** A tile as text that does not depend on the order in which it was written. */
async function read(url: string): Promise<{ text: string; bytes: number }> {
	const packed = await fetch(url, { headers: { 'accept-encoding': 'gzip' } });
	const length = Number(packed.headers.get('content-length'));
	const tile = new VectorTile(new PbfReader(new Uint8Array(await packed.arrayBuffer())));
	const features = Object.values(tile.layers).flatMap((layer) =>
		Array.from({ length: layer.length }, (_, at) => {
			const feature = layer.feature(at);
			const { x, y } = feature.loadGeometry()[0]![0]!;
			const named = Object.entries(feature.properties).toSorted(([a], [b]) => (a < b ? -1 : 1));
			return JSON.stringify([layer.name, feature.id ?? null, x, y, named]);
		})
	);
	return { text: features.toSorted().join('\n'), bytes: length };
}
