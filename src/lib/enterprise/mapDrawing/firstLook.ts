import { boundsOf, labelPoint, type AreaBoundaries } from '#lib/area/boundary.ts';
import { pictureOf, type Picture } from '#lib/area/picture.ts';
import { polygons, type ShapeName } from '#lib/ui/map/shapes.ts';
import { bandChoices, choiceLook } from '../band.ts';
import { directionLook, directions, type ComparedDot } from '../comparison/comparison.ts';
import type { Dot } from '../mapIndex/firstDots.ts';
import type { AreaShade } from './areaShades.ts';
import type { MapLayer } from './mapLayer.ts';

/**
 * The map before there is a map: community shapes and dots as SVG paths, made on the server, so that the first
 * look needs no script and a device without WebGL has a picture too. Units are those of the view box.
 */
export interface FirstLook {
	width: number;
	height: number;
	/** west, south, east, north in degrees: where the real map begins, so that nothing jumps. */
	bounds: [number, number, number, number];
	areas: FirstArea[];
	/**
	 * One path of all dots of a kind, the mildest first, so that the worst lie on top. `round` paths are points
	 * without length that a round line cap makes dots of: a quarter of the bytes of drawn circles.
	 */
	dots: { key: string; colour: string; path: string; kind: 'round' | 'hollow' | 'shape' }[];
	/** What the shades and figures of the areas are of; null: there are dots instead. */
	shadedBy: MapLayer | null;
}

export interface FirstArea {
	scope: string;
	name: string;
	path: string;
	label: [number, number];
	/** Its name would reach far beyond it and is left out; lists have it. */
	isSmall: boolean;
	shade: AreaShade | null;
}

/** Dots that look the same. WGS-84 degrees. */
export interface DotGroup {
	key: string;
	shape: ShapeName;
	colour: string;
	points: readonly (readonly [number, number])[];
}

const frame = { width: 1000, margin: 40, grain: 0.8 };
const dotRadius = 4.6;
/** About as wide as a character of a name. */
const characterWidth = 19;

/** null when no community has a boundary. */
export function drawFirstLook(
	boundaries: AreaBoundaries,
	groups: readonly DotGroup[],
	shaded: { layer: MapLayer; shades: readonly AreaShade[] } | null = null
): FirstLook | null {
	const bounds = boundsOf(boundaries);
	if (!bounds) return null;
	const picture = pictureOf(bounds, frame);
	return {
		width: picture.width,
		height: picture.height,
		bounds,
		areas: boundaries.features.map(({ properties: { scope, name }, geometry }, at) => ({
			scope,
			name,
			path: picture.path(geometry),
			label: picture.place(labelPoint(geometry)),
			isSmall: widthOf(geometry, picture) * 1.3 < name.length * characterWidth,
			shade: shaded?.shades[at] ?? null
		})),
		dots: groups.flatMap((group) => dotsOf(group, picture)),
		shadedBy: shaded?.layer ?? null
	};
}

function widthOf(geometry: AreaBoundaries['features'][number]['geometry'], { place }: Picture): number {
	const [west, south, east] = boundsOf({ features: [{ geometry }] })!;
	return place([east, south])[0] - place([west, south])[0];
}

/** 未评估 lies under everything, the most supervised on top. */
export const bandGroups = (dots: readonly Dot[]): DotGroup[] =>
	bandChoices.toReversed().map((band) => ({
		key: band,
		...choiceLook(band),
		points: dots.filter((dot) => dot.band === band).map(({ longitude, latitude }) => [longitude, latitude])
	}));

/** Everything, faint, under what changed. */
export const sameGroup = (dots: readonly Dot[]): DotGroup => ({
	key: 'same',
	...directionLook('same'),
	points: dots.map(({ longitude, latitude }) => [longitude, latitude])
});

/** What went worse lies on top. */
export const changeGroups = (dots: readonly ComparedDot[]): DotGroup[] =>
	directions
		.filter((direction) => direction !== 'same')
		.toReversed()
		.map((direction) => ({
			key: direction,
			...directionLook(direction),
			points: dots
				.filter((dot) => directions[dot[3]] === direction)
				.map(([, longitude, latitude]) => [longitude, latitude])
		}));

function dotsOf({ key, shape, colour, points }: DotGroup, { place }: Picture): FirstLook['dots'] {
	if (points.length === 0) return [];
	const outline = polygons[shape];
	const steps = outline ? stepsOf(outline) : 'h0';
	const path = points.map((point) => `M${place([...point]).join(' ')}${steps}`).join('');
	return [{ key, colour, path, kind: outline ? 'shape' : shape === 'circle' ? 'round' : 'hollow' }];
}

const tenth = (value: number): number => Math.round(value * 10) / 10;

/** A shape around the point a path has moved to, in relative steps. */
function stepsOf(outline: readonly (readonly [number, number])[]): string {
	let [x, y] = [0, 0];
	const steps = outline.map(([px, py]) => {
		const [nx, ny] = [tenth(px * dotRadius), tenth(py * dotRadius)];
		const step = `${tenth(nx - x)} ${tenth(ny - y)}`;
		[x, y] = [nx, ny];
		return step;
	});
	return `m${steps.join('l')}z`;
}
