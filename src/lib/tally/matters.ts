import type { IsoDate } from '#lib/calendar.ts';

/** 「需要您处理」, the most pressing kind first. */
export const matterKinds = [
	'major',
	'overdue',
	'appeal',
	'band',
	'pending',
	'event',
	'unpublished',
	'measure_overdue',
	'measure',
	'report',
	'submitted'
] as const;
export type MatterKind = (typeof matterKinds)[number];

/** One enterprise with something of a kind. */
export interface Matter {
	kind: MatterKind;
	enterpriseId: string;
	name: string;
	community: string | null;
	count: number;
	/** Earliest deadline (major, overdue, submitted, measure_overdue), or the day since when it waits. */
	since: IsoDate | null;
	inspectionId: string | null;
}

export interface Matters {
	today: IsoDate;
	/** How many enterprises there are of each kind; a kind without any is absent. */
	totals: Partial<Record<MatterKind, number>>;
	rows: Matter[];
}

/** Where a line leads: to the place where it can be dealt with. */
export function matterHref({ kind, enterpriseId, inspectionId }: Matter, mayAdopt: boolean): string {
	if (kind === 'pending' || kind === 'appeal' || kind === 'unpublished')
		return `/enterprises/${enterpriseId}/account`;
	if (kind === 'event') return `/enterprises/${enterpriseId}/account#events`;
	if (kind === 'band') return `/enterprises/${enterpriseId}/account#band`;
	if (kind === 'measure' || kind === 'measure_overdue') return `/measures?enterprise=${enterpriseId}`;
	if (kind === 'report' && mayAdopt) return `/reports#${inspectionId}`;
	return `/enterprises/${enterpriseId}`;
}

/** All lines of a kind. */
export const matterListHref: Record<MatterKind, string> = {
	major: '/hazards?state=major',
	overdue: '/hazards?state=overdue',
	appeal: '/?tab=matters',
	band: '/enterprises?pending=1',
	pending: '/enterprises?pending=1',
	event: '/?tab=matters',
	unpublished: '/?tab=matters',
	measure_overdue: '/measures?state=overdue',
	measure: '/measures?state=proposed',
	report: '/hazards?state=reported',
	submitted: '/hazards?state=submitted'
};

/** The first lines of each kind, the pressing kinds first, no more than `most` in all. */
export function firstMatters(rows: readonly Matter[], most: number): Matter[] {
	const perKind = Math.max(1, Math.ceil(most / Math.max(1, new Set(rows.map(({ kind }) => kind)).size)));
	const taken = new Map<MatterKind, number>();
	const chosen = rows.filter(({ kind }) => {
		const count = (taken.get(kind) ?? 0) + 1;
		taken.set(kind, count);
		return count <= perKind;
	});
	const rest = rows.filter((row) => !chosen.includes(row));
	const wanted = new Set([...chosen, ...rest].slice(0, most));
	return rows.filter((row) => wanted.has(row));
}
