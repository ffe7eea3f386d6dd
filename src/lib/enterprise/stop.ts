import type { IsoDate } from '#lib/calendar.ts';

/** What is stopped: 暂时停产停业, or 停止使用 of a place or equipment (安全生产法第六十五条). */
export const stopKinds = ['production', 'use'] as const;
export type StopKind = (typeof stopKinds)[number];

/** One stop that stands at an enterprise until a leader has granted what it asked for: 经审查同意，方可恢复. */
export interface Stop {
	/** The 重大 hazard. */
	hazardId: string;
	kind: StopKind;
	/** Empty for a stranger. */
	what: string;
	since: IsoDate;
	/** The enterprise has asked to resume. */
	isApplied: boolean;
}
