import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { expect, test } from 'vitest';
import { encodeTile, tileExtent } from '#lib/spatial/vectorTile.ts';

test('a tile is read back by another library: ids, places, numbers and words; zeros are left out', () => {
	const tile = new VectorTile(
		new PbfReader(
			encodeTile([
				{
					name: 'points',
					count: 3,
					ids: [7, 2 ** 40, 9],
					xs: [0, 4095, 100],
					ys: [1, 2048, 4095],
					columns: [
						{ key: 'open', values: Uint16Array.of(0, 3, 300) },
						{ key: 'kind', values: [2, 0, 1], words: ['', '餐饮', 'hotel'] },
						{ key: 'difference', values: Int32Array.of(-5, 0, 70_000) }
					]
				},
				{ name: 'empty', count: 0, ids: null, xs: [], ys: [], columns: [] }
			])
		)
	);
	expect(Object.keys(tile.layers)).toEqual(['points']);
	const layer = tile.layers.points!;
	expect(layer.extent).toBe(tileExtent);
	const features = Array.from({ length: layer.length }, (_, place) => {
		const feature = layer.feature(place);
		const { x, y } = feature.loadGeometry()[0]![0]!;
		return { id: feature.id, x, y, ...feature.properties };
	});
	expect(features).toEqual([
		{ id: 7, x: 0, y: 1, kind: 'hotel', difference: -5 },
		{ id: 2 ** 40, x: 4095, y: 2048, open: 3 },
		{ id: 9, x: 100, y: 4095, open: 300, kind: '餐饮', difference: 70_000 }
	]);
});

test('nothing to show is an empty tile', () => {
	expect(encodeTile([]).length).toBe(0);
});
