import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import { labelFont, shapeIcon, type TokenColour } from '#lib/ui/map/drawing.ts';
import { bandLevels, choiceLook } from '../band.ts';
import { riskColour, riskLevels } from '../risk/riskLook.ts';
import { isPositive, number, placed, placedText } from './expression.ts';
import type { MapLayer } from './mapLayer.ts';
import { heatPaint } from './pointLayers.ts';

/** Layers whose features are cells: a click goes nearer. */
export const cellLayerIds = ['cells'];

const cells = { source: 'enterprises', 'source-layer': 'cells' } as const;

/** Far out: how many there are in each cell, and of the worst kind how many. */
export function cellLayers(layer: MapLayer, colour: TokenColour): LayerSpecification[] {
	if (layer === 'heat')
		return [
			{
				id: 'heat-cells',
				type: 'heatmap',
				...cells,
				filter: isPositive('heat'),
				paint: { ...heatPaint(colour, 6_000), 'heatmap-radius': 48 }
			}
		];
	if (layer === 'overdue') return countedCells('overdue', colour('danger'), colour('danger-ink'), colour);
	if (layer === 'today') return countedCells('today', colour('accent'), colour('accent-ink'), colour);
	if (layer === 'key') return countedCells('key', colour('band-key'), colour('map-halo'), colour);
	return [
		...countedCells('all', colour('map-cell'), colour('ink'), colour),
		...(layer === 'risk' ? worstRisk(colour) : worstBand(colour))
	];
}

/** Area, not width, grows with the number. */
const radius = (count: string): ExpressionSpecification => [
	'interpolate',
	['linear'],
	['sqrt', number(count)],
	1,
	9,
	10,
	18,
	32,
	26
];

const shortNumber = (count: string): ExpressionSpecification => [
	'case',
	['>=', number(count), 10_000],
	['concat', ['to-string', ['round', ['/', number(count), 1_000]]], 'k'],
	['to-string', number(count)]
];

export const countedCells = (
	count: string,
	fill: string,
	ink: string,
	colour: TokenColour
): LayerSpecification[] => [
	{
		id: 'cells',
		type: 'circle',
		...cells,
		filter: isPositive(count),
		paint: {
			'circle-radius': radius(count),
			'circle-color': fill,
			'circle-stroke-color': colour('map-border'),
			'circle-stroke-width': 1
		}
	},
	{
		id: 'cell-numbers',
		type: 'symbol',
		...cells,
		filter: isPositive(count),
		layout: { ...placedText, 'text-field': shortNumber(count), 'text-font': labelFont, 'text-size': 12 },
		paint: { 'text-color': ink }
	}
];

interface Worst {
	count: string;
	icon: string;
	fill: string;
}

/** At the corner of a cell: the worst kind in it, with its shape and number. */
function worstMark(kinds: readonly Worst[], colour: TokenColour): LayerSpecification[] {
	const pick = (of: (kind: Worst) => unknown): ExpressionSpecification =>
		[
			'case',
			...kinds.slice(0, -1).flatMap((kind) => [isPositive(kind.count), of(kind)]),
			of(kinds.at(-1)!)
		] as unknown as ExpressionSpecification;
	const filter = [
		'any',
		...kinds.map(({ count }) => isPositive(count))
	] as unknown as ExpressionSpecification;
	return [
		{
			id: 'cell-worst',
			type: 'symbol',
			...cells,
			filter,
			layout: {
				...placed,
				...placedText,
				'icon-image': pick(({ icon }) => icon),
				'icon-size': 0.58,
				'icon-offset': [26, -26],
				'text-field': pick(({ count }) => shortNumber(count)),
				'text-font': labelFont,
				'text-size': 11,
				'text-anchor': 'left',
				'text-offset': [2.1, -1.35]
			},
			paint: {
				'icon-color': pick(({ fill }) => fill),
				'icon-halo-color': colour('map-halo'),
				'icon-halo-width': 1,
				'text-color': colour('ink'),
				'text-halo-color': colour('map-halo'),
				'text-halo-width': 1.5
			}
		}
	];
}

const worstBand = (colour: TokenColour): LayerSpecification[] =>
	worstMark(
		bandLevels
			.slice(1)
			.toReversed()
			.map((level) => ({
				count: level,
				icon: shapeIcon(choiceLook(level).shape),
				fill: colour(choiceLook(level).colour)
			})),
		colour
	);

const riskMeasures = {
	major: 'riskMajor',
	considerable: 'riskConsiderable',
	general: 'riskGeneral',
	low: 'riskLow'
} as const;

const worstRisk = (colour: TokenColour): LayerSpecification[] =>
	worstMark(
		riskLevels.map((level) => ({
			count: riskMeasures[level],
			icon: shapeIcon('flag'),
			fill: colour(riskColour[level])
		})),
		colour
	);
