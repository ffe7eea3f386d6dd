import type { AreaBoundaries } from '#lib/area/boundary.ts';
import { firstDots } from '../mapIndex/firstDots.ts';
import type { MapIndex, Selection } from '../mapIndex/mapIndex.ts';
import { areaShades } from './areaShades.ts';
import type { ComparedDot } from '../comparison/comparison.ts';
import { bandGroups, changeGroups, drawFirstLook, sameGroup, type FirstLook } from './firstLook.ts';
import type { MapLayer } from './mapLayer.ts';

/**
 * A still picture of what is looked at: every site by its band while they can be told apart; more of them, or another
 * layer, are shades of communities with a figure in each. null when no community has a boundary.
 */
export function lookAt(
	index: MapIndex,
	selection: Selection,
	boundaries: AreaBoundaries,
	layer: MapLayer
): FirstLook | null {
	const dots = layer === 'band' ? firstDots(index.table, selection) : null;
	if (dots) return drawFirstLook(boundaries, bandGroups(dots));
	return drawFirstLook(boundaries, [], { layer, shades: areaShades(index, selection, boundaries, layer) });
}

/** More changes than this are told by their figures: a picture of them would be heavier than the page. */
const mostChanges = 3_000;

/** A still picture of what changed between two days, over what did not. */
export function lookAtChanges(
	index: MapIndex,
	selection: Selection,
	boundaries: AreaBoundaries,
	changes: readonly ComparedDot[]
): FirstLook | null {
	const all = firstDots(index.table, selection) ?? [];
	const shown = changes.length > mostChanges ? [] : changes;
	return drawFirstLook(boundaries, [sameGroup(all), ...changeGroups(shown)]);
}
