import type { ExpressionSpecification } from 'maplibre-gl';

/** Where points come from: the tiles, or what has changed since they came. */
export type PointSource = 'tiles' | 'changed';

export const sourceOf = (source: PointSource) =>
	source === 'tiles' ? { source: 'enterprises', 'source-layer': 'points' } : { source: 'changed' };

/** A number of a feature; tiles leave zeros out. */
export const number = (name: string): ExpressionSpecification => ['coalesce', ['get', name], 0];

export const isPositive = (name: string): ExpressionSpecification => ['>', number(name), 0];

/** Of a dot that has changed since its tile came only the changed one is seen. */
export const unlessChanged = (opacity = 1): ExpressionSpecification => [
	'case',
	['boolean', ['feature-state', 'changed'], false],
	0,
	opacity
];

/** `values[0]` where the number is 0, `values[1]` where it is 1, and so on. */
export const byCode = (name: string, values: readonly string[]): ExpressionSpecification =>
	[
		'match',
		number(name),
		...values.slice(1).flatMap((value, code) => [code + 1, value]),
		values[0]!
	] as unknown as ExpressionSpecification;

/** Dots grow with the zoom so that a street reads as a pattern and a block as single doors. */
export const byZoom = (far: number, middle: number, near: number): ExpressionSpecification => [
	'interpolate',
	['linear'],
	['zoom'],
	11,
	far,
	14.5,
	middle,
	17.5,
	near
];

/** Symbols never hide each other: a map that leaves dots out says something untrue. */
export const placed = { 'icon-allow-overlap': true, 'icon-ignore-placement': true } as const;
export const placedText = { 'text-allow-overlap': true, 'text-ignore-placement': true } as const;
