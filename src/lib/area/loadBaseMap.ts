import type {
	AddProtocolAction,
	LayerSpecification,
	SourceSpecification,
	StyleSpecification
} from 'maplibre-gl';
import { gcj02Pieces } from '#lib/spatial/gcj02Tile.ts';
import { baseIdPrefix, type LoadMapBase, type MapBase } from '#lib/ui/map/baseMap.ts';
import { baseMapCredit, tiandituTiles, type BaseMap } from './baseMap.ts';

const tilePixels = 256;

/** Pictures, one layer over the other. */
function pictures(urls: readonly string[], maxzoom: number): Pick<MapBase, 'sources' | 'layers'> {
	return {
		sources: Object.fromEntries(
			urls.map((url, index): [string, SourceSpecification] => [
				`${baseIdPrefix}${index}`,
				{ type: 'raster', tiles: [url], tileSize: tilePixels, maxzoom }
			])
		),
		layers: urls.map((_, index): LayerSpecification => ({
			id: `${baseIdPrefix}${index}`,
			type: 'raster',
			source: `${baseIdPrefix}${index}`
		}))
	};
}

/** What a browser needs to show a base; the map fetches only the tiles in sight. */
export const loadBaseMap =
	(base: BaseMap): LoadMapBase =>
	async () => {
		const credit = baseMapCredit(base);
		switch (base.kind) {
			case 'none':
				return null;
			case 'tianditu': {
				// The names of a kind lie in a layer of their own: cva over vec, cia over img, cta over ter.
				const layers = [base.layer, `c${base.layer[0]}a`];
				return {
					...pictures(
						layers.map((layer) => tiandituTiles(layer, base.key)),
						18
					),
					credit
				};
			}
			case 'xyz':
				return base.crs === 'gcj02'
					? {
							...pictures(['gcj02://{z}/{x}/{y}'], base.maxZoom),
							protocols: { gcj02: cutTiles(base.url) },
							credit
						}
					: { ...pictures([base.url], base.maxZoom), credit };
			case 'pmtiles': {
				const { Protocol } = await import('pmtiles');
				const url = `pmtiles://${new URL(`/${base.file}`, location.origin).href}`;
				const id = `${baseIdPrefix}0`;
				return {
					sources: { [id]: { type: 'raster', url, tileSize: tilePixels } },
					layers: [{ id, type: 'raster', source: id }],
					protocols: { pmtiles: new Protocol().tile as AddProtocolAction },
					credit
				};
			}
			case 'style':
				return { ...(await foreignStyle(base.url)), credit };
		}
	};

/** Some networks let a request to a host outside hang for minutes. */
const stylePatienceMilliseconds = 10_000;

/** Sources and layers of another style, renamed. Its fonts are not asked for: names are drawn with those of the device. */
async function foreignStyle(url: string): Promise<Omit<MapBase, 'credit'>> {
	const response = await fetch(url, { signal: AbortSignal.timeout(stylePatienceMilliseconds) });
	if (!response.ok) throw new Error(`base map ${url}: got ${response.status}, expected a style`);
	const { sources, layers, sprite } = (await response.json()) as StyleSpecification;
	return {
		sources: Object.fromEntries(
			Object.entries(sources).map(([id, source]) => [`${baseIdPrefix}${id}`, source])
		),
		layers: layers.map((layer) => ({
			...layer,
			id: `${baseIdPrefix}${layer.id}`,
			...('source' in layer && { source: `${baseIdPrefix}${layer.source}` })
		})) as LayerSpecification[],
		...(sprite && { sprite })
	};
}

/** Tiles of a GCJ-02 map cut anew, so that they lie under WGS-84 data (`gcj02Pieces`). */
function cutTiles(template: string): AddProtocolAction {
	const picture = async (
		z: number,
		x: number,
		y: number,
		signal: AbortSignal
	): Promise<ImageBitmap | null> => {
		const address = template.replace('{z}', String(z)).replace('{x}', String(x)).replace('{y}', String(y));
		const response = await fetch(address, { signal });
		return response.ok ? createImageBitmap(await response.blob()) : null;
	};
	return async ({ url }, { signal }) => {
		const [z, x, y] = url.replace('gcj02://', '').split('/').map(Number) as [number, number, number];
		const pieces = gcj02Pieces(z, x, y, tilePixels);
		const drawn = await Promise.all(pieces.map((piece) => picture(z, piece.x, piece.y, signal)));
		if (drawn.every((each) => each === null))
			throw new Error(`base map ${url}: got none of ${pieces.length} tiles`);
		const canvas = new OffscreenCanvas(tilePixels, tilePixels);
		const context = canvas.getContext('2d')!;
		drawn.forEach((bitmap, index) => {
			const { left, top } = pieces[index]!;
			if (bitmap) context.drawImage(bitmap, left, top, tilePixels, tilePixels);
			bitmap?.close();
		});
		return { data: canvas.transferToImageBitmap() };
	};
}
