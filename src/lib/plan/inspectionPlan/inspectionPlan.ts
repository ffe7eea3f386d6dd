import { z } from 'zod';
import type { IsoDate } from '#lib/calendar.ts';
import type { ActBodyOf } from '#lib/document/acts.ts';
import { uuid } from '#lib/inspection/inspection.ts';

/**
 * 现场检查方案: submitted → approved | returned → submitted again; withdrawn by who drafted it. As `submit_plan`,
 * `step_plan` and `approve_plan` check it.
 */
export const planStates = ['submitted', 'returned', 'approved', 'withdrawn'] as const;
export type PlanState = (typeof planStates)[number];
export type PlanAct = 'submit' | 'return' | 'approve' | 'withdraw';
export type PlanBody = ActBodyOf<'inspection_plan'>;

export interface PlanLine {
	id: string;
	state: PlanState;
	day: IsoDate;
	matter: string;
	steps: number;
	drafterId: string;
	drafterName: string;
	submittedAt: string;
	scope: string;
	enterprise: { id: string; name: string; address: string; creditCode: string | null };
	/** The paper that its approval issued. */
	document: { id: string; numberText: string; state: 'issued' | 'superseded' | 'voided' } | null;
}

export interface PlanRows {
	total: number;
	rows: PlanLine[];
}

export interface Plan extends PlanLine {
	body: PlanBody;
	agencyId: string;
	/** In charge of the place, and not who drafted it. */
	mayDecide: boolean;
	/** Drafted by who is asking. */
	mayChange: boolean;
	/** 已实施: the visits whose record names it as their 任务来源. */
	visits: { id: string; inspectedOn: IsoDate; inspectorName: string; companionName: string | null }[];
	course: { number: number; act: PlanAct; byName: string; note: string | null; at: string }[];
}

export interface PlanFilter {
	state?: PlanState;
	enterprise?: string;
	mine?: boolean;
}

/** What the address says of the list. */
export const planFilterSchema = z.object({
	state: z.enum(planStates).optional().catch(undefined),
	enterprise: uuid.optional().catch(undefined),
	mine: z
		.literal('1')
		.transform(() => true)
		.optional()
		.catch(undefined)
});

/** A step of the page's forms; the reason of a return is asked for by the database as well. */
export const planStepSchema = z.object({
	act: z.enum(['return', 'withdraw', 'approve']),
	note: z.string().trim().max(500).default(''),
	seen: z.coerce.number().int().positive()
});
