import type { MultiPolygon, Position } from 'geojson';

/** Where places of the earth lie in a picture: Web Mercator, north up, in the units of its view box. */
export interface Picture {
	width: number;
	height: number;
	place(at: Position): [number, number];
	/** An area as an SVG path; corners nearer to each other than `grain` are one. */
	path(area: MultiPolygon): string;
}

interface Frame {
	width: number;
	margin: number;
	/** A long thin place is not drawn higher than this, and stands in the middle. */
	tallest?: number;
	/** What is finer is left out, in units of the picture. */
	grain?: number;
}

const mercatorY = (latitude: number): number =>
	Math.log(Math.tan(Math.PI / 4 + (latitude * Math.PI) / 360)) * (180 / Math.PI);

const tenth = (value: number): number => Math.round(value * 10) / 10;

/** @param bounds west, south, east, north in degrees: what fills the picture within its margin */
export function pictureOf(
	[west, south, east, north]: readonly [number, number, number, number],
	{ width, margin, tallest = Infinity, grain = 0 }: Frame
): Picture {
	const [bottom, top] = [mercatorY(south), mercatorY(north)];
	const scale = Math.min((width - 2 * margin) / (east - west), (tallest - 2 * margin) / (top - bottom));
	const inset = (width - (east - west) * scale) / 2;
	const place = ([longitude, latitude]: Position): [number, number] => [
		tenth((longitude! - west) * scale + inset),
		tenth((top - mercatorY(latitude!)) * scale + margin)
	];
	return {
		width,
		height: Math.ceil((top - bottom) * scale + 2 * margin),
		place,
		path: ({ coordinates }) =>
			coordinates
				.flat()
				.map((ring) => ringPath(ring.map(place), grain))
				.join('')
	};
}

/** Nothing is left of a ring that would be a line. */
function ringPath(corners: readonly [number, number][], grain: number): string {
	const kept: [number, number][] = [];
	for (const [x, y] of corners) {
		const last = kept.at(-1);
		if (!last || Math.abs(x - last[0]) + Math.abs(y - last[1]) > grain) kept.push([x, y]);
	}
	return kept.length < 3 ? '' : `M${kept.map((corner) => corner.join(' ')).join('L')}Z`;
}
