import { bandChoice, bandChoices, isBandChoice, type BandChoice } from './band.ts';
import type { MapEnterprise } from './mapEnterprise.ts';

/** What of the enterprises is looked at. Lives in the URL. */
export interface MapFilter {
	/** Words of name, address, credit code or initials; every one of them must be found. */
	q: string;
	siteTypes: readonly string[];
	bands: readonly BandChoice[];
	/** Only with open hazards. */
	onlyOpen: boolean;
	onlyOverdue: boolean;
	/** Only where a change of band waits for confirmation (待审). */
	onlyPending: boolean;
	/** Below this scope: one community. '' is everywhere. */
	scope: string;
}

export const noFilter: MapFilter = {
	q: '',
	siteTypes: [],
	bands: [],
	onlyOpen: false,
	onlyOverdue: false,
	onlyPending: false,
	scope: ''
};

const listOf = (text: string | null): string[] => (text ? text.split(',').filter(Boolean) : []);

export const filterFrom = (query: Pick<URLSearchParams, 'get'>): MapFilter => ({
	q: query.get('q')?.trim() ?? '',
	siteTypes: listOf(query.get('type')),
	bands: listOf(query.get('band')).filter(isBandChoice),
	onlyOpen: query.get('open') === '1',
	onlyOverdue: query.get('overdue') === '1',
	onlyPending: query.get('pending') === '1',
	scope: /^\d+$/.test(query.get('area') ?? '') ? query.get('area')! : ''
});

/** The same filter as parameters of an address; null takes one away. */
export const filterQuery = (filter: MapFilter): Record<string, string | null> => ({
	q: filter.q || null,
	type: filter.siteTypes.join(',') || null,
	band: filter.bands.join(',') || null,
	open: filter.onlyOpen ? '1' : null,
	overdue: filter.onlyOverdue ? '1' : null,
	pending: filter.onlyPending ? '1' : null,
	area: filter.scope || null
});

export const isFiltered = (filter: MapFilter): boolean =>
	Object.values(filterQuery(filter)).some((value) => value !== null);

/** `list` with `value` in it if it was not, and without it if it was. */
export const toggled = <Value>(list: readonly Value[], value: Value): Value[] =>
	list.includes(value) ? list.filter((each) => each !== value) : [...list, value];

function hasWord(enterprise: MapEnterprise, word: string): boolean {
	const { name, address, creditCode, initials } = enterprise;
	const lower = word.toLowerCase();
	return (
		name.toLowerCase().includes(lower) ||
		address.toLowerCase().includes(lower) ||
		(creditCode?.includes(word.toUpperCase()) ?? false) ||
		initials.includes(lower)
	);
}

/** Whether an enterprise is looked at. */
export function matchesFilter(filter: MapFilter): (enterprise: MapEnterprise) => boolean {
	const words = filter.q.split(/\s+/).filter(Boolean);
	return (enterprise) =>
		(filter.siteTypes.length === 0 || filter.siteTypes.includes(enterprise.siteType)) &&
		(filter.bands.length === 0 || filter.bands.includes(bandChoice(enterprise.band))) &&
		(!filter.onlyOpen || enterprise.openHazards > 0) &&
		(!filter.onlyOverdue || enterprise.isOverdue) &&
		(!filter.onlyPending || enterprise.pendingBand !== null) &&
		enterprise.scope.startsWith(filter.scope) &&
		words.every((word) => hasWord(enterprise, word));
}

export type Bounds = readonly [west: number, south: number, east: number, north: number];

/** What has no position is in no view. */
export const inBounds = (
	{ longitude, latitude }: MapEnterprise,
	[west, south, east, north]: Bounds
): boolean =>
	longitude !== null &&
	latitude !== null &&
	longitude >= west &&
	longitude <= east &&
	latitude >= south &&
	latitude <= north;

/** How many of each band the legend counts: all other filters hold, so that a band can be added to another. */
export function countBands(
	enterprises: readonly MapEnterprise[],
	filter: MapFilter
): Record<BandChoice | 'pending', number> {
	const counts = Object.fromEntries([...bandChoices, 'pending'].map((key) => [key, 0]));
	const matches = matchesFilter({ ...filter, bands: [], onlyPending: false });
	for (const enterprise of enterprises) {
		if (!matches(enterprise)) continue;
		counts[bandChoice(enterprise.band)]! += 1;
		if (enterprise.pendingBand !== null) counts.pending! += 1;
	}
	return counts as Record<BandChoice | 'pending', number>;
}
