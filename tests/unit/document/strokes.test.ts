import { describe, expect, it } from 'vitest';
import { drawStrokes, strokesSvg } from '#lib/document/strokes.ts';
import type { Strokes } from '#lib/inspection/inspection.ts';
import { drawnSignature } from '#lib/document/sampleContent.ts';

const pad = (...strokes: [number, number][][]): Strokes => ({
	widthPixels: 300,
	heightPixels: 120,
	strokes: strokes.map((stroke) => stroke.map(([x, y], i) => ({ x, y, t: i })))
});

describe('a drawn signature as vectors', () => {
	it('starts and ends where the finger did, and bends through the middles between', () => {
		const { path } = drawStrokes(
			pad([
				[10, 10],
				[20, 30],
				[40, 30],
				[60, 10]
			])
		);
		expect(path).toBe('M10 10Q20 30 30 30Q40 30 50 20L60 10');
	});

	it('a tap is a dot and two strokes stay two', () => {
		expect(
			drawStrokes(
				pad(
					[[5, 5]],
					[
						[8, 8],
						[9, 12]
					]
				)
			).path
		).toBe('M5 5l0.1 0M8 8L9 12');
	});

	it('is cropped to what was drawn, with room for the pen', () => {
		const { viewBox, strokeWidth } = drawStrokes(
			pad([
				[100, 40],
				[160, 90]
			])
		);
		expect(strokeWidth).toBe(2);
		expect(viewBox).toEqual({ x: 96, y: 36, width: 68, height: 58 });
	});

	it('gives the same bytes for the same drawing, with numbers only in it', () => {
		const svg = strokesSvg(drawnSignature(2));
		expect(svg).toBe(strokesSvg(structuredClone(drawnSignature(2))));
		expect(svg).toMatch(/<path d="[MQLl0-9. -]+" fill/);
	});

	it('no stroke at all is a defect: an empty signature never gets this far', () => {
		expect(() => drawStrokes(pad())).toThrow(/got no points/);
	});
});
