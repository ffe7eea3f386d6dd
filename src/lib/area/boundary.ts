import type { FeatureCollection, MultiPolygon, Position } from 'geojson';

export interface AreaProperties {
	id: string;
	scope: string;
	name: string;
	officialCode: string | null;
}

/** What `area_boundaries` gives: one feature an area, WGS-84. */
export type AreaBoundaries = FeatureCollection<MultiPolygon, AreaProperties>;

/** west, south, east, north; null when nothing has a boundary. */
export function boundsOf({
	features
}: {
	type?: 'FeatureCollection';
	features: readonly { geometry: MultiPolygon }[];
}): [number, number, number, number] | null {
	const bounds: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
	for (const { geometry } of features)
		for (const [longitude, latitude] of geometry.coordinates.flat(2) as [number, number][]) {
			bounds[0] = Math.min(bounds[0], longitude);
			bounds[1] = Math.min(bounds[1], latitude);
			bounds[2] = Math.max(bounds[2], longitude);
			bounds[3] = Math.max(bounds[3], latitude);
		}
	return Number.isFinite(bounds[0]) ? bounds : null;
}

/** Twice the signed area of a ring, and its centroid: the shoelace formula, taken from the first corner for accuracy. */
function ringCentroid(ring: readonly Position[]): { area: number; at: [number, number] } {
	const [x0, y0] = ring[0] as [number, number];
	let [area, x, y] = [0, 0, 0];
	for (let i = 1; i < ring.length; i++) {
		const [ax, ay] = [ring[i - 1]![0]! - x0, ring[i - 1]![1]! - y0];
		const [bx, by] = [ring[i]![0]! - x0, ring[i]![1]! - y0];
		const cross = ax * by - bx * ay;
		area += cross;
		x += (ax + bx) * cross;
		y += (ay + by) * cross;
	}
	return area === 0 ? { area: 0, at: [x0, y0] } : { area, at: [x0 + x / (3 * area), y0 + y / (3 * area)] };
}

/** Where an area's name is written: in the middle of its largest part. */
export function labelPoint({ coordinates }: MultiPolygon): [number, number] {
	const centroids = coordinates.map(([outer]) => ringCentroid(outer!));
	return centroids.reduce((largest, each) => (Math.abs(each.area) > Math.abs(largest.area) ? each : largest))
		.at;
}
