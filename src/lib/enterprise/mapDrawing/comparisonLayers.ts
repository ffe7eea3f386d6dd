import type { FeatureCollection, Point } from 'geojson';
import type { LayerSpecification } from 'maplibre-gl';
import { shapeIcon, type TokenColour } from '#lib/ui/map/drawing.ts';
import { directionLook, directions, type ComparedDot } from '../comparison/comparison.ts';
import { countedCells } from './cellLayers.ts';
import { byCode, byZoom, placed, sourceOf } from './expression.ts';

/** Enterprises that changed, with the place of their direction in `directions`. */
export const movedFeatures = (dots: readonly ComparedDot[]): FeatureCollection<Point> => ({
	type: 'FeatureCollection',
	features: dots.map(([ordinal, longitude, latitude, direction]) => ({
		type: 'Feature',
		id: ordinal,
		properties: { direction },
		geometry: { type: 'Point', coordinates: [longitude, latitude] }
	}))
});

/** What stayed is faint, what changed is drawn by its direction, the most pressing on top. */
export function comparisonLayers(colour: TokenColour): LayerSpecification[] {
	const looks = directions.map(directionLook);
	return [
		...countedCells('all', colour('map-cell'), colour('ink-2'), colour),
		{
			id: 'dots-tiles',
			type: 'circle',
			...sourceOf('tiles'),
			paint: {
				'circle-radius': byZoom(1.2, 1.8, 3),
				'circle-color': colour('band-none'),
				'circle-opacity': 0.7
			}
		},
		{
			id: 'moved',
			type: 'symbol',
			source: 'moved',
			layout: {
				...placed,
				'icon-image': byCode(
					'direction',
					looks.map(({ shape }) => shapeIcon(shape))
				),
				'icon-size': byZoom(0.34, 0.52, 0.85),
				'symbol-sort-key': ['-', 0, ['get', 'direction']]
			},
			paint: {
				'icon-color': byCode(
					'direction',
					looks.map((look) => colour(look.colour))
				),
				'icon-halo-color': colour('map-dot-line'),
				'icon-halo-width': 1
			}
		}
	];
}
