import { PbfWriter } from 'pbf';

/** Units along a side of a tile. */
export const tileExtent = 4096;

/** One property of every feature. Where `words` are given the numbers are places in them. 0 (and the first word) is left out. */
export interface TileColumn {
	key: string;
	values: ArrayLike<number>;
	words?: readonly string[];
}

/** Points of a tile. */
export interface TileLayer {
	name: string;
	count: number;
	/** Whole, below 2^53; they are what a map colours features by without fetching a tile again. */
	ids: ArrayLike<number> | null;
	/** Within the tile, 0 … 4095 from the north-west. */
	xs: ArrayLike<number>;
	ys: ArrayLike<number>;
	columns: readonly TileColumn[];
}

// Numbers of fields and types: https://github.com/mapbox/vector-tile-spec, version 2.1.
const inTile = { layer: 3 };
const inLayer = { name: 1, feature: 2, key: 3, value: 4, extent: 5, version: 15 };
const inFeature = { id: 1, tags: 2, type: 3, geometry: 4 };
const inValue = { text: 1, whole: 5, signed: 6 };
const pointType = 1;
/** One MoveTo. */
const moveTo = (1 << 3) | 1;

/** A Mapbox Vector Tile. Layers without a feature are left out. */
export function encodeTile(layers: readonly TileLayer[]): Uint8Array<ArrayBuffer> {
	const writer = new PbfWriter();
	for (const layer of layers) if (layer.count > 0) writer.writeMessage(inTile.layer, writeLayer, layer);
	return writer.finish() as Uint8Array<ArrayBuffer>;
}

function writeLayer(layer: TileLayer, writer: PbfWriter): void {
	const { name, count, ids, xs, ys, columns } = layer;
	writer.writeVarintField(inLayer.version, 2);
	writer.writeStringField(inLayer.name, name);
	const values = new ValueTable();
	const tags: number[] = [];
	const feature: Feature = { id: null, tags, x: 0, y: 0 };
	for (let at = 0; at < count; at++) {
		tags.length = 0;
		for (let column = 0; column < columns.length; column++) {
			const value = columns[column]!.values[at]!;
			if (value !== 0) tags.push(column, values.placeOf(value, columns[column]!.words));
		}
		feature.id = ids && ids[at]!;
		feature.x = xs[at]!;
		feature.y = ys[at]!;
		writer.writeMessage(inLayer.feature, writeFeature, feature);
	}
	for (const { key } of columns) writer.writeStringField(inLayer.key, key);
	for (const value of values.all) writer.writeMessage(inLayer.value, writeValue, value);
	writer.writeVarintField(inLayer.extent, tileExtent);
}

interface Feature {
	id: number | null;
	tags: number[];
	x: number;
	y: number;
}

function writeFeature({ id, tags, x, y }: Feature, writer: PbfWriter): void {
	if (id !== null) writer.writeVarintField(inFeature.id, id);
	writer.writePackedVarint(inFeature.tags, tags);
	writer.writeVarintField(inFeature.type, pointType);
	// Zigzag of numbers that are never negative.
	writer.writePackedVarint(inFeature.geometry, [moveTo, 2 * x, 2 * y]);
}

function writeValue(value: number | string, writer: PbfWriter): void {
	if (typeof value === 'string') writer.writeStringField(inValue.text, value);
	else if (value < 0) writer.writeSVarintField(inValue.signed, value);
	else writer.writeVarintField(inValue.whole, value);
}

/** A layer names every value once and its features say which. */
class ValueTable {
	readonly all: (number | string)[] = [];
	readonly #places = new Map<number | string, number>();

	placeOf(value: number, words: readonly string[] | undefined): number {
		const meant = words ? words[value]! : value;
		let place = this.#places.get(meant);
		if (place === undefined) {
			place = this.all.push(meant) - 1;
			this.#places.set(meant, place);
		}
		return place;
	}
}
