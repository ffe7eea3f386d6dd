import { isIsoDate, type IsoDate } from '#lib/calendar.ts';
import type { LonLat } from '#lib/spatial/coordinateSystem.ts';
import type { RiskLevel } from '#scoring';
import { isBandChoice, type BandChoice } from '../band.ts';
import { riskLevels } from '../risk/riskLook.ts';
import type { MapEnterprise } from './mapEnterprise.ts';

/** When an enterprise was last checked; `never` stands by itself. Days are included. */
export type Seen = { from: IsoDate | null; to: IsoDate | null } | 'never';

/** Around a place: WGS-84 degrees and metres. */
export interface Near {
	longitude: number;
	latitude: number;
	radiusMetres: number;
}

/** What of the enterprises is looked at. Lives in the URL. */
export interface MapFilter {
	/** Words of name, address, credit code or initials; every one of them must be found. */
	q: string;
	siteTypes: readonly string[];
	bands: readonly BandChoice[];
	riskLevels: readonly RiskLevel[];
	/** Risk tags, any of them. */
	tags: readonly string[];
	departments: readonly string[];
	/** Only with open hazards. */
	onlyOpen: boolean;
	onlyOverdue: boolean;
	/** Only where a change of band waits for confirmation (待审). */
	onlyPending: boolean;
	seen: Seen | null;
	near: Near | null;
	/** Within an area that was drawn: its corners in WGS-84 degrees, at least three, the first not said again. */
	within: readonly LonLat[] | null;
	/** Below this scope: one community. '' is everywhere. */
	scope: string;
}

export const noFilter: MapFilter = {
	q: '',
	siteTypes: [],
	bands: [],
	riskLevels: [],
	tags: [],
	departments: [],
	onlyOpen: false,
	onlyOverdue: false,
	onlyPending: false,
	seen: null,
	near: null,
	within: null,
	scope: ''
};

const listOf = (text: string | null): string[] => (text ? text.split(',').filter(Boolean) : []);
const isRiskLevel = (text: string): text is RiskLevel => riskLevels.includes(text as RiskLevel);

/** `never`, or `2026-10-01..2026-10-31` with either day left out. */
function seenFrom(text: string | null): Seen | null {
	if (text === 'never') return 'never';
	const [from, to] = (text ?? '').split('..').map((day) => (isIsoDate(day) ? day : null));
	return from || to ? { from: from ?? null, to: to ?? null } : null;
}

const seenText = (seen: Seen | null): string | null =>
	seen === null || seen === 'never' ? seen : `${seen.from ?? ''}..${seen.to ?? ''}`;

const numbersOf = (text: string): number[] => text.split(',').map((part) => Number(part || Number.NaN));

/** More is no neighbourhood any more. */
export const mostRadiusMetres = 20_000;
/** An address holds no more. */
export const mostCorners = 60;

/** `121.01,31.02,500` */
function nearFrom(text: string | null): Near | null {
	const [longitude, latitude, radiusMetres, ...rest] = numbersOf(text ?? '');
	const isSaid = rest.length === 0 && [longitude, latitude, radiusMetres].every(Number.isFinite);
	return isSaid && radiusMetres! > 0 && radiusMetres! <= mostRadiusMetres
		? { longitude: longitude!, latitude: latitude!, radiusMetres: radiusMetres! }
		: null;
}

/** `121.01,31.02;121.02,31.02;121.02,31.03` */
function withinFrom(text: string | null): LonLat[] | null {
	const corners = (text ?? '').split(';').map(numbersOf);
	const isSaid = corners.every((corner) => corner.length === 2 && corner.every(Number.isFinite));
	return isSaid && corners.length >= 3 && corners.length <= mostCorners ? (corners as LonLat[]) : null;
}

/** Five places are a metre. */
const degreesText = (...degrees: number[]): string =>
	degrees.map((each) => Number(each.toFixed(5))).join(',');

export const filterFrom = (query: Pick<URLSearchParams, 'get'>): MapFilter => ({
	q: query.get('q')?.trim() ?? '',
	siteTypes: listOf(query.get('type')),
	bands: listOf(query.get('band')).filter(isBandChoice),
	riskLevels: listOf(query.get('risk')).filter(isRiskLevel),
	tags: listOf(query.get('tag')),
	departments: listOf(query.get('department')),
	onlyOpen: query.get('open') === '1',
	onlyOverdue: query.get('overdue') === '1',
	onlyPending: query.get('pending') === '1',
	seen: seenFrom(query.get('seen')),
	near: nearFrom(query.get('near')),
	within: withinFrom(query.get('within')),
	scope: /^\d+$/.test(query.get('area') ?? '') ? query.get('area')! : ''
});

/** The same filter as parameters of an address; null takes one away. */
export const filterQuery = (filter: MapFilter): Record<string, string | null> => ({
	q: filter.q || null,
	type: filter.siteTypes.join(',') || null,
	band: filter.bands.join(',') || null,
	risk: filter.riskLevels.join(',') || null,
	tag: filter.tags.join(',') || null,
	department: filter.departments.join(',') || null,
	open: filter.onlyOpen ? '1' : null,
	overdue: filter.onlyOverdue ? '1' : null,
	pending: filter.onlyPending ? '1' : null,
	seen: seenText(filter.seen),
	near:
		filter.near &&
		`${degreesText(filter.near.longitude, filter.near.latitude)},${Math.round(filter.near.radiusMetres)}`,
	within: filter.within && filter.within.map((corner) => degreesText(...corner)).join(';'),
	area: filter.scope || null
});

/** The filter as the end of an address: `type=hotel&open=1`, always in the same order. */
export const filterText = (filter: MapFilter): string =>
	new URLSearchParams(
		Object.entries(filterQuery(filter)).filter((entry): entry is [string, string] => entry[1] !== null)
	).toString();

export const isFiltered = (filter: MapFilter): boolean => filterText(filter) !== '';

/** `list` with `value` in it if it was not, and without it if it was. */
export const toggled = <Value>(list: readonly Value[], value: Value): Value[] =>
	list.includes(value) ? list.filter((each) => each !== value) : [...list, value];

export const wordsOf = (q: string): string[] => q.split(/\s+/).filter(Boolean);

/** What the search and the place ask of one enterprise, as `search_enterprises` and the index do; the rest is asked of rows. */
export const isSearchedFor = (
	{ name, address, creditCode, initials, scope }: MapEnterprise,
	filter: Pick<MapFilter, 'q' | 'scope'>
): boolean =>
	scope.startsWith(filter.scope) &&
	wordsOf(filter.q).every((word) => {
		const lower = word.toLowerCase();
		return (
			name.toLowerCase().includes(lower) ||
			address.toLowerCase().includes(lower) ||
			(creditCode?.includes(word.toUpperCase()) ?? false) ||
			initials.includes(lower)
		);
	});

export type Bounds = readonly [west: number, south: number, east: number, north: number];

/** `west,south,east,north` in WGS-84 degrees; null when the text does not say it well. */
export function boundsFrom(text: string | null): Bounds | null {
	const numbers = numbersOf(text ?? '');
	return numbers.length === 4 && numbers.every(Number.isFinite) ? (numbers as unknown as Bounds) : null;
}
