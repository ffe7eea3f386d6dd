import { expect, test } from 'vitest';
import { featureStateChanges, shapeIcon, shapeOfIcon, styleOf } from '#lib/ui/map/drawing.ts';
import { shapeImage, shapeNames, signedDistance } from '#lib/ui/map/shapes.ts';

const isInside = (shape: (typeof shapeNames)[number], x: number, y: number) =>
	signedDistance(shape, x, y) < 0;

test('the shapes differ where it matters: centre, corners, gaps', () => {
	expect(shapeNames.filter((shape) => !isInside(shape, 0, 0))).toEqual(['ring', 'dashed-ring']);
	expect(isInside('square', 0.7, 0.7)).toBe(true);
	expect(isInside('circle', 0.7, 0.7)).toBe(false);
	expect(isInside('diamond', 0, -0.95)).toBe(true);
	expect(isInside('triangle', 0.6, -0.6)).toBe(false);
	expect(isInside('ring', 0.72, 0)).toBe(true);
	expect(isInside('dashed-ring', 0.86, 0)).toBe(true);
	const gap = Math.PI / 8;
	expect(isInside('dashed-ring', 0.86 * Math.cos(gap), 0.86 * Math.sin(gap))).toBe(false);
});

test.each([...shapeNames])('the image of %s is empty at its rim, so that it is never cut off', (shape) => {
	const { width, height, data } = shapeImage(shape);
	expect(data).toHaveLength(width * height * 4);
	const outline = 0.75 * 255;
	for (let i = 0; i < width; i++) {
		for (const at of [i, (height - 1) * width + i, i * width, i * width + width - 1]) {
			expect(data[at * 4 + 3]!).toBeLessThan(outline);
		}
	}
	expect(Math.max(...data)).toBeGreaterThan(outline);
});

test('the name of an icon leads back to its shape, and other icons are not ours', () => {
	expect(shapeOfIcon(shapeIcon('diamond'))).toBe('diamond');
	expect(shapeOfIcon('marker-15')).toBeNull();
});

test('the style holds no address of fonts or sprites: labels are drawn on the device', () => {
	const style = styleOf({ sources: {}, layers: [] }, () => '#ffffff');
	expect(style).not.toHaveProperty('glyphs');
	expect(style).not.toHaveProperty('sprite');
	expect(JSON.stringify(style)).not.toContain('http');
});

test('feature states: only what changed is told to the map', () => {
	const a = { source: 's', id: 1, state: { band: 'key' } };
	const b = { source: 's', id: 2, state: { band: 'normal', pending: true } };
	expect(featureStateChanges([], [a, b])).toEqual({ removed: [], set: [a, b] });
	expect(featureStateChanges([a, b], [{ ...a }, b])).toEqual({ removed: [], set: [] });
	expect(featureStateChanges([a, b], [b])).toEqual({ removed: [a], set: [] });
	const calm = { source: 's', id: 2, state: { band: 'normal' } };
	expect(featureStateChanges([a, b], [a, calm])).toEqual({ removed: [b], set: [calm] });
});
