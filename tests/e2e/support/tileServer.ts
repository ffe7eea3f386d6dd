import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { crc32, deflateSync } from 'node:zlib';

export type LonLat = readonly [longitude: number, latitude: number];

export interface TileServer {
	/** Of its own: another origin than the one under test. */
	origin: string;
	/** Paths that were asked for, in order. */
	asked: { path: string; referer: string | undefined }[];
	/** What it does from now on; `silent` never answers. */
	manner: 'answers' | 'refuses' | 'silent';
	stop(): Promise<void>;
}

export const tileSide = 256;
const ground = [226, 232, 240];
const border = [148, 163, 184];
/** Rings around marked places: a colour that no token has. */
export const ringColour = [255, 0, 255] as const;
const ringInner = 14;
const ringOuter = 18;

/** Pixels of the Web Mercator world of a zoom, from its upper left corner. */
function worldPixels([longitude, latitude]: LonLat, zoom: number): [number, number] {
	const world = tileSide * 2 ** zoom;
	const sine = Math.sin((latitude * Math.PI) / 180);
	return [
		((longitude + 180) / 360) * world,
		(0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * world
	];
}

function chunk(type: string, data: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
	const framed = Buffer.alloc(body.length + 8);
	framed.writeUInt32BE(data.length, 0);
	body.copy(framed, 4);
	framed.writeUInt32BE(crc32(body), body.length + 4);
	return framed;
}

/** A square PNG in RGB. */
function png(side: number, colourAt: (x: number, y: number) => readonly number[]): Buffer {
	const rows = Buffer.alloc(side * (1 + side * 3));
	for (let y = 0; y < side; y++)
		for (let x = 0; x < side; x++) rows.set(colourAt(x, y), y * (1 + side * 3) + 1 + x * 3);
	const header = Buffer.alloc(13);
	header.writeUInt32BE(side, 0);
	header.writeUInt32BE(side, 4);
	header.set([8, 2, 0, 0, 0], 8);
	return Buffer.concat([
		Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
		chunk('IHDR', header),
		chunk('IDAT', deflateSync(rows)),
		chunk('IEND', Buffer.alloc(0))
	]);
}

/** One tile: its border, and a ring around every mark. */
export function drawTile(zoom: number, column: number, row: number, marks: readonly LonLat[]): Buffer {
	const near = marks
		.map((mark) => worldPixels(mark, zoom))
		.map(([x, y]) => [x - column * tileSide, y - row * tileSide] as const)
		.filter((at) => at.every((offset) => offset > -ringOuter && offset < tileSide + ringOuter));
	if (near.length === 0) return png(tileSide, (x, y) => (x === 0 || y === 0 ? border : ground));
	return png(tileSide, (x, y) => {
		const onRing = near.some(([left, top]) => {
			const distance = Math.hypot(x + 0.5 - left, y + 0.5 - top);
			return distance >= ringInner && distance <= ringOuter;
		});
		return onRing ? ringColour : x === 0 || y === 0 ? border : ground;
	});
}

/** Which tile an address asks for: `/{z}/{x}/{y}.png`, WMTS with named parameters, or WMTS with `/{z}/{row}/{column}`. */
function tileOf(url: URL): [zoom: number, column: number, row: number] | null {
	const named = ['TILEMATRIX', 'TILECOL', 'TILEROW'].map((name) => url.searchParams.get(name));
	if (named[0] !== null) return named.map(Number) as [number, number, number];
	const [, kind, zoom, second, third] = /^\/(xyz|wmts)\/(\d+)\/(\d+)\/(\d+)\.png$/.exec(url.pathname) ?? [];
	if (!kind) return null;
	return kind === 'xyz'
		? [Number(zoom), Number(second), Number(third)]
		: [Number(zoom), Number(third), Number(second)];
}

/** A style as a provider would publish it, with pictures and a line. */
const styleOf = (origin: string, [longitude, latitude]: LonLat) => ({
	version: 8,
	sources: {
		pictures: { type: 'raster', tiles: [`${origin}/xyz/{z}/{x}/{y}.png`], tileSize: tileSide },
		line: {
			type: 'geojson',
			data: {
				type: 'LineString',
				coordinates: [
					[longitude - 0.01, latitude],
					[longitude + 0.01, latitude]
				]
			}
		}
	},
	layers: [
		{ id: 'ground', type: 'background', paint: { 'background-color': '#ffffff' } },
		{ id: 'pictures', type: 'raster', source: 'pictures' },
		{ id: 'line', type: 'line', source: 'line', paint: { 'line-color': '#00a0ff', 'line-width': 3 } }
	]
});

/** A provider of base maps. @param marks where rings are drawn, in the provider's own system */
export async function startTileServer(marks: readonly LonLat[]): Promise<TileServer> {
	const asked: TileServer['asked'] = [];
	const answer = (url: URL, response: ServerResponse): void => {
		response.setHeader('access-control-allow-origin', '*');
		response.setHeader('cache-control', 'max-age=3600');
		const tile = tileOf(url);
		if (state.manner === 'refuses') response.writeHead(403).end();
		else if (url.pathname === '/style.json')
			response
				.setHeader('content-type', 'application/json')
				.end(JSON.stringify(styleOf(state.origin, marks[0]!)));
		else if (tile) response.setHeader('content-type', 'image/png').end(drawTile(...tile, marks));
		else response.writeHead(404).end();
	};
	const server: Server = createServer((request, response) => {
		asked.push({ path: request.url!, referer: request.headers.referer });
		if (state.manner !== 'silent') answer(new URL(request.url!, state.origin), response);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const state: TileServer = {
		origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		asked,
		manner: 'answers',
		stop: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			})
	};
	return state;
}
