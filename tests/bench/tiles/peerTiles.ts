/** Child process: `ST_AsMVT` behind a bare HTTP server, as Martin and pg_tileserv do it, with the cells of ours. */
import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';
import postgres from 'postgres';
import { cellSql, pointSql } from './peerSql.ts';

const [, , database, pointsFrom] = process.argv;
const sql = postgres(database!, { max: 8 });

const server = createServer(({ url, headers }, response) => {
	const [, zoom, x, y] = /^\/(\d+)\/(\d+)\/(\d+)$/.exec(url!)!.map(Number) as [
		number,
		number,
		number,
		number
	];
	sql
		.unsafe(zoom >= Number(pointsFrom) ? pointSql : cellSql, [zoom, x, y], { prepare: true })
		.then(([row]) => {
			const tile = row!.tile as Buffer;
			const isPacked = headers['accept-encoding']?.includes('gzip');
			const body = isPacked ? gzipSync(tile, { level: 1 }) : tile;
			response.writeHead(200, {
				'content-type': 'application/vnd.mapbox-vector-tile',
				'content-length': body.length,
				...(isPacked && { 'content-encoding': 'gzip' })
			});
			response.end(body);
		})
		.catch((error: Error) => response.writeHead(500).end(error.message));
}).listen(0, '127.0.0.1', () => process.send!({ port: (server.address() as { port: number }).port }));
