import type { MultiPolygon } from 'geojson';
import { boundsOf, labelPoint } from './boundary.ts';
import { pictureOf } from './picture.ts';

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

/** null when nothing has a boundary. */
export function drawStillMap(shapes: readonly StillShape[]): StillMap | null {
	const placed = shapes.filter(
		(shape): shape is StillShape & { geometry: MultiPolygon } => shape.geometry !== null
	);
	const bounds = boundsOf({ features: placed });
	if (!bounds) return null;
	const picture = pictureOf(bounds, { width: 400, margin: 8, tallest: 400 });
	return {
		width: picture.width,
		height: picture.height,
		shapes: placed.map(({ id, name, geometry }) => ({
			id,
			name,
			path: picture.path(geometry),
			label: picture.place(labelPoint(geometry))
		}))
	};
}
