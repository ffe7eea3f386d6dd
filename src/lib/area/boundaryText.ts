import type { Geometry, MultiPolygon, Position } from 'geojson';
import { failure, success, type Result } from '#lib/problem.ts';
import type { CoordinateSystem } from '#lib/spatial/coordinateSystem.ts';
import { readDegrees } from './importText.ts';
import { multiPolygon, readShape } from './importGeometry.ts';

const refused = (got: string): Result<never> =>
	failure('area.coordinates', { got: got.slice(0, 60) }, 'geometry');

/**
 * What somebody pastes as a boundary: GeoJSON (a geometry, a feature, a collection), or corners, one `longitude,latitude` a
 * line, a blank line between parts. → WGS-84.
 * @returns `area.coordinates` with what could not be read.
 */
export function readBoundaryText(text: string, system: CoordinateSystem): Result<MultiPolygon> {
	const trimmed = text.trim();
	const geometries = trimmed.startsWith('{') ? readGeoJson(trimmed) : readCorners(trimmed);
	if (!geometries.ok) return geometries;
	const polygons: Position[][][] = [];
	for (const geometry of geometries.value) {
		const shape = readShape(geometry, system);
		if (!shape.ok) return refused(shape.got);
		polygons.push(...shape.polygons);
	}
	return polygons.length > 0 ? success(multiPolygon(polygons)) : refused(trimmed);
}

function readGeoJson(text: string): Result<Geometry[]> {
	let json: { type?: string; geometry?: Geometry; features?: { geometry: Geometry }[] };
	try {
		json = JSON.parse(text) as typeof json;
	} catch (error) {
		return refused((error as Error).message);
	}
	if (json.type === 'FeatureCollection')
		return success((json.features ?? []).map(({ geometry }) => geometry));
	if (json.type === 'Feature' && json.geometry) return success([json.geometry]);
	return success([json as unknown as Geometry]);
}

function readCorners(text: string): Result<Geometry[]> {
	const parts: Position[][] = [];
	for (const part of text.split(/\n\s*\n/)) {
		const ring: Position[] = [];
		for (const line of part.split(/[\n;；]/).filter((each) => each.trim() !== '')) {
			const degrees = line
				.trim()
				.split(/[,，\s]+/)
				.map(readDegrees);
			if (degrees.length !== 2 || degrees.includes(null)) return refused(line);
			ring.push(degrees as number[]);
		}
		const [first, last] = [ring[0], ring.at(-1)];
		if (first && last && (first[0] !== last[0] || first[1] !== last[1])) ring.push(first);
		parts.push(ring);
	}
	return success(parts.map((ring) => ({ type: 'Polygon', coordinates: [ring] })));
}

/** A boundary as text to copy and to change by hand. */
export const boundaryText = (boundary: MultiPolygon): string => JSON.stringify(boundary);
