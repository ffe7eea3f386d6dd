import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';

/** Two pages as they would be written by the book, packed as ours are. */
export interface Peers {
	/** The same words and figures, rendered by the server: no script, no map. */
	plain: string;
	/** MapLibre over the same tiles, loaded with the page, as its documentation shows. */
	map: string;
	close(): Promise<void>;
}

interface Start {
	/** Our server, whose tiles and boundaries the map shows. */
	url: string;
	/** Of who looks at it. */
	cookie: string;
	/** Our page as the server gives it. */
	html: string;
	/** To take it apart with. */
	page: Page;
	bounds: readonly [number, number, number, number];
}

export async function startPeers({ url, cookie, html, page, bounds }: Start): Promise<Peers> {
	const ask = (path: string) => fetch(url + path, { headers: { cookie } });
	const plain = await plainPage(html, page, ask);
	const pages: Record<string, { type: string; body: Buffer }> = {
		'/plain': { type: 'text/html; charset=utf-8', body: Buffer.from(plain.html) },
		'/plain.css': { type: 'text/css', body: Buffer.from(plain.css) },
		'/map': { type: 'text/html; charset=utf-8', body: Buffer.from(mapPage(bounds)) }
	};
	for (const [path, type] of Object.entries({
		'/maplibre-gl.mjs': 'text/javascript',
		'/maplibre-gl-shared.mjs': 'text/javascript',
		'/maplibre-gl-worker.mjs': 'text/javascript',
		'/maplibre-gl.css': 'text/css'
	}))
		pages[path] = { type, body: await readFile(new URL(import.meta.resolve(`maplibre-gl/dist${path}`))) };
	const server = createServer((request, response) => {
		const page = pages[request.url!];
		if (page) {
			response.writeHead(200, { 'content-type': page.type, 'content-encoding': 'gzip' });
			response.end(gzipSync(page.body));
			return;
		}
		void pass(request.url!).then(({ status, type, body }) => {
			response.writeHead(status, { 'content-type': type, 'content-encoding': 'gzip' });
			response.end(gzipSync(body, { level: 1 }));
		});
	});
	async function pass(path: string) {
		const answer = await ask(path);
		const type = answer.headers.get('content-type') ?? 'application/octet-stream';
		return { status: answer.status, type, body: Buffer.from(await answer.arrayBuffer()) };
	}
	const address = await listening(server);
	return {
		plain: `${address}/plain`,
		map: `${address}/map`,
		close: () => new Promise((resolve) => server.close(() => resolve()))
	};
}

const listening = (server: Server): Promise<string> =>
	new Promise((resolve) =>
		server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
	);

/** Our page without its scripts and without its picture of the map, its styles in one file. */
async function plainPage(
	html: string,
	page: Page,
	ask: (path: string) => Promise<Response>
): Promise<{ html: string; css: string }> {
	const still = html.replaceAll(/<script[\s\S]*?<\/script>/g, '');
	await page.setContent(still.replaceAll(/<link [^>]*>/g, ''));
	await page.evaluate(() => {
		for (const style of document.querySelectorAll('style')) style.remove();
		for (const map of document.querySelectorAll('.ground')) map.remove();
		document.head.insertAdjacentHTML('beforeend', '<link rel="stylesheet" href="/plain.css">');
	});
	const linked = [...still.matchAll(/<link href="([^"]+)" rel="stylesheet"/g)];
	const files = await Promise.all(
		linked.map(async ([, href]) => (await ask(new URL(href!, 'http://localhost/').pathname)).text())
	);
	const inline = [...still.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)].map(([, css]) => css!);
	return { html: await page.content(), css: [...files, ...inline].join('\n') };
}

const colours =
	'["match", ["coalesce", ["get", "band"], 0], 1, "#3b8f5a", 2, "#c98a00", 3, "#d9480f", 4, "#b42318", "#98a2b3"]';

const mapPage = (bounds: readonly number[]): string => `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<title>示例街道</title>
<link rel="stylesheet" href="/maplibre-gl.css" />
<style>
body { margin: 0; font-family: system-ui, sans-serif; }
#map { height: 75vh; }
</style>
</head>
<body>
<h1>示例街道</h1>
<div id="map"></div>
<p id="legend"></p>
<script type="module">
import { Map, setWorkerUrl } from '/maplibre-gl.mjs';
setWorkerUrl('/maplibre-gl-worker.mjs');
const map = new Map({
	container: 'map',
	bounds: ${JSON.stringify(bounds)},
	style: {
		version: 8,
		sources: {
			areas: { type: 'geojson', data: '/api/areas?level=community' },
			enterprises: { type: 'vector', tiles: [location.origin + '/tiles/enterprises/{z}/{x}/{y}.mvt'], maxzoom: 17 }
		},
		layers: [
			{ id: 'ground', type: 'background', paint: { 'background-color': '#f3f5f7' } },
			{ id: 'areas', type: 'line', source: 'areas', paint: { 'line-color': '#aab3bf' } },
			{ id: 'cells', type: 'circle', source: 'enterprises', 'source-layer': 'cells', paint: { 'circle-radius': 12 } },
			{ id: 'points', type: 'circle', source: 'enterprises', 'source-layer': 'points',
				paint: { 'circle-radius': 4, 'circle-color': ${colours} } }
		]
	}
});
map.on('load', async () => {
	const { counts } = await (await fetch('/api/map?limit=0')).json();
	document.querySelector('#legend').textContent = Object.entries(counts).slice(0, 5).map((pair) => pair.join(' ')).join(' · ');
});
</script>
</body>
</html>`;
