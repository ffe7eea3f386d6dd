import type { AreaBoundaries } from '#lib/area/boundary.ts';
import type { MapIndex, Selection } from '../mapIndex/mapIndex.ts';
import { areaCounts, mapAreas, type MapArea } from '../mapIndex/mapAreas.ts';
import type { Counts } from '../mapIndex/mapMeasures.ts';
import { areaBreaks, areaCode, areaWords, shadeTokens } from './areaLayers.ts';
import { breaksOf, shadeOf } from './classes.ts';
import { isAreaLayer, type AreaLayer, type MapLayer } from './mapLayer.ts';

/** How an area of a still picture is filled, and the figure that stands in it. */
export interface AreaShade {
	/** Colour token. */
	colour: string;
	text: string;
}

/** What shades an area in a layer of sites, and the figure beside it; 0 and null are left plain. */
const measures: Record<
	Exclude<MapLayer, AreaLayer>,
	(counts: Counts) => { value: number | null; figure: number }
> = {
	// Where half of ten are 重点 it burns more than where ten of a thousand are.
	band: ({ all, none, focus, highest }) => ({
		value: all === none ? null : (focus + highest) / (all - none),
		figure: focus + highest
	}),
	heat: ({ heat, open }) => ({ value: heat, figure: open }),
	overdue: ({ overdue }) => ({ value: overdue, figure: overdue }),
	risk: ({ riskMajor }) => ({ value: riskMajor, figure: riskMajor }),
	key: ({ key }) => ({ value: key, figure: key }),
	today: ({ today }) => ({ value: today, figure: today }),
	hexagons: ({ open }) => ({ value: open, figure: open })
};

/** Shades of all areas, in their order, as a layer of the map demands. */
export function areaShades(
	index: MapIndex,
	selection: Selection,
	boundaries: AreaBoundaries,
	layer: MapLayer
): AreaShade[] {
	if (isAreaLayer(layer)) return shadesOfAreas(mapAreas(index, selection, boundaries), layer);
	const values = areaCounts(index, selection, boundaries).map(measures[layer]);
	const breaks = breaksOf(values.map(({ value }) => value ?? 0).filter((value) => value > 0));
	return values.map(({ value, figure }) => ({
		colour: value ? `heat-${1 + shadeOf(value, breaks)}` : 'map-ground',
		text: value === null ? '—' : String(figure)
	}));
}

function shadesOfAreas(areas: readonly MapArea[], layer: AreaLayer): AreaShade[] {
	const breaks = layer === 'hot' ? [] : areaBreaks(areas, layer);
	const tokens = shadeTokens(layer);
	return areas.map((area) => ({
		colour: tokens[areaCode(area, layer, breaks)]!,
		text: areaWords(area, layer)
	}));
}
