/**
 * The shapes that stand for a meaning, so that nothing rests on colour alone: ● ▲ ▼ ◆ ■, hollow ○, a dashed
 * ring and a flag. One description serves the map (a signed distance field, whose colour is a paint property and so
 * comes from the tokens) and the page (the same outline as SVG in `Shape.svelte`).
 *
 * Coordinates: a square from -1 to 1, y down.
 */
export const shapeNames = [
	'circle',
	'triangle',
	'triangle-down',
	'diamond',
	'square',
	'ring',
	'dashed-ring',
	'flag'
] as const;
export type ShapeName = (typeof shapeNames)[number];

type Point = readonly [x: number, y: number];

/** Equal in visual weight rather than in size: a square of the circle's width would look larger. */
export const polygons: Partial<Record<ShapeName, readonly Point[]>> = {
	triangle: [
		[0, -0.92],
		[0.94, 0.72],
		[-0.94, 0.72]
	],
	'triangle-down': [
		[0, 0.92],
		[-0.94, -0.72],
		[0.94, -0.72]
	],
	diamond: [
		[0, -1],
		[1, 0],
		[0, 1],
		[-1, 0]
	],
	square: [
		[-0.74, -0.74],
		[0.74, -0.74],
		[0.74, 0.74],
		[-0.74, 0.74]
	],
	flag: [
		[-0.74, -0.96],
		[0.9, -0.96],
		[0.5, -0.4],
		[0.9, 0.16],
		[-0.46, 0.16],
		[-0.46, 0.96],
		[-0.74, 0.96]
	]
};
export const circleRadius = 0.84;
export const ring = { radius: 0.72, width: 0.26 };
export const dashedRing = { radius: 0.86, width: 0.2, dashes: 8, filled: 0.6 };

/** Distance to a shape's outline in its own units: negative inside. */
export function signedDistance(shape: ShapeName, x: number, y: number): number {
	const polygon = polygons[shape];
	if (polygon) return polygonDistance(polygon, x, y);
	const fromCentre = Math.hypot(x, y);
	if (shape === 'circle') return fromCentre - circleRadius;
	if (shape === 'ring') return Math.abs(fromCentre - ring.radius) - ring.width / 2;
	const { radius, width, dashes, filled } = dashedRing;
	const turn = (Math.PI * 2) / dashes;
	const angle = Math.atan2(y, x);
	const fromDash = Math.abs(angle - Math.round(angle / turn) * turn) - (turn * filled) / 2;
	return Math.max(Math.abs(fromCentre - radius) - width / 2, fromDash * radius);
}

/** After Inigo Quilez, "2D distance functions": the nearest edge, with the sign by crossings. */
function polygonDistance(polygon: readonly Point[], x: number, y: number): number {
	let squared = Infinity;
	let isInside = false;
	for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
		const [ax, ay] = polygon[i]!;
		const [bx, by] = polygon[j]!;
		const ex = bx - ax;
		const ey = by - ay;
		const along = Math.min(1, Math.max(0, ((x - ax) * ex + (y - ay) * ey) / (ex * ex + ey * ey)));
		squared = Math.min(squared, (x - ax - ex * along) ** 2 + (y - ay - ey * along) ** 2);
		if (ay > y !== by > y && x < (ex * (y - ay)) / ey + ax) isInside = !isInside;
	}
	return Math.sqrt(squared) * (isInside ? -1 : 1);
}

/** How MapLibre reads a distance field: the outline lies at 3/4, and 8 pixels span the whole range. */
const outlineValue = 0.75;
const spanPixels = 8;
const marginPixels = 6;

/** Pixels per CSS pixel: with `iconPixels` 24 the shape is 24 CSS px wide at `icon-size` 1. */
export const iconPixelRatio = 2;

/**
 * A shape as an image for `map.addImage(name, image, { sdf: true, pixelRatio: iconPixelRatio })`; MapLibre
 * colours it by `icon-color` and rims it by `icon-halo-color`.
 */
export function shapeImage(
	shape: ShapeName,
	iconPixels = 24
): { width: number; height: number; data: Uint8ClampedArray<ArrayBuffer> } {
	const radius = (iconPixels * iconPixelRatio) / 2;
	const size = Math.ceil(radius * 2) + 2 * marginPixels;
	const data = new Uint8ClampedArray(size * size * 4);
	for (let row = 0; row < size; row++) {
		for (let column = 0; column < size; column++) {
			const x = (column + 0.5 - size / 2) / radius;
			const y = (row + 0.5 - size / 2) / radius;
			const distancePixels = signedDistance(shape, x, y) * radius;
			data[(row * size + column) * 4 + 3] = Math.round(255 * (outlineValue - distancePixels / spanPixels));
		}
	}
	return { width: size, height: size, data };
}
