import { worldBits } from '#lib/spatial/world.ts';
import type { TilePlace } from './mapTile.ts';
import { deepestTile } from './pointFields.ts';

/** A tile as it is sent to who takes gzip. */
export interface KeptTile {
	body: Uint8Array<ArrayBuffer>;
	isPacked: boolean;
}

/** Of one selection. A city's two thousand tiles of cells and the points of one district. */
const mostBytes = 16_000_000;

const side = 2 ** deepestTile;
const keyOf = ({ zoom, x, y }: TilePlace): number => (zoom * side + x) * side + y;

/** Tiles of a selection that were sent before and are as they were. Least recently used ones go first. */
export class KeptTiles {
	readonly #tiles = new Map<number, KeptTile>();
	#bytes = 0;

	get(place: TilePlace): KeptTile | undefined {
		const key = keyOf(place);
		const tile = this.#tiles.get(key);
		if (tile) {
			this.#tiles.delete(key);
			this.#tiles.set(key, tile);
		}
		return tile;
	}

	put(place: TilePlace, tile: KeptTile): void {
		this.#drop(keyOf(place));
		this.#tiles.set(keyOf(place), tile);
		this.#bytes += tile.body.length;
		for (const key of this.#tiles.keys()) {
			if (this.#bytes <= mostBytes) break;
			this.#drop(key);
		}
	}

	/** Something changed at a place (world units): the one tile of each zoom that shows it. */
	forgetAt(x: number, y: number): void {
		if (this.#tiles.size === 0) return;
		for (let zoom = 0; zoom <= deepestTile; zoom++)
			this.#drop(keyOf({ zoom, x: x >>> (worldBits - zoom), y: y >>> (worldBits - zoom) }));
	}

	#drop(key: number): void {
		const tile = this.#tiles.get(key);
		if (!tile) return;
		this.#tiles.delete(key);
		this.#bytes -= tile.body.length;
	}
}
