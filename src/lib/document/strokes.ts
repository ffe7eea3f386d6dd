import type { Strokes } from '#lib/inspection/inspection.ts';

/** A drawn signature as vectors: `path` is SVG path data inside `viewBox`, cropped to what was drawn. */
export interface StrokesDrawing {
	path: string;
	viewBox: { x: number; y: number; width: number; height: number };
	strokeWidth: number;
}

interface Point {
	x: number;
	y: number;
}

/** A tenth of a pad pixel is finer than any printer, and keeps the text the same on every machine. */
const rounded = (value: number): number => Math.round(value * 10) / 10;
const at = ({ x, y }: Point): string => `${rounded(x)} ${rounded(y)}`;
const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });

/** Quadratic curves through the middles of neighbouring points: smooth, and never outside what was drawn. */
function strokePath(points: readonly Point[]): string {
	const first = points[0]!;
	const last = points.at(-1)!;
	// A tap has no length; a hair of a line lets round caps draw its dot.
	if (points.length === 1) return `M${at(first)}l0.1 0`;
	let path = `M${at(first)}`;
	for (let i = 1; i < points.length - 1; i++) {
		path += `Q${at(points[i]!)} ${at(middle(points[i]!, points[i + 1]!))}`;
	}
	return `${path}L${at(last)}`;
}

/**
 * Strokes → one SVG path. The same drawing stands on the screen and in the PDF.
 * @throws when there is no stroke: an empty signature is refused long before it is drawn.
 */
export function drawStrokes(strokes: Strokes): StrokesDrawing {
	const points = strokes.strokes.flat();
	if (points.length === 0) throw new RangeError('drawStrokes: got no points, expected at least one stroke');
	const xs = points.map(({ x }) => x);
	const ys = points.map(({ y }) => y);
	// A pen of about 1/60 of the pad's height, as the pad itself draws it.
	const strokeWidth = rounded(Math.max(2, strokes.heightPixels / 60));
	const margin = strokeWidth * 2;
	const left = Math.min(...xs) - margin;
	const top = Math.min(...ys) - margin;
	return {
		path: strokes.strokes.map(strokePath).join(''),
		viewBox: {
			x: rounded(left),
			y: rounded(top),
			width: rounded(Math.max(...xs) + margin - left),
			height: rounded(Math.max(...ys) + margin - top)
		},
		strokeWidth
	};
}

/** The drawing as a file of its own; numbers only, so nothing in it needs escaping. */
export function strokesSvg(strokes: Strokes): string {
	const { path, viewBox, strokeWidth } = drawStrokes(strokes);
	const { x, y, width, height } = viewBox;
	return (
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="${x} ${y} ${width} ${height}" width="${width}" height="${height}">` +
		`<path d="${path}" fill="none" stroke="#111" stroke-width="${strokeWidth}" stroke-linecap="round" stroke-linejoin="round"/></svg>`
	);
}
