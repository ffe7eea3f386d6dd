import { kinks as findKinks } from '@turf/turf';
import type { Geometry, MultiPolygon, Polygon, Position } from 'geojson';
import { isSwapped, toWgs84, type CoordinateSystem, type LonLat } from '#lib/spatial/coordinateSystem.ts';
import type { RefusalReason } from './importVerdict.ts';

export type Shape =
	{ ok: true; polygons: Position[][][] } | { ok: false; reason: RefusalReason; got: string };

const isPosition = (value: unknown): value is LonLat =>
	Array.isArray(value) && value.length >= 2 && Number.isFinite(value[0]) && Number.isFinite(value[1]);

/**
 * The polygons of a geometry in WGS-84, without heights. Checks what GeoJSON asks of a ring (four positions,
 * closed, numbers in range); whether rings cross is judged by `ST_IsValid` and named by {@link kinksOf}.
 */
export function readShape(geometry: Geometry, system: CoordinateSystem): Shape {
	const polygons =
		geometry.type === 'Polygon'
			? [geometry.coordinates]
			: geometry.type === 'MultiPolygon'
				? geometry.coordinates
				: null;
	if (!polygons || polygons.length === 0) return fault(geometry.type);
	for (const rings of polygons) {
		if (!Array.isArray(rings) || rings.length === 0) return fault('0 rings');
		for (const ring of rings) {
			const reason = ringFault(ring);
			if (reason) return reason;
		}
	}
	const convert = (position: Position) => toWgs84([position[0]!, position[1]!], system);
	return { ok: true, polygons: polygons.map((rings) => rings.map((ring) => ring.map(convert))) };
}

const fault = (got: string, reason: RefusalReason = 'geometry'): Shape & { ok: false } => ({
	ok: false,
	reason,
	got
});

function ringFault(ring: unknown): (Shape & { ok: false }) | null {
	if (!Array.isArray(ring) || ring.length < 4)
		return fault(`${Array.isArray(ring) ? ring.length : 0} positions`);
	const bad = ring.find((position) => !isPosition(position));
	if (bad !== undefined) return fault(JSON.stringify(bad));
	const positions = ring as LonLat[];
	const swapped = positions.find(isSwapped);
	if (swapped) return fault(swapped.slice(0, 2).join(','), 'position_swapped');
	const far = positions.find(([longitude, latitude]) => Math.abs(longitude) > 180 || Math.abs(latitude) > 90);
	if (far) return fault(far.slice(0, 2).join(','), 'position');
	const [first, last] = [positions[0]!, positions.at(-1)!];
	return first[0] === last[0] && first[1] === last[1]
		? null
		: fault(`${last.slice(0, 2).join(',')} ≠ ${first.slice(0, 2).join(',')}`);
}

/** Several polygons of one place are one MultiPolygon. */
export const multiPolygon = (polygons: Position[][][]): MultiPolygon => ({
	type: 'MultiPolygon',
	coordinates: polygons
});

/** Where a ring crosses or touches itself, as `longitude,latitude`. */
export function kinksOf({ coordinates }: MultiPolygon): string[] {
	const places = coordinates
		.flat()
		.flatMap((ring) => findKinks({ type: 'Polygon', coordinates: [ring] } satisfies Polygon).features)
		.map(({ geometry }) => geometry.coordinates.map((degree) => degree.toFixed(6)).join(','));
	return [...new Set(places)];
}

/** Points just inside the corners of a shape: a shape that is out of place loses some of them to the outside. */
export function cornerPoints({ coordinates }: MultiPolygon, perPolygon = 8): LonLat[] {
	return coordinates.flatMap(([ring]) => {
		const corners = (ring ?? []).slice(0, -1) as LonLat[];
		const middle = [0, 1].map(
			(axis) => corners.reduce((sum, corner) => sum + corner[axis]!, 0) / corners.length
		);
		const step = Math.max(1, Math.floor(corners.length / perPolygon));
		return corners
			.filter((_, index) => index % step === 0)
			.slice(0, perPolygon)
			.map(([x, y]): LonLat => [x + (middle[0]! - x) * 0.1, y + (middle[1]! - y) * 0.1]);
	});
}
