import SignaturePad, { type PointGroup } from 'signature_pad';
import { addStroke, placeDrawing, type Drawing, type PadSize } from './strokes.ts';

export interface SignatureSurface {
	/** Draws a drawing, e.g. one kept from before, or none. */
	show: (drawing: Drawing | null) => void;
	close: () => void;
}

/** A pause of this length is put between the strokes of a drawing that is taken up again later. */
const resumedAfterMilliseconds = 1000;

/**
 * Lets a person draw on a canvas whose size is set by CSS. Each finished stroke is reported with the whole
 * drawing; a change of size (a turned phone) ends the stroke under way and draws everything anew.
 */
export function openSignatureSurface(
	canvas: HTMLCanvasElement,
	onstroke: (drawing: Drawing) => void
): SignatureSurface {
	const pad = new SignaturePad(canvas, { minWidth: 0.9, maxWidth: 2.6 });
	let drawing: Drawing | null = null;
	let shown: PadSize = { width: 0, height: 0 };
	let isDrawing = false;
	/** Epoch ms of the drawing's first point; unknown for one that was kept from before. */
	let startedAt: number | null = null;

	function redraw(): void {
		shown = { width: canvas.clientWidth, height: canvas.clientHeight };
		const ratio = Math.max(1, devicePixelRatio);
		canvas.width = Math.round(shown.width * ratio);
		canvas.height = Math.round(shown.height * ratio);
		canvas.getContext('2d')?.scale(ratio, ratio);
		pad.penColor = getComputedStyle(canvas).color;
		pad.fromData(drawing ? pointGroups(pad, drawing, shown) : []);
	}

	function finishStroke(): void {
		isDrawing = false;
		const points = pad.toData().at(-1)?.points ?? [];
		if (points.length === 0) return;
		const lastPoint = drawing?.strokes.at(-1)?.at(-1);
		if (!lastPoint) startedAt = points[0]!.time;
		startedAt ??= points[0]!.time - (lastPoint?.t ?? 0) - resumedAfterMilliseconds;
		drawing = addStroke(drawing, points, shown, startedAt);
		onstroke(drawing);
	}

	pad.addEventListener('beginStroke', () => (isDrawing = true));
	pad.addEventListener('endStroke', finishStroke);
	const observer = new ResizeObserver(() => {
		if (isDrawing) {
			finishStroke();
			// Redrawing makes signature_pad forget the pointer but not that it draws: without this it takes no stroke again.
			pad.off();
			pad.on();
		}
		redraw();
	});
	observer.observe(canvas);
	const scheme = matchMedia('(prefers-color-scheme: dark)');
	scheme.addEventListener('change', redraw);

	return {
		show(next) {
			if (next === drawing && shown.width > 0) return;
			drawing = next;
			if (!next) startedAt = null;
			redraw();
		},
		close() {
			pad.off();
			observer.disconnect();
			scheme.removeEventListener('change', redraw);
		}
	};
}

function pointGroups(pad: SignaturePad, drawing: Drawing, size: PadSize): PointGroup[] {
	const { scale, offsetX, offsetY } = placeDrawing(drawing, size);
	const { dotSize, minWidth, maxWidth, penColor, velocityFilterWeight, compositeOperation } = pad;
	return drawing.strokes.map((stroke) => ({
		...{ dotSize, minWidth, maxWidth, penColor, velocityFilterWeight, compositeOperation },
		points: stroke.map(({ x, y, t }) => ({
			x: x * scale + offsetX,
			y: y * scale + offsetY,
			time: t,
			pressure: 0
		}))
	}));
}
