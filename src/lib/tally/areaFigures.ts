import type { MultiPolygon } from 'geojson';
import type { AreaLevel } from '#lib/area/areaLevel.ts';
import type { IsoDate } from '#lib/calendar.ts';

/** How things stand in a place, as of today. */
export interface Figures {
	enterprises: number;
	/** Enterprises with at least one check this year. */
	inspectedThisYear: number;
	overdueSites: number;
	/** Hazards: not yet closed, 重大 among them, past their deadline. */
	open: number;
	openMajor: number;
	overdue: number;
}

export interface PlaceBelow {
	id: string;
	scope: string;
	name: string;
	level: AreaLevel;
	geometry: MultiPolygon | null;
	figures: Figures;
}

export interface AreaFigures {
	today: IsoDate;
	/** null: everything. */
	area: { id: string; scope: string; name: string; level: AreaLevel } | null;
	/** From the uppermost down. */
	path: { scope: string; name: string }[];
	figures: Figures;
	children: PlaceBelow[];
}

/** Whole per cent of the enterprises that were checked this year; null where there is none. */
export const coveragePercent = ({ enterprises, inspectedThisYear }: Figures): number | null =>
	enterprises === 0 ? null : Math.round((inspectedThisYear / enterprises) * 100);

/** Where it burns comes first: major, overdue, open; then by scope, so that equals keep their order. */
export const byUrgency = (a: PlaceBelow, b: PlaceBelow): number =>
	b.figures.openMajor - a.figures.openMajor ||
	b.figures.overdue - a.figures.overdue ||
	b.figures.open - a.figures.open ||
	a.scope.localeCompare(b.scope);
