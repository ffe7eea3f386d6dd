import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import { labelFont, shapeIcon, type TokenColour } from '#lib/ui/map/drawing.ts';
import { bandLevels, choiceLook, pendingLook } from '../band.ts';
import { riskColour, riskLevels } from '../risk/riskLook.ts';
import {
	byCode,
	byZoom,
	isPositive,
	number,
	placed,
	placedText,
	sourceOf,
	unlessChanged,
	type PointSource
} from './expression.ts';
import type { MapLayer } from './mapLayer.ts';

/** Ids of layers whose features are enterprises. */
export const pointLayerIds = ['dots-tiles', 'dots-changed'];

const choices = ['none', ...bandLevels] as const;
const badgeFrom = 15;

/** Dots of one source as a layer of the map shows them. */
export function pointLayers(layer: MapLayer, source: PointSource, colour: TokenColour): LayerSpecification[] {
	if (layer === 'risk') return [riskFlags(source, colour)];
	if (layer === 'overdue') return [faintDots(source, colour, 'overdue'), ...overdueDots(source, colour)];
	if (layer === 'heat') return [warmth(source, colour), faintDots(source, colour, 'open')];
	if (layer === 'today')
		return [faintDots(source, colour, 'today'), bandDots(source, colour, isPositive('today'))];
	if (layer === 'key') return [bandDots(source, colour, isPositive('key')), ...badges(source, colour)];
	return [pendingRings(source, colour), bandDots(source, colour), ...badges(source, colour)];
}

function bandDots(
	source: PointSource,
	colour: TokenColour,
	filter?: ExpressionSpecification
): LayerSpecification {
	const looks = choices.map(choiceLook);
	return {
		id: `dots-${source}`,
		type: 'symbol',
		...sourceOf(source),
		...(filter && { filter }),
		layout: {
			...placed,
			'icon-image': byCode(
				'band',
				looks.map(({ shape }) => shapeIcon(shape))
			),
			'icon-size': byZoom(0.28, 0.44, 0.8),
			'symbol-sort-key': number('band')
		},
		paint: {
			'icon-color': byCode(
				'band',
				looks.map((look) => colour(look.colour))
			),
			'icon-halo-color': colour('map-dot-line'),
			'icon-halo-width': 1,
			'icon-opacity': unlessChanged()
		}
	};
}

const pendingRings = (source: PointSource, colour: TokenColour): LayerSpecification => ({
	id: `pending-${source}`,
	type: 'symbol',
	...sourceOf(source),
	filter: isPositive('pending'),
	layout: { ...placed, 'icon-image': shapeIcon(pendingLook.shape), 'icon-size': byZoom(0.55, 0.86, 1.35) },
	paint: { 'icon-color': colour(pendingLook.colour), 'icon-opacity': unlessChanged() }
});

/** What the layer is not about: there, but no more. */
const faintDots = (source: PointSource, colour: TokenColour, about: string): LayerSpecification => ({
	id: `${about === 'today' || about === 'overdue' ? 'others' : 'dots'}-${source}`,
	type: 'circle',
	...sourceOf(source),
	minzoom: about === 'open' ? 13 : 0,
	...(about !== 'open' && { filter: ['!', isPositive(about)] as ExpressionSpecification }),
	paint: {
		'circle-radius': byZoom(1.2, 1.8, 3),
		'circle-color': colour('band-none'),
		'circle-opacity': unlessChanged(0.7)
	}
});

/** Open hazards past their deadline, by their number. */
function overdueDots(source: PointSource, colour: TokenColour): LayerSpecification[] {
	return [
		{
			id: `dots-${source}`,
			type: 'circle',
			...sourceOf(source),
			filter: isPositive('overdue'),
			paint: {
				'circle-radius': byZoom(6, 8, 12),
				'circle-color': colour('danger'),
				'circle-stroke-color': colour('map-halo'),
				'circle-stroke-width': 1.2,
				'circle-opacity': unlessChanged(),
				'circle-stroke-opacity': unlessChanged()
			}
		},
		{
			id: `overdue-numbers-${source}`,
			type: 'symbol',
			...sourceOf(source),
			filter: isPositive('overdue'),
			layout: {
				...placedText,
				'text-field': ['to-string', number('overdue')],
				'text-font': labelFont,
				'text-size': byZoom(9, 11, 13)
			},
			paint: { 'text-color': colour('danger-ink'), 'text-opacity': unlessChanged() }
		}
	];
}

/** 红橙黄蓝 are flags, never the dots of the score. */
const riskFlags = (source: PointSource, colour: TokenColour): LayerSpecification => ({
	id: `dots-${source}`,
	type: 'symbol',
	...sourceOf(source),
	layout: {
		...placed,
		'icon-image': ['case', isPositive('risk'), shapeIcon('flag'), shapeIcon('ring')],
		'icon-size': byZoom(0.34, 0.5, 0.75),
		'symbol-sort-key': number('risk')
	},
	paint: {
		'icon-color': byCode('risk', [
			colour('band-none'),
			...riskLevels.toReversed().map((level) => colour(riskColour[level]))
		]),
		'icon-halo-color': colour('map-dot-line'),
		'icon-halo-width': 1,
		'icon-opacity': unlessChanged()
	}
});

/** Open hazards by severity and days overdue (`heatOf`), spread over about two blocks. */
const warmth = (source: PointSource, colour: TokenColour): LayerSpecification => ({
	id: `heat-${source}`,
	type: 'heatmap',
	...sourceOf(source),
	filter: isPositive('heat'),
	paint: heatPaint(colour, 240)
});

/** @param full the heat, in hundredths, of which a single dot glows fully */
export const heatPaint = (colour: TokenColour, full: number) => ({
	'heatmap-weight': ['min', 1, ['/', number('heat'), full]] as ExpressionSpecification,
	'heatmap-radius': byZoom(14, 34, 90),
	'heatmap-intensity': byZoom(0.7, 0.9, 1.2),
	'heatmap-opacity': 0.75,
	'heatmap-color': [
		'interpolate',
		['linear'],
		['heatmap-density'],
		0,
		// Of the same hue, or the edges would be grey.
		`${colour('heat-1')}00`,
		0.15,
		colour('heat-1'),
		0.45,
		colour('heat-2'),
		0.75,
		colour('heat-3'),
		1,
		colour('heat-4')
	] as ExpressionSpecification
});

/** Open hazards show at once: a speck from afar, their number from near by. */
function badges(source: PointSource, colour: TokenColour): LayerSpecification[] {
	const urgent: ExpressionSpecification = ['any', isPositive('major'), isPositive('overdue')];
	const fill: ExpressionSpecification = ['case', urgent, colour('danger'), colour('ink')];
	const circle = {
		'circle-color': fill,
		'circle-stroke-color': colour('map-halo'),
		'circle-opacity': unlessChanged(),
		'circle-stroke-opacity': unlessChanged()
	};
	const common = { ...sourceOf(source), filter: isPositive('open') };
	return [
		{
			id: `badges-far-${source}`,
			type: 'circle',
			...common,
			maxzoom: badgeFrom,
			paint: {
				...circle,
				'circle-radius': byZoom(1.8, 2.8, 2.8),
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
			id: `badges-${source}`,
			type: 'circle',
			...common,
			minzoom: badgeFrom,
			paint: { ...circle, 'circle-radius': 7, 'circle-stroke-width': 1.2, 'circle-translate': [10, -9] }
		},
		{
			id: `badge-numbers-${source}`,
			type: 'symbol',
			...common,
			minzoom: badgeFrom,
			layout: {
				...placedText,
				'text-field': ['to-string', number('open')],
				'text-font': labelFont,
				'text-size': 10
			},
			paint: {
				'text-color': colour('map-halo'),
				'text-translate': [10, -9],
				'text-opacity': unlessChanged()
			}
		}
	];
}
