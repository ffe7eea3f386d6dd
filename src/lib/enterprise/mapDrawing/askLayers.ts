import { lineString, point } from '@turf/turf';
import type { FeatureCollection } from 'geojson';
import type { LayerSpecification } from 'maplibre-gl';
import type { LonLat } from '#lib/spatial/coordinateSystem.ts';
import type { TokenColour } from '#lib/ui/map/drawing.ts';
import { askedShape } from '../mapIndex/askedShape.ts';
import type { MapFilter } from '../mapIndex/mapFilter.ts';

/** The area or radius that was asked about, and what is being drawn. */
export function askedFeatures(filter: MapFilter, corners: readonly LonLat[]): FeatureCollection {
	const shape = askedShape(filter);
	return {
		type: 'FeatureCollection',
		features: [
			...(shape ? [shape] : []),
			...(corners.length >= 2 ? [lineString([...corners])] : []),
			...corners.map((corner) => point(corner))
		]
	};
}

export const askLayers = (colour: TokenColour): LayerSpecification[] => [
	{
		id: 'asked-fill',
		type: 'fill',
		source: 'asked',
		filter: ['==', ['geometry-type'], 'Polygon'],
		paint: { 'fill-color': colour('accent'), 'fill-opacity': 0.08 }
	},
	{
		id: 'asked-line',
		type: 'line',
		source: 'asked',
		filter: ['!=', ['geometry-type'], 'Point'],
		paint: { 'line-color': colour('accent'), 'line-width': 2, 'line-dasharray': [2, 1.5] }
	},
	{
		id: 'asked-corners',
		type: 'circle',
		source: 'asked',
		filter: ['==', ['geometry-type'], 'Point'],
		paint: {
			'circle-radius': 5,
			'circle-color': colour('panel'),
			'circle-stroke-color': colour('accent'),
			'circle-stroke-width': 2
		}
	}
];
