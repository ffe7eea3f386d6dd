import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import { describe, expect, test } from 'vitest';
import { directionLook, directions } from '#lib/enterprise/comparison/comparison.ts';
import { movedFeatures } from '#lib/enterprise/mapDrawing/comparisonLayers.ts';
import { breaksOf, shadeOf } from '#lib/enterprise/mapDrawing/classes.ts';
import { changedPoints, drawMap, type DrawingInput } from '#lib/enterprise/mapDrawing/mapDrawing.ts';
import { mapLayers } from '#lib/enterprise/mapDrawing/mapLayer.ts';
import { MapTable } from '#lib/enterprise/mapIndex/mapTable.ts';
import { rowMatcher } from '#lib/enterprise/mapIndex/rowMatcher.ts';
import { noFilter } from '#lib/enterprise/mapIndex/mapFilter.ts';
import { styleOf } from '#lib/ui/map/drawing.ts';

const ring = [
	[121, 31],
	[121.1, 31],
	[121.1, 31.1],
	[121, 31]
];
const area = {
	scope: '000100010001',
	name: '示例社区',
	enterprises: 12,
	seen: 9,
	open: 3,
	rate: 1 / 3,
	isSmall: true
};
const input: DrawingInput = {
	layer: 'band',
	boundaries: {
		type: 'FeatureCollection',
		features: [
			{
				type: 'Feature',
				properties: { id: 'a', scope: area.scope, name: area.name, officialCode: null },
				geometry: { type: 'MultiPolygon', coordinates: [[ring]] }
			}
		]
	},
	tiles: 'https://example.test/{z}/{x}/{y}.mvt',
	changed: { type: 'FeatureCollection', features: [] },
	selected: { longitude: 121, latitude: 31 },
	asked: { type: 'FeatureCollection', features: [] },
	moved: null,
	areas: [{ ...area, smoothed: { rate: 0.3, low: 0.2, high: 0.4 }, hot: { kind: 'hot', confidence: 95 } }],
	hexagons: {
		type: 'FeatureCollection',
		features: [
			{
				type: 'Feature',
				properties: { all: 3, open: 2, overdue: 0, seen: 3, heat: 200 },
				geometry: { type: 'Polygon', coordinates: [ring] }
			}
		]
	}
};

describe('every layer of the map', () => {
	test('two days compared are a style that a map takes, and what changed can be told apart without colour', () => {
		const moved = movedFeatures(directions.map((_, at) => [at + 1, 121, 31, at]));
		const drawing = drawMap({ ...input, moved }, () => '#123456');
		expect(validateStyleMin(styleOf(drawing, () => '#123456'))).toEqual([]);
		expect(new Set(directions.map((each) => directionLook(each).shape)).size).toBe(directions.length);
	});
	test.each(mapLayers)('%s is a style that a map takes', (layer) => {
		const style = styleOf(
			drawMap({ ...input, layer }, () => '#123456'),
			() => '#123456'
		);
		expect(validateStyleMin(style).map(({ message }) => message)).toEqual([]);
		const ids = style.layers.map(({ id }) => id);
		expect(ids).toEqual([...new Set(ids)]);
	});
});

test('what changed since the tiles came is a point with the properties that tiles give', () => {
	const table = new MapTable();
	table.write(
		'7\t000100010001\t121.05\t31.05\thotel\twarning\tfocus\t3\t1\t2\t700\t2026-11-22\tmajor\t85\tgas\t'
	);
	table.write('8\t000100010001\t\t\thotel\t\t\t0\t0\t0\t0\t\t\t\t\t');
	const { features } = changedPoints(table, rowMatcher(table, noFilter), '2026-11-22');
	expect(features).toHaveLength(1);
	expect(features[0]).toMatchObject({
		id: 7,
		properties: {
			band: 2,
			pending: 3,
			risk: 4,
			type: 'hotel',
			open: 3,
			major: 1,
			overdue: 2,
			today: 1,
			key: 1
		}
	});
	const [longitude, latitude] = features[0]!.geometry.coordinates as [number, number];
	expect([longitude, latitude].map((degrees) => degrees.toFixed(5))).toEqual(['121.05000', '31.05000']);
	const hidden = rowMatcher(table, { ...noFilter, bands: ['normal'] });
	expect(changedPoints(table, hidden, '2026-11-22').features).toEqual([]);
});

describe('shades', () => {
	test('have about as many areas each, and never more shades than values', () => {
		const values = Array.from({ length: 12 }, (_, value) => value);
		const breaks = breaksOf(values);
		expect(breaks).toEqual([3, 6, 9]);
		const counts = [0, 1, 2, 3].map(
			(shade) => values.filter((value) => shadeOf(value, breaks) === shade).length
		);
		expect(counts).toEqual([3, 3, 3, 3]);
		expect(breaksOf([5, 5, 5])).toEqual([]);
		expect(breaksOf([])).toEqual([]);
	});
});
