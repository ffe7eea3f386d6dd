/** Child process: the map index of the bench's city behind a bare HTTP server, as the peer's tiles are. */
import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';
import { noFilter } from '#lib/enterprise/mapIndex/mapFilter.ts';
import { mapTile } from '#lib/enterprise/mapIndex/mapTile.ts';
import { cityDay, cityIndex, cityOf } from '../city.ts';

const index = cityIndex(cityOf(Number(process.argv[2])).lines);
const selection = index.select([''], noFilter);

const server = createServer(({ url, headers }, response) => {
	const [, zoom, x, y] = /^\/(\d+)\/(\d+)\/(\d+)$/.exec(url!)!.map(Number);
	const tile = mapTile(index.table, index.select([''], noFilter), { zoom: zoom!, x: x!, y: y! }, cityDay);
	const isPacked = headers['accept-encoding']?.includes('gzip');
	const body = isPacked ? gzipSync(tile, { level: 1 }) : tile;
	response.writeHead(200, {
		'content-type': 'application/vnd.mapbox-vector-tile',
		'content-length': body.length,
		...(isPacked && { 'content-encoding': 'gzip' })
	});
	response.end(body);
}).listen(0, '127.0.0.1', () => {
	process.send!({
		port: (server.address() as { port: number }).port,
		pointsFrom: selection.pointsFrom,
		bytes: process.memoryUsage().rss
	});
});
