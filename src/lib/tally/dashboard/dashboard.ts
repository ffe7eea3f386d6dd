import type { IsoDate } from '#lib/calendar.ts';
import { filterFrom } from '#lib/enterprise/mapIndex/mapFilter.ts';
import { hazardCauses, hazardSeverities, type HazardCause, type HazardSeverity } from '#lib/hazard/hazard.ts';
import type { Rectified } from '../overview.ts';

/** What is looked at. In the address under the names the map's filter has, so that a link leads from one to the other. */
export interface DashboardFilter {
	/** Below this scope; '' is everywhere. */
	area: string;
	siteTypes: readonly string[];
	severity: HazardSeverity | null;
	cause: HazardCause | null;
}

/** Part of the period: a day, a week or a month. `open` and `overdue` at its end. */
export interface FlowPart {
	from: IsoDate;
	to: IsoDate;
	found: number;
	closed: number;
	open: number;
	overdue: number;
}

/** Hazards found in the period by something, and how many of them still stand. */
export interface BreakdownLine {
	key: string;
	found: number;
	open: number;
	overdue: number;
}

/** One item of a checklist that failed; `again`: at a site where it had been put right before. */
export interface RecurringItem {
	code: string;
	/** What the checklist calls the hazard; null: the item is gone. */
	text: string | null;
	found: number;
	sites: number;
	again: number;
}

export interface Pace extends Rectified {
	found: number;
	closed: number;
	onSpot: number;
	/** From finding to closing, of those not put right on the spot; null: none was closed. */
	medianDays: number | null;
}

/** Operating sites: whom the period saw, and the three goals of a whole register (QZ-5), with the position as the fourth. */
export interface Register {
	sites: number;
	seen: number;
	inspections: number;
	withType: number;
	withDepartment: number;
	withPosition: number;
}

export const breakdowns = ['communities', 'siteTypes', 'severities', 'causes'] as const;
export type Breakdown = (typeof breakdowns)[number];

export type Dashboard = Record<Breakdown, BreakdownLine[]> & {
	from: IsoDate;
	to: IsoDate;
	today: IsoDate;
	/** An instant. */
	at: string;
	flows: FlowPart[];
	pace: Pace;
	previous: Pace;
	register: Register;
	items: RecurringItem[];
};

export function dashboardFilterFrom(query: Pick<URLSearchParams, 'get'>): DashboardFilter {
	const { scope, siteTypes } = filterFrom(query);
	return {
		area: scope,
		siteTypes: siteTypes.filter((code) => /^[a-z][a-z0-9_]*$/.test(code)),
		severity: hazardSeverities.find((severity) => severity === query.get('severity')) ?? null,
		cause: hazardCauses.find((cause) => cause === query.get('cause')) ?? null
	};
}

/** The filter as parameters of an address; null takes one away. */
export const dashboardQuery = ({ area, siteTypes, severity, cause }: DashboardFilter) => ({
	area: area || null,
	type: siteTypes.join(',') || null,
	severity,
	cause
});

/** The same filter with one line of a breakdown chosen, or let go where it was. */
export function withLine(filter: DashboardFilter, breakdown: Breakdown, key: string): DashboardFilter {
	switch (breakdown) {
		case 'communities':
			return { ...filter, area: filter.area === key ? '' : key };
		case 'siteTypes':
			return { ...filter, siteTypes: isChosen(filter, breakdown, key) ? [] : [key] };
		case 'severities':
			return { ...filter, severity: filter.severity === key ? null : (key as HazardSeverity) };
		case 'causes':
			return { ...filter, cause: filter.cause === key ? null : (key as HazardCause) };
	}
}

export function isChosen(filter: DashboardFilter, breakdown: Breakdown, key: string): boolean {
	if (breakdown === 'communities') return filter.area === key;
	if (breakdown === 'siteTypes') return filter.siteTypes.includes(key);
	return (breakdown === 'severities' ? filter.severity : filter.cause) === key;
}

/** Communities that the page lists: enough for a street or a district, few enough for a city's page to stay light. */
const communitiesListed = 60;

/** The communities where most was found, and the chosen one wherever it stands. */
export const firstCommunities = (lines: readonly BreakdownLine[], filter: DashboardFilter): BreakdownLine[] =>
	lines.filter(({ key }, at) => at < communitiesListed || isChosen(filter, 'communities', key));

interface RowsAsked {
	state: 'all' | 'open' | 'overdue' | 'closed';
	from?: IsoDate;
	to?: IsoDate;
	item?: string;
}

/** The list of hazards behind a figure: the same filter, under the names the list has. */
export function hazardsOf({ area, siteTypes, severity, cause }: DashboardFilter, asked: RowsAsked): string {
	const query = new URLSearchParams({
		...asked,
		...(area && { community: area }),
		...(siteTypes.length > 0 && { siteType: siteTypes.join(',') }),
		...(severity && { severity }),
		...(cause && { cause })
	});
	return `/hazards?${query}`;
}

/** Whole per cent, never rounded up to a goal that is not reached; null where there is nothing to complete. */
export const completePercent = (done: number, of: number): number | null =>
	of === 0 ? null : Math.floor((done / of) * 100);
