import type { MultiPolygon, Position } from 'geojson';
import { labelPoint } from './boundary.ts';

export interface StillShape {
	id: string;
	name: string;
	geometry: MultiPolygon | null;
}

/** Areas as a picture that needs no script: SVG paths in the units of its view box. */
export interface StillMap {
	width: number;
	height: number;
	shapes: { id: string; name: string; path: string; label: [number, number] }[];
}

const width = 400;
const margin = 8;
/** A long thin place is not drawn higher than this. */
const tallest = 400;

const mercatorY = (latitude: number): number =>
	Math.log(Math.tan(Math.PI / 4 + (latitude * Math.PI) / 360)) * (180 / Math.PI);
const tenth = (value: number): number => Math.round(value * 10) / 10;

/** null when nothing has a boundary. */
export function drawStillMap(shapes: readonly StillShape[]): StillMap | null {
	const placed = shapes.filter(
		(shape): shape is StillShape & { geometry: MultiPolygon } => shape.geometry !== null
	);
	const corners = placed.flatMap(({ geometry }) => geometry.coordinates.flat(2));
	if (corners.length === 0) return null;
	let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
	for (const [x, y] of corners) {
		west = Math.min(west, x!);
		east = Math.max(east, x!);
		south = Math.min(south, mercatorY(y!));
		north = Math.max(north, mercatorY(y!));
	}
	const scale = Math.min((width - 2 * margin) / (east - west), (tallest - 2 * margin) / (north - south));
	const inset = (width - (east - west) * scale) / 2;
	const place = ([x, y]: Position): [number, number] => [
		tenth((x! - west) * scale + inset),
		tenth((north - mercatorY(y!)) * scale + margin)
	];
	return {
		width,
		height: Math.ceil((north - south) * scale + 2 * margin),
		shapes: placed.map(({ id, name, geometry }) => ({
			id,
			name,
			path: geometry.coordinates
				.flat()
				.map((ring) => `M${ring.map((corner) => place(corner).join(' ')).join('L')}Z`)
				.join(''),
			label: place(labelPoint(geometry))
		}))
	};
}
