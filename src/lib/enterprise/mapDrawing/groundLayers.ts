import type { FeatureCollection, Point } from 'geojson';
import type { LayerSpecification } from 'maplibre-gl';
import { labelPoint, type AreaBoundaries } from '#lib/area/boundary.ts';
import { labelFont, type TokenColour } from '#lib/ui/map/drawing.ts';

export const groundLayers = (colour: TokenColour): LayerSpecification[] => [
	{
		id: 'areas',
		type: 'fill',
		source: 'areas',
		paint: { 'fill-color': colour('map-fill'), 'fill-opacity': 0.05 }
	},
	{
		id: 'area-lines',
		type: 'line',
		source: 'areas',
		paint: { 'line-color': colour('map-border'), 'line-width': 1 }
	}
];

/** Over the dots, with a halo: a name half hidden is no name. */
export const nameLayer = (colour: TokenColour): LayerSpecification => ({
	id: 'area-names',
	type: 'symbol',
	source: 'area-names',
	layout: {
		'text-field': ['get', 'name'],
		'text-font': labelFont,
		'text-size': 12,
		'text-padding': 4,
		// Where a number stands in the middle, above or below it.
		'text-variable-anchor': ['center', 'bottom', 'top'],
		'text-radial-offset': 0.7
	},
	paint: { 'text-color': colour('map-label'), 'text-halo-color': colour('map-halo'), 'text-halo-width': 1.5 }
});

export const namePoints = ({ features }: AreaBoundaries): FeatureCollection<Point> => ({
	type: 'FeatureCollection',
	features: features.map(({ geometry, properties: { name } }) => ({
		type: 'Feature',
		properties: { name },
		geometry: { type: 'Point', coordinates: labelPoint(geometry) }
	}))
});
