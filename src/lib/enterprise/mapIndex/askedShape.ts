import { area, bbox, circle, kinks, polygon } from '@turf/turf';
import type { Feature, Polygon } from 'geojson';
import type { LonLat } from '#lib/spatial/coordinateSystem.ts';
import type { MapFilter } from './mapFilter.ts';

/** The corners as a closed ring. */
export const polygonOf = (corners: readonly LonLat[]): Feature<Polygon> =>
	polygon([[...corners, corners[0]!]]);

/** What the map was asked about, as a shape to draw; null: everything. */
export function askedShape({ near, within }: Pick<MapFilter, 'near' | 'within'>): Feature<Polygon> | null {
	if (within) return polygonOf(within);
	return near && circle([near.longitude, near.latitude], near.radiusMetres / 1_000, { steps: 96 });
}

export const squareKilometres = (shape: Feature<Polygon>): number => area(shape) / 1e6;

export const crossesItself = (corners: readonly LonLat[]): boolean =>
	corners.length >= 3 && kinks(polygonOf(corners)).features.length > 0;

export const boundsOfShape = (shape: Feature<Polygon>): [number, number, number, number] =>
	bbox(shape) as [number, number, number, number];
