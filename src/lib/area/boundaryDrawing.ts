import type { Feature, FeatureCollection, MultiPolygon, Position } from 'geojson';
import type { CircleLayerSpecification, LayerSpecification, SourceSpecification } from 'maplibre-gl';
import { labelFont, type MapDrawing, type TokenColour } from '#lib/ui/map/drawing.ts';
import { asMultiPolygon, isSameSpot, type Polygons, type Shapes } from './boundaryEdit.ts';
import { labelPoint } from './boundary.ts';

export const cornerLayer = 'corners';
export const middleLayer = 'middles';

export interface BoundaryPicture {
	shapes: Shapes;
	fixed: Shapes;
	editedId: string;
	/** Those of the same level: drawn and named. */
	siblings: ReadonlySet<string>;
	names: ReadonlyMap<string, string>;
	parent: MultiPolygon | null;
	corners: readonly Position[];
	edges: readonly [Position, Position][];
	chosen: Position | null;
	drawing: readonly Position[] | null;
	kinks: readonly Position[];
}

const collection = (features: Feature[]): SourceSpecification => ({
	type: 'geojson',
	data: { type: 'FeatureCollection', features } satisfies FeatureCollection
});
const point = (coordinates: Position, properties: Record<string, unknown>): Feature => ({
	type: 'Feature',
	properties,
	geometry: { type: 'Point', coordinates }
});
const shape = (polygons: Polygons): Feature => ({
	type: 'Feature',
	properties: {},
	geometry: asMultiPolygon(polygons)
});
const line = (coordinates: readonly Position[]): Feature => ({
	type: 'Feature',
	properties: {},
	geometry: { type: 'LineString', coordinates: [...coordinates] }
});

/** The edited boundary with its corners, the neighbours behind it, the street around it. */
export function drawBoundary(picture: BoundaryPicture, colour: TokenColour): MapDrawing {
	const { shapes, fixed, editedId, siblings, names, parent, corners, edges, chosen, drawing, kinks } =
		picture;
	const others = [...shapes, ...fixed].filter(
		([id, polygons]) => id !== editedId && siblings.has(id) && polygons.length > 0
	);
	const shared = new Set(others.flatMap(([, polygons]) => polygons.flat(2).map(String)));
	const handles = corners.map((corner, index) =>
		point(corner, {
			index,
			isShared: shared.has(String(corner)),
			isChosen: chosen !== null && isSameSpot(corner, chosen)
		})
	);
	const middles = edges.map(([a, b], index) => point([(a[0]! + b[0]!) / 2, (a[1]! + b[1]!) / 2], { index }));
	return {
		sources: {
			parent: collection(parent ? [{ type: 'Feature', properties: {}, geometry: parent }] : []),
			others: collection(others.map(([, polygons]) => shape(polygons))),
			names: collection(
				others.map(([id, polygons]) =>
					point(labelPoint(asMultiPolygon(polygons)), { name: names.get(id) ?? '' })
				)
			),
			edited: collection([shape(shapes.get(editedId) ?? [])]),
			[middleLayer]: collection(drawing ? [] : middles),
			[cornerLayer]: collection(
				drawing
					? drawing.map((corner, index) => point(corner, { index, isShared: false, isChosen: index === 0 }))
					: handles
			),
			drawing: collection(drawing && drawing.length > 1 ? [line(drawing)] : []),
			kinks: collection(kinks.map((kink) => point(kink, {})))
		},
		layers: [...groundLayers(colour), ...handleLayers(colour)]
	};
}

function groundLayers(colour: TokenColour): LayerSpecification[] {
	return [
		{
			id: 'others',
			type: 'fill',
			source: 'others',
			paint: { 'fill-color': colour('map-fill'), 'fill-opacity': 0.05 }
		},
		{
			id: 'other-lines',
			type: 'line',
			source: 'others',
			paint: { 'line-color': colour('ink-2'), 'line-width': 1 }
		},
		{
			id: 'parent',
			type: 'line',
			source: 'parent',
			paint: { 'line-color': colour('ink-2'), 'line-width': 2, 'line-dasharray': [3, 2] }
		},
		{
			id: 'edited',
			type: 'fill',
			source: 'edited',
			paint: { 'fill-color': colour('accent'), 'fill-opacity': 0.12 }
		},
		{
			id: 'edited-line',
			type: 'line',
			source: 'edited',
			paint: { 'line-color': colour('accent'), 'line-width': 2 }
		},
		{
			id: 'drawing',
			type: 'line',
			source: 'drawing',
			paint: { 'line-color': colour('accent'), 'line-width': 2, 'line-dasharray': [2, 1] }
		},
		{
			id: 'names',
			type: 'symbol',
			source: 'names',
			layout: { 'text-field': ['get', 'name'], 'text-font': labelFont, 'text-size': 12 },
			paint: {
				'text-color': colour('map-label'),
				'text-halo-color': colour('map-halo'),
				'text-halo-width': 1.5
			}
		}
	];
}

/** A shared corner is filled, one's own is hollow: told apart without colour. */
function handleLayers(colour: TokenColour): CircleLayerSpecification[] {
	return [
		{
			id: middleLayer,
			type: 'circle',
			source: middleLayer,
			minzoom: 14.5,
			paint: {
				'circle-radius': 3,
				'circle-color': colour('panel'),
				'circle-stroke-color': colour('accent'),
				'circle-stroke-width': 1
			}
		},
		{
			id: cornerLayer,
			type: 'circle',
			source: cornerLayer,
			paint: {
				'circle-radius': [
					'interpolate',
					['linear'],
					['zoom'],
					12,
					['case', ['get', 'isChosen'], 7, 2.5],
					16,
					['case', ['get', 'isChosen'], 9, 5.5]
				],
				'circle-color': ['case', ['get', 'isShared'], colour('accent'), colour('panel')],
				'circle-stroke-color': ['case', ['get', 'isChosen'], colour('ink'), colour('accent')],
				'circle-stroke-width': 1.5
			}
		},
		{
			id: 'kinks',
			type: 'circle',
			source: 'kinks',
			paint: {
				'circle-radius': 10,
				'circle-color': 'rgba(0, 0, 0, 0)',
				'circle-stroke-color': colour('danger'),
				'circle-stroke-width': 3
			}
		}
	];
}
