import { difference, featureCollection, intersect, multiPolygon } from '@turf/turf';
import type { MultiPolygon, Polygon } from 'geojson';
import type { Polygons, Shapes } from './boundaryEdit.ts';

const polygonsOf = (geometry: Polygon | MultiPolygon | undefined): Polygons =>
	!geometry ? [] : geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;

/**
 * Neighbours give up the ground that the edited area has taken, so that the new line is the border of both.
 * A neighbour that would lose all of its ground stays as it is: ending an area is a decision of its own.
 * @param siblings areas of the same level; those above and below share its ground rightly.
 * @returns those that change.
 */
export function giveWay(shapes: Shapes, editedId: string, siblings: ReadonlySet<string>): Shapes {
	const edited = multiPolygon(shapes.get(editedId) ?? []);
	const changed = new Map<string, Polygons>();
	for (const [id, polygons] of shapes) {
		if (id === editedId || !siblings.has(id) || polygons.length === 0) continue;
		const both = featureCollection([multiPolygon(polygons), edited]);
		if (!intersect(both)) continue;
		const rest = polygonsOf(difference(both)?.geometry);
		if (rest.length > 0) changed.set(id, rest);
	}
	return changed;
}
