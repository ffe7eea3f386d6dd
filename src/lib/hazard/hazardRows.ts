import type { IsoDate } from '#lib/calendar.ts';
import type { StopKind } from '#lib/enterprise/stop.ts';
import {
	hazardCauses,
	hazardSeverities,
	type HazardCause,
	type HazardSeverity,
	type HazardState
} from './hazard.ts';

/** Which hazards a list shows. `open` is everything not yet 销号. */
export const hazardListStates = [
	'open',
	'overdue',
	'major',
	'submitted',
	'reported',
	'closed',
	'all'
] as const;
export type HazardListState = (typeof hazardListStates)[number];

export const rowsPerPage = 50;

/** `from` and `to` are days of finding; of closing when the state is `closed`. null: no limit. */
export interface HazardFilter {
	state: HazardListState;
	from: IsoDate | null;
	to: IsoDate | null;
	/** Scope of a community. */
	community: string | null;
	/** Codes, by comma. */
	siteType: string | null;
	severity: HazardSeverity | null;
	cause: HazardCause | null;
	/** Code of a checklist's item. */
	item: string | null;
	enterprise: string | null;
	q: string | null;
}

export interface HazardRow {
	id: string;
	enterpriseId: string;
	enterpriseName: string;
	community: string | null;
	siteType: string;
	part: string;
	severity: 'general' | 'major';
	description: string;
	state: HazardState | 'reported';
	measure: 'on_spot' | 'deadline';
	deadline: IsoDate | null;
	foundOn: IsoDate;
	closedOn: IsoDate | null;
	inspectionId: string;
	isOverdue: boolean;
	/** What a 重大 one keeps stopped; null: nothing. */
	stopped: StopKind | null;
}

export interface HazardRows {
	today: IsoDate;
	total: number;
	/** Of all rows: `due` had their deadline before today, `inTime` of them were put right by it; null: none was closed. */
	pace: { due: number; inTime: number; medianDays: number | null };
	rows: HazardRow[];
}

/** The filter as the database takes it, and as an address says it: without what is not limited. */
export const saidOf = (filter: HazardFilter): Record<string, string> =>
	Object.fromEntries(Object.entries(filter).filter((entry): entry is [string, string] => entry[1] !== null));

const day = (text: string | null): IsoDate | null => (text && /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : null);
const shaped = (text: string | null, shape: RegExp): string | null =>
	text && shape.test(text) ? text : null;

/** What an address asks for; what it says badly is as if it were not said. */
export const hazardFilterFrom = (query: Pick<URLSearchParams, 'get'>): HazardFilter => ({
	state: hazardListStates.find((state) => state === query.get('state')) ?? 'open',
	from: day(query.get('from')),
	to: day(query.get('to')),
	community: shaped(query.get('community'), /^\d{4,40}$/),
	siteType: shaped(query.get('siteType'), /^[a-z][a-z0-9_]*(,[a-z][a-z0-9_]*)*$/),
	severity: hazardSeverities.find((severity) => severity === query.get('severity')) ?? null,
	cause: hazardCauses.find((cause) => cause === query.get('cause')) ?? null,
	item: shaped(query.get('item'), /^[\w.-]{1,60}$/),
	enterprise: shaped(query.get('enterprise'), /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
	q: query.get('q')?.trim() || null
});

export const pageFrom = (query: Pick<URLSearchParams, 'get'>): number =>
	Math.max(1, Math.min(10_000, Math.trunc(Number(query.get('page'))) || 1));
