import type { Translate } from '#lib/messages/index.ts';
import { safe, type Markup } from './markup.ts';
import type { TracePoint } from './trace.ts';

/** One degree of latitude on the sphere that every drawing of some hundred metres may stand on. */
const metresPerDegree = 111_320;
const sizePixels = 480;
const marginPixels = 40;
/** A single point, or several at one door, still show some ground. */
const smallestMetres = 20;

interface Drawn {
	point: TracePoint;
	x: number;
	y: number;
}

interface Plan {
	drawn: Drawn[];
	pixelsPerMetre: number;
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** Metres east and north of the first point, fitted into the square with their circles of accuracy. */
function fit(points: readonly TracePoint[]): Plan {
	const origin = points[0]!;
	const perLongitude = metresPerDegree * Math.cos((origin.latitude * Math.PI) / 180);
	const at = points.map((point) => ({
		point,
		east: (point.longitude - origin.longitude) * perLongitude,
		north: (point.latitude - origin.latitude) * metresPerDegree,
		reach: point.kind === 'check_in' ? (point.accuracyMetres ?? 0) : 0
	}));
	const [west, east] = [
		Math.min(...at.map((p) => p.east - p.reach)),
		Math.max(...at.map((p) => p.east + p.reach))
	];
	const [south, north] = [
		Math.min(...at.map((p) => p.north - p.reach)),
		Math.max(...at.map((p) => p.north + p.reach))
	];
	const spanMetres = Math.max(east - west, north - south, smallestMetres);
	const pixelsPerMetre = (sizePixels - 2 * marginPixels) / spanMetres;
	const middle = { east: (west + east) / 2, north: (south + north) / 2 };
	return {
		pixelsPerMetre,
		drawn: at.map(({ point, east, north }) => ({
			point,
			x: round(sizePixels / 2 + (east - middle.east) * pixelsPerMetre),
			y: round(sizePixels / 2 - (north - middle.north) * pixelsPerMetre)
		}))
	};
}

/** The longest of 1, 2, 5 × 10ⁿ metres that is no longer than a quarter of the drawing. */
export function scaleBarMetres(pixelsPerMetre: number): number {
	const most = sizePixels / 4 / pixelsPerMetre;
	const power = 10 ** Math.floor(Math.log10(most));
	return [5, 2, 1].map((factor) => factor * power).find((metres) => metres <= most) ?? power;
}

const marks: Record<TracePoint['kind'], (drawn: Drawn, pixelsPerMetre: number) => Markup> = {
	door: ({ x, y }) =>
		safe`<path d="M${x - 7} ${y + 7}h14v-14h-14z" fill="#1f5fbf" stroke="#fff" stroke-width="2"/>`,
	check_in: ({ x, y, point }, pixelsPerMetre) =>
		safe`<circle cx="${x}" cy="${y}" r="${round((point.accuracyMetres ?? 0) * pixelsPerMetre)}" fill="#1f5fbf" fill-opacity="0.08" stroke="#1f5fbf" stroke-dasharray="4 3"/><circle cx="${x}" cy="${y}" r="6" fill="#fff" stroke="#1f5fbf" stroke-width="3"/>`,
	hazard: ({ x, y, point }) =>
		safe`<path d="M${x} ${y - 10}l9 16h-18z" fill="#b42318" stroke="#fff" stroke-width="2"/><text x="${x + 11}" y="${y + 5}" font-size="14" fill="#b42318" stroke="#fff" stroke-width="3" paint-order="stroke">${point.number}</text>`,
	photo: ({ x, y }) => safe`<circle cx="${x}" cy="${y}" r="3" fill="#555"/>`
};

/** What is small lies above what is large. */
const order: TracePoint['kind'][] = ['check_in', 'door', 'photo', 'hazard'];

/** A drawing of the place without a base map: door, check-ins with their accuracy, hazards, photos; a scale and north. */
export function placeSketch(points: readonly TracePoint[], t: Translate): string {
	const { drawn, pixelsPerMetre } = fit(points);
	const barMetres = scaleBarMetres(pixelsPerMetre);
	const barPixels = round(barMetres * pixelsPerMetre);
	const kinds = order.filter((kind) => points.some((point) => point.kind === kind));
	const bottom = sizePixels + 16;
	return safe`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${sizePixels} ${sizePixels + 32 + kinds.length * 22}" font-family="sans-serif" role="img" aria-label="${t('bundle.place')}"><rect width="100%" height="100%" fill="#fff"/><rect x="0.5" y="0.5" width="${sizePixels - 1}" height="${sizePixels - 1}" fill="#f6f7f9" stroke="#c9ced6"/>${kinds.map((kind) => drawn.filter(({ point }) => point.kind === kind).map((one) => marks[kind](one, pixelsPerMetre)))}<path d="M16 ${sizePixels - 16}v-6m0 3h${barPixels}m0 -3v6" fill="none" stroke="#333" stroke-width="2"/><text x="16" y="${sizePixels - 28}" font-size="13" fill="#333">${t('bundle.metres', { count: barMetres })}</text><path d="M${sizePixels - 24} 44v-28l-6 10m6 -10l6 10" fill="none" stroke="#333" stroke-width="2"/><text x="${sizePixels - 30}" y="60" font-size="13" fill="#333">${t('bundle.north')}</text>${kinds.map((kind, index) => legend(kind, bottom + index * 22, t))}</svg>`
		.markup;
}

function legend(kind: TracePoint['kind'], y: number, t: Translate): Markup {
	const sample: Drawn = {
		x: 20,
		y,
		point: { kind, longitude: 0, latitude: 0, accuracyMetres: null, at: null, about: '', number: 1 }
	};
	return safe`${marks[kind](sample, 1)}<text x="44" y="${y + 5}" font-size="13" fill="#333">${t(`bundle.point.${kind}`)}</text>`;
}
