import type { FeatureCollection } from 'geojson';
import type { ExpressionSpecification, LayerSpecification, SourceSpecification } from 'maplibre-gl';
import { labelPoint, type AreaBoundaries } from '#lib/area/boundary.ts';
import { labelFont, type TokenColour } from '#lib/ui/map/drawing.ts';
import type { MapArea } from '../mapIndex/mapAreas.ts';
import type { Hexagons } from '../mapIndex/mapHexagons.ts';
import { breaksOf, shadeOf } from './classes.ts';
import { byCode, number, placedText } from './expression.ts';
import type { AreaLayer } from './mapLayer.ts';

/** What a layer of areas says of one; null: nothing can be said. */
export function areaValue(area: MapArea, layer: Exclude<AreaLayer, 'hot'>): number | null {
	if (layer === 'open') return area.open;
	return layer === 'rate' ? area.rate : (area.smoothed?.rate ?? null);
}

/** A count as it is, a rate per hundred inspected sites. */
export const areaText = (value: number | null, layer: AreaLayer): string =>
	value === null ? '—' : layer === 'open' ? String(value) : String(Math.round(value * 1_000) / 10);

export const areaBreaks = (areas: readonly MapArea[], layer: Exclude<AreaLayer, 'hot'>): number[] =>
	breaksOf(areas.map((area) => areaValue(area, layer)).filter((value) => value !== null));

/** 0: nothing can be said, then the shades; for hot spots cold 1–3, nothing 4, hot 5–7. */
export function areaCode(area: MapArea, layer: AreaLayer, breaks: readonly number[]): number {
	if (layer === 'hot') {
		const { kind, confidence } = area.hot;
		if (kind === null || confidence === null) return 4;
		const step = { 90: 1, 95: 2, 99: 3 }[confidence];
		return kind === 'hot' ? 4 + step : 4 - step;
	}
	const value = areaValue(area, layer);
	return value === null ? 0 : 1 + shadeOf(value, breaks);
}

/** The figure of an area, marked where it stands on few. */
export const areaWords = (area: MapArea, layer: AreaLayer): string => {
	if (layer !== 'hot')
		return areaText(areaValue(area, layer), layer) + (area.isSmall && layer !== 'open' ? ' *' : '');
	const { kind, confidence } = area.hot;
	return kind === null ? '' : `${kind === 'hot' ? '▲' : '▽'} ${confidence}%`;
};

/** Communities with their shade, and what is written on them. */
export function areaSources(
	boundaries: AreaBoundaries,
	areas: readonly MapArea[],
	layer: AreaLayer
): Record<'shades' | 'shade-texts', SourceSpecification> {
	const breaks = layer === 'hot' ? [] : areaBreaks(areas, layer);
	const byScope = new Map(areas.map((area) => [area.scope, area]));
	const shaded = boundaries.features.flatMap(({ geometry, properties: { scope, name } }) => {
		const area = byScope.get(scope);
		if (!area) return [];
		const properties = { shade: areaCode(area, layer, breaks), text: `${name}\n${areaWords(area, layer)}` };
		return [{ type: 'Feature' as const, properties, geometry }];
	});
	const texts: FeatureCollection = {
		type: 'FeatureCollection',
		features: shaded.map(({ properties, geometry }) => ({
			type: 'Feature',
			properties,
			geometry: { type: 'Point', coordinates: labelPoint(geometry) }
		}))
	};
	return {
		shades: { type: 'geojson', data: { type: 'FeatureCollection', features: shaded } },
		'shade-texts': { type: 'geojson', data: texts }
	};
}

/** Colour tokens by `areaCode`. */
export const shadeTokens = (layer: AreaLayer): string[] =>
	layer === 'hot'
		? ['map-ground', 'cold-3', 'cold-2', 'cold-1', 'map-cell', 'heat-2', 'heat-3', 'heat-4']
		: ['map-ground', 'heat-1', 'heat-2', 'heat-3', 'heat-4'];

export const areaLayersOf = (layer: AreaLayer, colour: TokenColour): LayerSpecification[] => [
	{
		id: 'shades',
		type: 'fill',
		source: 'shades',
		paint: { 'fill-color': byCode('shade', shadeTokens(layer).map(colour)), 'fill-opacity': 0.78 }
	},
	{
		id: 'shade-lines',
		type: 'line',
		source: 'shades',
		paint: { 'line-color': colour('map-border'), 'line-width': 1 }
	},
	{
		id: 'shade-texts',
		type: 'symbol',
		source: 'shade-texts',
		layout: { ...placedText, 'text-field': ['get', 'text'], 'text-font': labelFont, 'text-size': 12 },
		paint: { 'text-color': colour('ink'), 'text-halo-color': colour('map-halo'), 'text-halo-width': 1.8 }
	}
];

export const hexagonSource = (hexagons: Hexagons): SourceSpecification => ({
	type: 'geojson',
	data: hexagons
});

/** Open hazards per hexagon; one without is only outlined. */
export function hexagonLayers(hexagons: Hexagons, colour: TokenColour): LayerSpecification[] {
	const breaks = breaksOf(
		hexagons.features.map(({ properties }) => properties.open).filter((open) => open > 0)
	);
	const shades = ['heat-1', 'heat-2', 'heat-3', 'heat-4'].map(colour);
	const fill = [
		'case',
		['==', number('open'), 0],
		colour('map-cell'),
		...breaks
			.toReversed()
			.flatMap((bound, place) => [['>=', number('open'), bound], shades[breaks.length - place]]),
		shades[0]
	] as unknown as ExpressionSpecification;
	return [
		{ id: 'hexagons', type: 'fill', source: 'hexagons', paint: { 'fill-color': fill, 'fill-opacity': 0.72 } },
		{
			id: 'hexagon-lines',
			type: 'line',
			source: 'hexagons',
			paint: { 'line-color': colour('map-halo'), 'line-width': 1 }
		}
	];
}

/** Over the names, which make room for them. */
export const hexagonNumbers = (colour: TokenColour): LayerSpecification => ({
	id: 'hexagon-numbers',
	type: 'symbol',
	source: 'hexagons',
	filter: ['>', number('open'), 0],
	layout: {
		'text-allow-overlap': true,
		'text-field': ['to-string', number('open')],
		'text-font': labelFont,
		'text-size': 12
	},
	paint: { 'text-color': colour('ink'), 'text-halo-color': colour('map-halo'), 'text-halo-width': 1.5 }
});
