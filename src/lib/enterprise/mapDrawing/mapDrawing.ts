import type { FeatureCollection, Point } from 'geojson';
import type { LayerSpecification } from 'maplibre-gl';
import { askLayers } from './askLayers.ts';
import type { AreaBoundaries } from '#lib/area/boundary.ts';
import { latitudeOf, longitudeOf } from '#lib/spatial/world.ts';
import { shapeIcon, type FeatureState, type MapDrawing, type TokenColour } from '#lib/ui/map/drawing.ts';
import type { MapEnterprise } from '../mapIndex/mapEnterprise.ts';
import type { MapArea } from '../mapIndex/mapAreas.ts';
import type { Hexagons } from '../mapIndex/mapHexagons.ts';
import { dayNumber, type MapTable } from '../mapIndex/mapTable.ts';
import { deepestTile, pointFields } from '../mapIndex/pointFields.ts';
import type { RowMatcher } from '../mapIndex/rowMatcher.ts';
import { areaLayersOf, areaSources, hexagonLayers, hexagonNumbers, hexagonSource } from './areaLayers.ts';
import { cellLayers } from './cellLayers.ts';
import { comparisonLayers } from './comparisonLayers.ts';
import { byZoom, placed } from './expression.ts';
import { groundLayers, nameLayer, namePoints } from './groundLayers.ts';
import { isAreaLayer, type MapLayer } from './mapLayer.ts';
import { pointLayers } from './pointLayers.ts';

export interface DrawingInput {
	layer: MapLayer;
	boundaries: AreaBoundaries;
	/** Address of the tiles with `{z}/{x}/{y}` and the filter. */
	tiles: string;
	/** What has changed since the tiles came. */
	changed: FeatureCollection<Point>;
	selected: Pick<MapEnterprise, 'longitude' | 'latitude'> | null;
	/** What the map was asked about, and the corners of what is being drawn. */
	asked: FeatureCollection;
	/** What changed between two days; null: none are compared, and the layer is shown. */
	moved: FeatureCollection<Point> | null;
	/** For the layers of areas. */
	areas: readonly MapArea[];
	/** For the layer of hexagons. */
	hexagons: Hexagons;
}

/** Communities with their names, cells or dots of the tiles, and over them the dots that changed since. */
export function drawMap(input: DrawingInput, colour: TokenColour): MapDrawing {
	const { sources, layers } = drawLayer(input, colour);
	return {
		sources: { ...sources, asked: { type: 'geojson', data: input.asked } },
		layers: [...layers, ...askLayers(colour)]
	};
}

function drawLayer(input: DrawingInput, colour: TokenColour): MapDrawing {
	const { layer, boundaries, moved } = input;
	if (moved) return drawComparison(input, moved, colour);
	if (isAreaLayer(layer))
		return {
			sources: areaSources(boundaries, input.areas, layer),
			layers: areaLayersOf(layer, colour)
		};
	const drawing = drawSites(input, colour);
	if (layer !== 'hexagons') return drawing;
	return {
		sources: { ...drawing.sources, hexagons: hexagonSource(input.hexagons) },
		layers: [
			...groundLayers(colour),
			...hexagonLayers(input.hexagons, colour),
			nameLayer(colour),
			hexagonNumbers(colour)
		]
	};
}

function drawComparison(
	input: DrawingInput,
	moved: FeatureCollection<Point>,
	colour: TokenColour
): MapDrawing {
	return {
		sources: { ...siteSources(input), moved: { type: 'geojson', data: moved } },
		layers: [...groundLayers(colour), selectedRing(colour), ...comparisonLayers(colour), nameLayer(colour)]
	};
}

function drawSites(input: DrawingInput, colour: TokenColour): MapDrawing {
	const { layer } = input;
	return {
		sources: siteSources(input),
		layers: [
			...groundLayers(colour),
			selectedRing(colour),
			...cellLayers(layer, colour),
			...pointLayers(layer, 'tiles', colour),
			...pointLayers(layer, 'changed', colour),
			nameLayer(colour)
		]
	};
}

const siteSources = ({ boundaries, tiles, changed, selected }: DrawingInput): MapDrawing['sources'] => ({
	areas: { type: 'geojson', data: boundaries },
	'area-names': { type: 'geojson', data: namePoints(boundaries) },
	enterprises: { type: 'vector', tiles: [tiles], minzoom: 0, maxzoom: deepestTile },
	changed: { type: 'geojson', data: changed },
	selected: { type: 'geojson', data: selectedPoint(selected) }
});

const selectedRing = (colour: TokenColour): LayerSpecification => ({
	id: 'selected',
	type: 'symbol',
	source: 'selected',
	layout: { ...placed, 'icon-image': shapeIcon('ring'), 'icon-size': byZoom(0.9, 1.2, 1.7) },
	paint: { 'icon-color': colour('accent') }
});

const selectedPoint = (selected: DrawingInput['selected']): FeatureCollection<Point> => ({
	type: 'FeatureCollection',
	features:
		selected?.longitude == null || selected.latitude === null
			? []
			: [
					{
						type: 'Feature',
						properties: {},
						geometry: { type: 'Point', coordinates: [selected.longitude, selected.latitude] }
					}
				]
});

/** Rows of a table as the same points that tiles have. */
export function changedPoints(table: MapTable, matches: RowMatcher, today: string): FeatureCollection<Point> {
	const day = dayNumber(today);
	const rows = Array.from({ length: table.count }, (_, row) => row).filter(
		(row) => table.isThere[row] && table.hasPosition[row] && matches(row)
	);
	return {
		type: 'FeatureCollection',
		features: rows.map((row) => ({
			type: 'Feature',
			id: table.ordinal[row]!,
			properties: Object.fromEntries(
				Object.entries(pointFields).map(([key, field]) => {
					const value = field.of(table, row, day);
					return [key, field.words ? field.words(table)[value] : value];
				})
			),
			geometry: {
				type: 'Point',
				coordinates: [longitudeOf(table.x[row]! + 0.5), latitudeOf(table.y[row]! + 0.5)]
			}
		}))
	};
}

/** What tells the tiles to leave these dots to the other source. */
export const changedStates = (table: MapTable): FeatureState[] =>
	Array.from({ length: table.count }, (_, row) => ({
		source: 'enterprises',
		sourceLayer: 'points',
		id: table.ordinal[row]!,
		state: { changed: true }
	}));
