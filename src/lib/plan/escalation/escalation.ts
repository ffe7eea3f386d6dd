import { z } from 'zod';
import type { IsoDate } from '#lib/calendar.ts';
import type { ActKind } from '#lib/document/acts.ts';
import type { Track } from '#lib/document/track.ts';
import type { HazardSeverity } from '#lib/hazard/hazard.ts';

/** 逾期阶梯: 1 提示单, 2 督办卡, 3 report upward. Each is a person's to take; the days between are the agency's (示例). */
export type EscalationStep = 1 | 2 | 3;

/** The paper that takes a step; as `app.escalation_paper`. */
export const escalationPaper = {
	1: 'reminder_notice',
	2: 'supervision_card',
	3: 'overdue_report'
} as const satisfies Record<EscalationStep, ActKind>;

/** `done`: its paper was issued. `lapsed`: put right, put off, or the next step came before anybody had taken this one. */
export type EscalationState = 'proposed' | 'done' | 'dropped' | 'lapsed';

export const escalationTone = {
	proposed: 'warning',
	done: 'success',
	dropped: 'neutral',
	lapsed: 'neutral'
} as const satisfies Record<EscalationState, string>;

/** One step of one order that is overdue. */
export interface Escalation {
	id: string;
	inspectionId: string;
	enterpriseId: string;
	enterpriseName: string;
	community: string | null;
	step: EscalationStep;
	/** Overdue when it was proposed. */
	hazards: number;
	/** The earliest of them. */
	deadline: IsoDate;
	proposedOn: IsoDate;
	state: EscalationState;
	note: string | null;
	decidedBy: string | null;
	decidedAt: string | null;
	/** What took the step. */
	paper: {
		id: string;
		kind: ActKind;
		numberText: string;
		state: 'issued' | 'superseded' | 'voided';
		issuedOn: IsoDate;
	} | null;
	orderText: string | null;
	mayDecide: boolean;
}

export interface LateHazard {
	id: string;
	/** Its number on the order. */
	position: number;
	part: string;
	description: string;
	severity: HazardSeverity;
	deadline: IsoDate;
}

/** A step with all that its paper is drafted from. */
export interface EscalationPage extends Escalation {
	today: IsoDate;
	/** Null for a record without an order, as of a report that was adopted. */
	order: { documentId: string; track: Track; numberText: string; issuedOn: IsoDate } | null;
	inspectedOn: IsoDate;
	/** Late today; empty once all of it was put right or put off. */
	late: LateHazard[];
	/** The other steps of the same order, the earliest first. */
	steps: Escalation[];
}

export interface Escalations {
	today: IsoDate;
	total: number;
	waiting: number;
	rows: Escalation[];
}

export interface EscalationFilter {
	state: 'proposed' | 'all';
	enterprise: string | null;
}
export const escalationsPerPage = 50;

export function escalationFilterFrom(query: Pick<URLSearchParams, 'get'>): EscalationFilter {
	const enterprise = z.uuid().safeParse(query.get('enterprise'));
	return {
		state: query.get('state') === 'all' ? 'all' : 'proposed',
		enterprise: enterprise.success ? enterprise.data : null
	};
}

export const dropSchema = z.object({ note: z.string().trim().min(2).max(300) });
