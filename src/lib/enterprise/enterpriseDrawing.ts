import type { FeatureCollection, Point } from 'geojson';
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import { labelPoint, type AreaBoundaries } from '#lib/area/boundary.ts';
import { labelFont, shapeIcon, type MapDrawing, type TokenColour } from '#lib/ui/map/drawing.ts';
import { bandChoices, bandLook, bandRank, choiceLook, pendingLook } from './band.ts';
import type { MapEnterprise } from './mapEnterprise.ts';

/** Layers whose features are enterprises. */
export const enterpriseLayers = ['enterprises'];

/** Dots grow with the zoom so that a street reads as a pattern and a block as single doors. */
const byZoom = (far: number, middle: number, near: number): ExpressionSpecification => [
	'interpolate',
	['linear'],
	['zoom'],
	11,
	far,
	14.5,
	middle,
	17.5,
	near
];
const badgeFrom = 15;

export interface DrawingInput {
	boundaries: AreaBoundaries;
	enterprises: readonly MapEnterprise[];
	selectedId: string | null;
}

/** Communities with their names, dots with shape and colour of the effective band, rings and badges. */
export function drawEnterprises(input: DrawingInput, colour: TokenColour): MapDrawing {
	return {
		sources: {
			areas: { type: 'geojson', data: input.boundaries },
			'area-names': { type: 'geojson', data: namePoints(input.boundaries) },
			enterprises: { type: 'geojson', data: points(input) }
		},
		layers: [...groundLayers(colour), ...dotLayers(colour), ...badgeLayers(colour), nameLayer(colour)]
	};
}

const namePoints = ({ features }: AreaBoundaries): FeatureCollection<Point> => ({
	type: 'FeatureCollection',
	features: features.map(({ geometry, properties: { name } }) => ({
		type: 'Feature',
		properties: { name },
		geometry: { type: 'Point', coordinates: labelPoint(geometry) }
	}))
});

function points({ enterprises, selectedId }: DrawingInput): FeatureCollection<Point> {
	return {
		type: 'FeatureCollection',
		features: enterprises
			.filter(({ longitude }) => longitude !== null)
			.map((each) => ({
				type: 'Feature',
				properties: {
					id: each.id,
					icon: shapeIcon(bandLook(each.band).shape),
					look: bandLook(each.band).colour,
					rank: bandRank(each.band),
					open: each.openHazards,
					badge: each.openMajor > 0 || each.isOverdue ? 'urgent' : 'open',
					isPending: each.pendingBand !== null,
					isSelected: each.id === selectedId
				},
				geometry: { type: 'Point', coordinates: [each.longitude!, each.latitude!] }
			}))
	};
}

function groundLayers(colour: TokenColour): LayerSpecification[] {
	return [
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
}

/** Over the dots, with a halo: a name half hidden is no name. */
const nameLayer = (colour: TokenColour): LayerSpecification => ({
	id: 'area-names',
	type: 'symbol',
	source: 'area-names',
	layout: { 'text-field': ['get', 'name'], 'text-font': labelFont, 'text-size': 12, 'text-padding': 4 },
	paint: { 'text-color': colour('map-label'), 'text-halo-color': colour('map-halo'), 'text-halo-width': 1.5 }
});

function dotLayers(colour: TokenColour): LayerSpecification[] {
	const looks = bandChoices.map((choice) => choiceLook(choice).colour);
	const bandColour = [
		'match',
		['get', 'look'],
		...looks.flatMap((look) => [look, colour(look)]),
		colour('band-none')
	] as unknown as ExpressionSpecification;
	const placed = { 'icon-allow-overlap': true, 'icon-ignore-placement': true } as const;
	return [
		{
			id: 'pending',
			type: 'symbol',
			source: 'enterprises',
			filter: ['get', 'isPending'],
			layout: {
				...placed,
				'icon-image': shapeIcon(pendingLook.shape),
				'icon-size': byZoom(0.55, 0.86, 1.35)
			},
			paint: { 'icon-color': colour(pendingLook.colour) }
		},
		{
			id: 'selected',
			type: 'symbol',
			source: 'enterprises',
			filter: ['get', 'isSelected'],
			layout: { ...placed, 'icon-image': shapeIcon('ring'), 'icon-size': byZoom(0.9, 1.2, 1.7) },
			paint: { 'icon-color': colour('accent') }
		},
		{
			id: 'enterprises',
			type: 'symbol',
			source: 'enterprises',
			layout: {
				...placed,
				'icon-image': ['get', 'icon'],
				'icon-size': byZoom(0.28, 0.44, 0.8),
				'symbol-sort-key': ['get', 'rank']
			},
			paint: {
				'icon-color': bandColour,
				'icon-halo-color': colour('map-dot-line'),
				'icon-halo-width': 1
			}
		}
	];
}

/** Open hazards show at once: a speck from afar, their number from near by. */
function badgeLayers(colour: TokenColour): LayerSpecification[] {
	const fill: ExpressionSpecification = [
		'match',
		['get', 'badge'],
		'urgent',
		colour('danger'),
		colour('ink')
	];
	const isOpen: ExpressionSpecification = ['>', ['get', 'open'], 0];
	return [
		{
			id: 'badges-far',
			type: 'circle',
			source: 'enterprises',
			maxzoom: badgeFrom,
			filter: isOpen,
			paint: {
				'circle-radius': byZoom(1.8, 2.8, 2.8),
				'circle-color': fill,
				'circle-stroke-color': colour('map-halo'),
				'circle-stroke-width': 0.8,
				'circle-translate': [
					'interpolate',
					['linear'],
					['zoom'],
					11,
					['literal', [3.5, -3.5]],
					14.5,
					['literal', [5.5, -5.5]]
				]
			}
		},
		{
			id: 'badges',
			type: 'circle',
			source: 'enterprises',
			minzoom: badgeFrom,
			filter: isOpen,
			paint: {
				'circle-radius': 7,
				'circle-color': fill,
				'circle-stroke-color': colour('map-halo'),
				'circle-stroke-width': 1.2,
				'circle-translate': [10, -9]
			}
		},
		{
			id: 'badge-numbers',
			type: 'symbol',
			source: 'enterprises',
			minzoom: badgeFrom,
			filter: isOpen,
			layout: {
				'text-field': ['to-string', ['get', 'open']],
				'text-font': labelFont,
				'text-size': 10,
				'text-allow-overlap': true,
				'text-ignore-placement': true
			},
			paint: { 'text-color': colour('map-halo'), 'text-translate': [10, -9] }
		}
	];
}
