import { createHash, randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { KeptTile } from '#lib/enterprise/mapIndex/keptTiles.ts';
import type { MapIndex } from '#lib/enterprise/mapIndex/mapIndex.ts';
import { mapTile, type TilePlace } from '#lib/enterprise/mapIndex/mapTile.ts';
import { deepestTile } from '#lib/enterprise/mapIndex/pointFields.ts';
import { refuse } from '../../../../../guard.ts';
import { mapRequest } from '../../../../../mapRequest.ts';
import type { RequestHandler } from './$types';

/** Another start counts its versions anew. */
const start = randomUUID().slice(0, 8);
/**
 * What was asked belongs to the tag: MapLibre goes on showing the tile it has when the next one has the same tag, and
 * would never show a filter.
 */
function tagOf({ today, position, version }: MapIndex, visible: readonly string[], asked: string): string {
	const parts = [start, today, position, version, visible.join('.'), asked];
	return `"${createHash('sha256').update(parts.join('\n')).digest('base64url').slice(0, 22)}"`;
}

/** Below it packing costs more than it saves. */
const packFromBytes = 600;

/** One tile of what the asker may see and asks for. A tile that was not changed costs its tag only, or is made once. */
export const GET: RequestHandler = async (event) => {
	const place = placeFrom(event.params);
	if (!place) refuse({ code: 'request.invalid', details: { field: 'z/x/y' } });
	const { index, visible, filter, found } = await mapRequest(event);
	const headers = {
		etag: tagOf(index, visible, event.url.search),
		'content-type': 'application/vnd.mapbox-vector-tile',
		'cache-control': 'private, no-cache',
		vary: 'accept-encoding, cookie'
	};
	if (event.request.headers.get('if-none-match') === headers.etag)
		return new Response(null, { status: 304, headers });
	const selection = index.select(visible, filter, found);
	const makeTile = () => mapTile(index.table, selection, place, index.today);
	if (!event.request.headers.get('accept-encoding')?.includes('gzip'))
		return new Response(makeTile(), { headers });
	const known = selection.tiles.get(place);
	const { body, isPacked } = known ?? packed(makeTile());
	if (!known) selection.tiles.put(place, { body, isPacked });
	return new Response(body, { headers: isPacked ? { ...headers, 'content-encoding': 'gzip' } : headers });
};

const packed = (tile: Uint8Array<ArrayBuffer>): KeptTile =>
	tile.length < packFromBytes
		? { body: tile, isPacked: false }
		: { body: gzipSync(tile, { level: 1 }), isPacked: true };

function placeFrom({ z, x, y }: Record<'z' | 'x' | 'y', string>): TilePlace | null {
	if (![z, x, y].every((text) => /^\d{1,6}$/.test(text))) return null;
	const place = { zoom: Number(z), x: Number(x), y: Number(y) };
	const side = 2 ** place.zoom;
	return place.zoom <= deepestTile && place.x < side && place.y < side ? place : null;
}
