import { z } from 'zod';
import type { IsoDate } from '#lib/calendar.ts';

/** 逾期阶梯: 1 提示单, 2 督办卡, 3 report upward. Each is a person's to take; the days between are the agency's (示例). */
export type EscalationStep = 1 | 2 | 3;

/** `lapsed`: put right, put off, or the next step came before anybody had taken this one. */
export type EscalationState = 'proposed' | 'done' | 'dropped' | 'lapsed';

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
	orderText: string | null;
	mayDecide: boolean;
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

export const escalationDecisionSchema = z
	.object({
		id: z.uuid(),
		outcome: z.enum(['done', 'dropped']),
		note: z.string().trim().max(300).default('')
	})
	.refine(({ outcome, note }) => note.length >= 2 || (outcome === 'done' && note === ''), { path: ['note'] });
export type EscalationDecision = z.infer<typeof escalationDecisionSchema>;

/** Where a step is taken: 督办 from its own form, the others at the place. */
export const escalationHref = ({ step, enterpriseId }: Pick<Escalation, 'step' | 'enterpriseId'>): string =>
	step === 2 ? `/supervision/new?enterprise=${enterpriseId}&kind=overdue` : `/enterprises/${enterpriseId}`;
