import type { IsoDate } from '#lib/calendar.ts';

/** What can be wrong at an enterprise and be given to somebody to see to (督办). */
export const assignableKinds = [
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
export type AssignableKind = (typeof assignableKinds)[number];

/** 「需要您处理」, the most pressing kind first. */
export const matterKinds = [
	'supervised',
	'supervision_decide',
	'supervision_overdue',
	'extension',
	'objection',
	'escalation',
	'major_overdue',
	'major_decide',
	...assignableKinds
] as const;
export type MatterKind = (typeof matterKinds)[number];

/** One enterprise with something of a kind; of 督办 each by itself. */
export interface Matter {
	kind: MatterKind;
	/** null: a 督办 of how an area does its work. */
	enterpriseId: string | null;
	/** Of the enterprise, or of the area. */
	name: string;
	community: string | null;
	count: number;
	/** Earliest deadline (major, major_overdue, overdue, extension, submitted, measure_overdue, 督办), or the day since when it waits. */
	since: IsoDate | null;
	inspectionId: string | null;
	/** Who has been asked to see to it, or the 督办 that the line itself is about. */
	supervision: { id: string; ownerName: string; deadline: IsoDate } | null;
}

const isAssignable = (kind: MatterKind): kind is AssignableKind =>
	(assignableKinds as readonly string[]).includes(kind);

/** Where 「督办」 beside a line leads: to the form, or to the one that is under way; null: the line is one itself. */
export function supervisionHref({ kind, enterpriseId, supervision }: Matter): string | null {
	if (!isAssignable(kind) || enterpriseId === null) return null;
	return supervision === null
		? `/supervision/new?enterprise=${enterpriseId}&kind=${kind}`
		: `/supervision/${supervision.id}`;
}

export interface Matters {
	today: IsoDate;
	/** How many enterprises there are of each kind; a kind without any is absent. */
	totals: Partial<Record<MatterKind, number>>;
	rows: Matter[];
}

/** Where a line leads: to the place where it can be dealt with. */
export function matterHref(
	{ kind, enterpriseId, inspectionId, supervision }: Matter,
	mayAdopt: boolean
): string {
	if (!isAssignable(kind) && supervision !== null) return `/supervision/${supervision.id}`;
	if (kind === 'pending' || kind === 'appeal' || kind === 'unpublished')
		return `/enterprises/${enterpriseId}/account`;
	if (kind === 'event') return `/enterprises/${enterpriseId}/account#events`;
	if (kind === 'band') return `/enterprises/${enterpriseId}/account#band`;
	if (kind === 'measure' || kind === 'measure_overdue') return `/measures?enterprise=${enterpriseId}`;
	if (kind === 'extension') return `/extensions?enterprise=${enterpriseId}`;
	if (kind === 'major_overdue' || kind === 'major_decide') return `/majors?enterprise=${enterpriseId}`;
	if (kind === 'objection') return `/objections?enterprise=${enterpriseId}`;
	if (kind === 'escalation') return `/escalations?enterprise=${enterpriseId}`;
	if (kind === 'report' && mayAdopt) return `/reports#${inspectionId}`;
	return `/enterprises/${enterpriseId}`;
}

/** All lines of a kind. */
export const matterListHref: Record<MatterKind, string> = {
	supervised: '/supervision?side=asked',
	supervision_decide: '/supervision?state=to_decide',
	supervision_overdue: '/supervision?state=overdue',
	extension: '/extensions',
	objection: '/objections',
	escalation: '/escalations',
	major_overdue: '/majors',
	major_decide: '/majors',
	major: '/majors',
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
