import { fromWgs84, type LonLat } from './coordinateSystem.ts';

/** One source tile and where its upper left corner is drawn, in pixels of the tile that is made. */
export interface TilePiece {
	x: number;
	y: number;
	left: number;
	top: number;
}

/** Web Mercator in tiles of a zoom: the whole world is 2^zoom of them a side. */
function toTiles([longitude, latitude]: LonLat, zoom: number): [number, number] {
	const sine = Math.sin((latitude * Math.PI) / 180);
	const scale = 2 ** zoom;
	return [
		((longitude + 180) / 360) * scale,
		(0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * scale
	];
}

function fromTiles([x, y]: [number, number], zoom: number): LonLat {
	const scale = 2 ** zoom;
	return [(x / scale) * 360 - 180, (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / scale))) * 180) / Math.PI];
}

/**
 * A tile of a GCJ-02 map as it has to be for WGS-84 data: which source tiles it is put together from, and where each is
 * drawn. The shift is that of the tile's middle; over a tile of zoom 10 and more it changes by less than a pixel.
 * @param size side of a tile in pixels
 */
export function gcj02Pieces(zoom: number, x: number, y: number, size: number): TilePiece[] {
	const [sourceX, sourceY] = toTiles(fromWgs84(fromTiles([x + 0.5, y + 0.5], zoom), 'gcj02'), zoom);
	// Fractions of a pixel stay: rounded, the base would be off by up to 1.4 pixels instead of less than one.
	const left = (sourceX - 0.5) * size;
	const top = (sourceY - 0.5) * size;
	const pieces: TilePiece[] = [];
	for (let row = Math.floor(top / size + 1e-9); row * size < top + size - 1e-6; row++)
		for (let column = Math.floor(left / size + 1e-9); column * size < left + size - 1e-6; column++)
			pieces.push({ x: column, y: row, left: column * size - left, top: row * size - top });
	return pieces.filter((piece) => piece.y >= 0 && piece.y < 2 ** zoom);
}
