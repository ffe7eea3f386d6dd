import { expect, test } from 'vitest';
import { strokesSchema } from '#lib/inspection/inspection.ts';
import {
	addStroke,
	drawnLengthPixels,
	placeDrawing,
	withoutLastStroke,
	type Drawing
} from '#lib/ui/strokes.ts';

const portrait = { width: 320, height: 240 };
const landscape = { width: 700, height: 150 };
const startedAt = 1_795_000_000_000;
const line = (from: [number, number], to: [number, number], after = 0) => [
	{ x: from[0], y: from[1], time: startedAt + after },
	{ x: to[0], y: to[1], time: startedAt + after + 80 }
];
const onScreen = (drawing: Drawing, pad: typeof portrait) => {
	const { scale, offsetX, offsetY } = placeDrawing(drawing, pad);
	return drawing.strokes.flat().map(({ x, y }) => ({ x: x * scale + offsetX, y: y * scale + offsetY }));
};

test('a stroke is kept as drawn, with time since the first point', () => {
	const drawing = addStroke(null, line([10, 20], [110, 20]), portrait, startedAt);
	expect(drawing).toEqual({
		widthPixels: 320,
		heightPixels: 240,
		strokes: [
			[
				{ x: 10, y: 20, t: 0 },
				{ x: 110, y: 20, t: 80 }
			]
		]
	});
	expect(drawnLengthPixels(drawing)).toBe(100);
});

test('what is drawn is what a record may hold', () => {
	const drawing = addStroke(
		addStroke(null, line([0, 0], [5, 5]), portrait, startedAt),
		line([9, 9], [50, 50], 300),
		portrait,
		startedAt
	);
	expect(strokesSchema.parse(drawing)).toEqual(drawing);
});

test('turning the screen there and back leaves the signature as it was, whole and in sight', () => {
	const drawing = addStroke(null, line([4, 4], [316, 236]), portrait, startedAt);
	for (const { x, y } of onScreen(drawing, landscape)) {
		expect(x).toBeGreaterThanOrEqual(0);
		expect(x).toBeLessThanOrEqual(landscape.width);
		expect(y).toBeGreaterThanOrEqual(0);
		expect(y).toBeLessThanOrEqual(landscape.height);
	}
	expect(onScreen(drawing, portrait)).toEqual(drawing.strokes.flat().map(({ x, y }) => ({ x, y })));
});

test('a stroke added after turning lands under the pen, and nothing leaves the frame', () => {
	const first = addStroke(null, line([10, 10], [300, 200]), portrait, startedAt);
	const both = addStroke(first, line([2, 2], [690, 140], 500), landscape, startedAt);
	expect(both.strokes).toHaveLength(2);
	for (const { x, y } of both.strokes.flat()) {
		expect(x).toBeGreaterThanOrEqual(0);
		expect(y).toBeGreaterThanOrEqual(0);
		expect(x).toBeLessThanOrEqual(both.widthPixels);
		expect(y).toBeLessThanOrEqual(both.heightPixels);
	}
	const lengthBefore = drawnLengthPixels(first);
	expect(drawnLengthPixels({ ...both, strokes: both.strokes.slice(0, 1) })).toBeCloseTo(lengthBefore, 0);
});

test('undo takes one stroke; the last one leaves nothing', () => {
	const one = addStroke(null, line([1, 1], [2, 2]), portrait, startedAt);
	const two = addStroke(one, line([3, 3], [4, 4], 200), portrait, startedAt);
	expect(withoutLastStroke(two)).toEqual(one);
	expect(withoutLastStroke(one)).toBeNull();
	expect(drawnLengthPixels(null)).toBe(0);
});
