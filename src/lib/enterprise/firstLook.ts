import type { Position } from 'geojson';
import { boundsOf, labelPoint, type AreaBoundaries } from '#lib/area/boundary.ts';
import { circleRadius, polygons, ring } from '#lib/ui/map/shapes.ts';
import { bandChoice, bandChoices, bandLook, type BandChoice } from './band.ts';
import type { MapEnterprise } from './mapEnterprise.ts';

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
	/** One path of all dots of a band, the mildest first, so that the worst lie on top. */
	dots: { band: BandChoice; colour: string; path: string; isStroke: boolean }[];
}

const width = 1000;
const dotRadius = 4.2;
const marginShare = 0.04;

const mercatorY = (latitude: number): number =>
	Math.log(Math.tan(Math.PI / 4 + (latitude * Math.PI) / 360)) * (180 / Math.PI);

const tenth = (value: number): number => Math.round(value * 10) / 10;

/** null when no community has a boundary. */
export function drawFirstLook(
	boundaries: AreaBoundaries,
	enterprises: readonly MapEnterprise[]
): FirstLook | null {
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
		dots: bandChoices.toReversed().flatMap((band) => dotsOf(band, enterprises, place))
	};
}

function dotsOf(
	band: BandChoice,
	enterprises: readonly MapEnterprise[],
	place: (at: Position) => [number, number]
): FirstLook['dots'] {
	const outline = outlineOf(band);
	const path = enterprises
		.filter((each) => each.longitude !== null && bandChoice(each.band) === band)
		.map(({ longitude, latitude }) => `M${place([longitude!, latitude!]).join(' ')}${outline}`)
		.join('');
	return path
		? [{ band, colour: bandLook(band === 'none' ? null : band).colour, path, isStroke: band === 'none' }]
		: [];
}

/** The shape around the point a path has moved to, in relative steps. */
function outlineOf(band: BandChoice): string {
	const { shape } = bandLook(band === 'none' ? null : band);
	const polygon = polygons[shape];
	if (polygon) {
		let [x, y] = [0, 0];
		const steps = polygon.map(([px, py]) => {
			const [nx, ny] = [tenth(px * dotRadius), tenth(py * dotRadius)];
			const step = `${tenth(nx - x)} ${tenth(ny - y)}`;
			[x, y] = [nx, ny];
			return step;
		});
		return `m${steps.join('l')}z`;
	}
	const radius = tenth((shape === 'ring' ? ring.radius : circleRadius) * dotRadius);
	return `m${-radius} 0a${radius} ${radius} 0 1 0 ${tenth(2 * radius)} 0a${radius} ${radius} 0 1 0 ${tenth(-2 * radius)} 0`;
}
