/** What the API answers is what the standard's schemas say, and the schemas do find what is not. */
import { describe, expect, test } from 'vitest';
import {
	collectionList,
	collectionOf,
	conformance,
	itemPage,
	landingPage,
	oneFeature,
	type Feature
} from '#lib/interop/ogc.ts';
import { openApi } from '#lib/interop/openApi.ts';
import type { OgcSchema } from '#lib/interop/ogcSchemas.ts';
import { faultsIn } from '../../tools/ogcAnswer.ts';

const base = 'https://example.cn/ogc';
const geometryOf = (type: string, coordinates: unknown) => ({ type, coordinates });
const ring = [
	[120, 30],
	[121, 30],
	[121, 31],
	[120, 30]
];
const feature = (geometry: object | null): Feature => ({
	type: 'Feature',
	id: '00000000-0000-4000-8000-00000000e001',
	geometry,
	properties: { name: '示例餐饮店' }
});
const page = (features: Feature[]) =>
	itemPage(
		base,
		'enterprises',
		new URLSearchParams('limit=2'),
		{ features, next: 'x', matched: 5 },
		'2026-11-22T06:00:00Z'
	);
const extent = { id: 'areas', bbox: [120, 30, 121, 31], from: '2020-01-01' } as const;
const collection = collectionOf(base, { ...extent, bbox: [...extent.bbox] });

describe('every kind of answer fits its schema', () => {
	const answers: [OgcSchema, string, unknown][] = [
		['landingPage', 'the landing page', landingPage(base)],
		['confClasses', 'the conformance classes', conformance()],
		['collections', 'no collection', collectionList(base, [])],
		['collections', 'a collection', collectionList(base, [{ ...extent, bbox: [...extent.bbox] }])],
		['collection', 'one with an extent', collection],
		['collection', 'one without features', collectionOf(base, { id: 'areas', bbox: null, from: null })],
		['featureCollectionGeoJSON', 'a page', page([feature(null), feature(geometryOf('Point', [120, 30]))])],
		['featureCollectionGeoJSON', 'an empty page', page([])],
		['featureGeoJSON', 'an area', oneFeature(base, 'areas', feature(geometryOf('MultiPolygon', [[ring]])))]
	];
	test.each(answers)('%s: %s', (name, _, answer) => expect(faultsIn(answer, name)).toEqual([]));
});

describe('what is not in the standard is found', () => {
	const point = feature(geometryOf('Point', [120, 30]));
	const answers: [OgcSchema, string, unknown][] = [
		['landingPage', 'no links', { title: '明察' }],
		['link', 'a link without a relation', { href: base }],
		['confClasses', 'a class that is no text', { conformsTo: [1] }],
		['collections', 'no list', { links: [] }],
		[
			'collection',
			'a box of five numbers',
			{ ...collection, extent: { spatial: { bbox: [[1, 2, 3, 4, 5]] } } }
		],
		[
			'collection',
			'another system',
			{ ...collection, extent: { spatial: { bbox: [[1, 2, 3, 4]], crs: 'GCJ-02' } } }
		],
		[
			'collection',
			'a time that is none',
			{ ...collection, extent: { temporal: { interval: [['2020', null]] } } }
		],
		['featureGeoJSON', 'no geometry at all', { type: 'Feature', properties: {} }],
		['featureGeoJSON', 'a point of one number', { ...point, geometry: geometryOf('Point', [120]) }],
		['featureGeoJSON', 'a ring of three', { ...point, geometry: geometryOf('Polygon', [ring.slice(1)]) }],
		['featureGeoJSON', 'an unknown shape', { ...point, geometry: geometryOf('Circle', [120, 30]) }],
		['featureCollectionGeoJSON', 'a day for an instant', { ...page([]), timeStamp: '2026-11-22' }],
		['featureCollectionGeoJSON', 'fewer than none', { ...page([]), numberMatched: -1 }],
		['exception', 'no code', { description: 'soon' }]
	];
	test.each(answers)('%s: %s', (name, _, answer) => expect(faultsIn(answer, name)).not.toEqual([]));
});

test('every reference of the definition leads somewhere', () => {
	const definition = openApi(base);
	const names = JSON.stringify(definition).matchAll(/"\$ref":"#\/components\/(\w+)\/(\w+)"/g);
	const missing = [...names].filter(
		([, kind, name]) => !(name! in definition.components[kind as keyof typeof definition.components])
	);
	expect(missing.map(([reference]) => reference)).toEqual([]);
});
