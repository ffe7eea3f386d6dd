import type { Position } from 'geojson';
import { boundsOf, labelPoint, type AreaBoundaries } from '#lib/area/boundary.ts';
import { polygons } from '#lib/ui/map/shapes.ts';
import { bandChoices, choiceLook, type BandChoice } from '../band.ts';
import type { Dot } from '../mapIndex/firstDots.ts';

/**
 * The map before there is a map: community shapes and dots as SVG paths, made on the server, so that the first
 * look needs no script and a device without WebGL has a picture too. Units are those of the view box.
 */
export interface FirstLook {
	width: number;
	height: number;
	/** west, south, east, north in degrees: where the real map begins, so that nothing jumps. */
	bounds: [number, number, number, number];
	areas: { scope: string; name: string; path: string; label: [number, number] }[];
	/**
	 * One path of all dots of a band, the mildest first, so that the worst lie on top. `round` paths are points
	 * without length that a round line cap makes dots of: a quarter of the bytes of drawn circles.
	 */
	dots: { band: BandChoice; colour: string; path: string; kind: 'round' | 'hollow' | 'shape' }[];
}

const width = 1000;
const dotRadius = 4.6;
const marginShare = 0.04;

const mercatorY = (latitude: number): number =>
	Math.log(Math.tan(Math.PI / 4 + (latitude * Math.PI) / 360)) * (180 / Math.PI);

const tenth = (value: number): number => Math.round(value * 10) / 10;

/** null when no community has a boundary. */
export function drawFirstLook(boundaries: AreaBoundaries, dots: readonly Dot[]): FirstLook | null {
	const bounds = boundsOf(boundaries);
	if (!bounds) return null;
	const [west, south, east, north] = bounds;
	const scale = (width * (1 - 2 * marginShare)) / (east - west);
	const [bottom, top] = [mercatorY(south), mercatorY(north)];
	const height = Math.round((top - bottom) * scale + 2 * marginShare * width);
	const place = ([longitude, latitude]: Position): [number, number] => [
		tenth((longitude! - west) * scale + marginShare * width),
		tenth((top - mercatorY(latitude!)) * scale + marginShare * width)
	];
	return {
		width,
		height,
		bounds,
		areas: boundaries.features.map(({ properties: { scope, name }, geometry }) => ({
			scope,
			name,
			path: geometry.coordinates
				.flat()
				.map((corners) => `M${corners.map((corner) => place(corner).join(' ')).join('L')}Z`)
				.join(''),
			label: place(labelPoint(geometry))
		})),
		dots: bandChoices.toReversed().flatMap((band) => dotsOf(band, dots, place))
	};
}

function dotsOf(
	band: BandChoice,
	dots: readonly Dot[],
	place: (at: Position) => [number, number]
): FirstLook['dots'] {
	const { shape, colour } = choiceLook(band);
	const outline = polygons[shape];
	const steps = outline ? stepsOf(outline) : 'h0';
	const path = dots
		.filter((dot) => dot.band === band)
		.map(({ longitude, latitude }) => `M${place([longitude, latitude]).join(' ')}${steps}`)
		.join('');
	if (!path) return [];
	return [{ band, colour, path, kind: outline ? 'shape' : shape === 'ring' ? 'hollow' : 'round' }];
}

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
