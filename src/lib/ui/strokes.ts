/**
 * A drawing by hand as data: strokes of points in pixels of a frame, with time in ms since its first point.
 * Kept as drawn; what is on the screen is computed from it, so turning the screen loses nothing.
 */
export interface StrokePoint {
	x: number;
	y: number;
	t: number;
}
export interface Drawing {
	widthPixels: number;
	heightPixels: number;
	strokes: StrokePoint[][];
}
export interface PadSize {
	width: number;
	height: number;
}

/** How a drawing lies on a pad: `screen = drawing × scale + offset`. It fits whole and is never enlarged. */
export interface Placement {
	scale: number;
	offsetX: number;
	offsetY: number;
}

export function placeDrawing(drawing: Drawing | null, pad: PadSize): Placement {
	if (!drawing || drawing.strokes.length === 0) return { scale: 1, offsetX: 0, offsetY: 0 };
	const scale = Math.min(1, pad.width / drawing.widthPixels, pad.height / drawing.heightPixels);
	return {
		scale,
		offsetX: (pad.width - drawing.widthPixels * scale) / 2,
		offsetY: (pad.height - drawing.heightPixels * scale) / 2
	};
}

const round = (value: number): number => Math.round(value * 10) / 10;

/**
 * Adds a stroke drawn on the pad. On a pad that is wider or higher than the drawing's frame it may lie outside
 * the frame; then the frame grows, because a signature is never cut off.
 * @param points on the pad, with `time` in ms since the epoch
 * @param startedAt ms since the epoch of the drawing's first point
 */
export function addStroke(
	drawing: Drawing | null,
	points: readonly { x: number; y: number; time: number }[],
	pad: PadSize,
	startedAt: number
): Drawing {
	const { scale, offsetX, offsetY } = placeDrawing(drawing, pad);
	const frame =
		drawing && drawing.strokes.length > 0
			? drawing
			: { widthPixels: Math.ceil(pad.width), heightPixels: Math.ceil(pad.height), strokes: [] };
	const stroke = points.map((point) => ({
		x: round((point.x - offsetX) / scale),
		y: round((point.y - offsetY) / scale),
		t: Math.max(0, Math.round(point.time - startedAt))
	}));
	return grown({ ...frame, strokes: [...frame.strokes, stroke] });
}

/** Moves the frame so that every point lies inside it; a frame that holds all its points stays as it is. */
function grown(drawing: Drawing): Drawing {
	const points = drawing.strokes.flat();
	const left = Math.floor(Math.min(0, ...points.map((point) => point.x)));
	const top = Math.floor(Math.min(0, ...points.map((point) => point.y)));
	const right = Math.ceil(Math.max(drawing.widthPixels, ...points.map((point) => point.x)));
	const bottom = Math.ceil(Math.max(drawing.heightPixels, ...points.map((point) => point.y)));
	const moved =
		left === 0 && top === 0
			? drawing.strokes
			: drawing.strokes.map((stroke) =>
					stroke.map(({ x, y, t }) => ({ x: round(x - left), y: round(y - top), t }))
				);
	return { widthPixels: right - left, heightPixels: bottom - top, strokes: moved };
}

/** The drawing without its last stroke; `null` when nothing is left. */
export const withoutLastStroke = (drawing: Drawing): Drawing | null =>
	drawing.strokes.length > 1 ? { ...drawing, strokes: drawing.strokes.slice(0, -1) } : null;

/** The way the pen went, in pixels: tells a signature from a tap. */
export function drawnLengthPixels(drawing: Drawing | null): number {
	let length = 0;
	for (const stroke of drawing?.strokes ?? []) {
		for (let i = 1; i < stroke.length; i++) {
			length += Math.hypot(stroke[i]!.x - stroke[i - 1]!.x, stroke[i]!.y - stroke[i - 1]!.y);
		}
	}
	return length;
}
