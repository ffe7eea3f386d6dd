import { z } from 'zod';
import { daysBetween, type IsoDate } from '#lib/calendar.ts';
import { isoDate, positionSchema, sha256, uuid } from '#lib/inspection/inspection.ts';

/** 一般 / 重大事故隐患 (安监总局令第16号 第三条). 重大 is chosen by a person with its clause, never by the machine. */
export const hazardSeverities = ['general', 'major'] as const;
export type HazardSeverity = (typeof hazardSeverities)[number];

/** 物的危险状态、人的不安全行为、管理上的缺陷 (安监总局令第16号 第三条). */
export const hazardCauses = ['object', 'behaviour', 'management'] as const;
export type HazardCause = (typeof hazardCauses)[number];

/** 当场改正 or 限期整改. */
export const hazardMeasures = ['on_spot', 'deadline'] as const;

export const hazardStates = [
	'open',
	'rectification_submitted',
	/** 验收合格, 待销号: of 重大 hazards only. */
	'accepted',
	'closed',
	'closed_unfixed',
	'transferred',
	'withdrawn'
] as const;
export type HazardState = (typeof hazardStates)[number];

export const hazardSchema = z
	.object({
		id: uuid,
		itemId: uuid.nullable(),
		itemCode: z.string().nullable(),
		part: z.string().trim().min(1).max(60),
		severity: z.enum(hazardSeverities),
		cause: z.enum(hazardCauses),
		description: z.string().trim().min(2).max(500),
		legalBasis: z.string().trim().max(300).nullable(),
		/** 条.款 that the inspector cites, of the scheme the visit's 拟记 names. Absent from what was sealed before. */
		clause: z.string().trim().min(1).max(20).nullish(),
		/** 怎样算合格: what the recheck will look at. */
		acceptance: z.string().trim().max(300).nullable(),
		measure: z.enum(hazardMeasures),
		deadline: isoDate.nullable(),
		position: positionSchema.nullable(),
		photos: z.array(sha256).max(9),
		/** Photos that show it put right on the spot. */
		proof: z.array(sha256).max(9)
	})
	.superRefine((hazard, context) => {
		const refuse = (path: string, message: string) =>
			context.addIssue({ code: 'custom', path: [path], message });
		if (hazard.measure === 'deadline' && !hazard.deadline) refuse('deadline', 'hazard.deadline');
		if (hazard.measure === 'on_spot' && hazard.deadline) refuse('deadline', 'hazard.deadline');
		if (hazard.severity === 'major' && hazard.measure === 'on_spot') refuse('measure', 'hazard.state');
		if (hazard.severity === 'major' && !hazard.legalBasis) refuse('legalBasis', 'request.invalid');
	});
export type Hazard = z.infer<typeof hazardSchema>;

/** What a recheck (复查) found of one open hazard: it closes, or reopens with a new deadline. */
export const recheckVerdictSchema = z
	.object({
		hazardId: uuid,
		passed: z.boolean(),
		note: z.string().trim().max(300).nullable(),
		newDeadline: isoDate.nullable(),
		photos: z.array(sha256).max(9)
	})
	.refine((verdict) => verdict.passed === (verdict.newDeadline === null), {
		path: ['newDeadline'],
		message: 'hazard.deadline'
	});
export type RecheckVerdict = z.infer<typeof recheckVerdictSchema>;

/** What waits for work; a 重大 one that was accepted is not 销号 yet, but waits for a decision only. */
const openStates: readonly HazardState[] = ['open', 'rectification_submitted'];

export const isOpen = (state: HazardState): boolean => openStates.includes(state);

/** 逾期: the deadline day itself still counts as in time (含当日). */
export const isOverdue = (
	hazard: { state: HazardState; deadline: IsoDate | null },
	today: IsoDate
): boolean => isOpen(hazard.state) && hazard.deadline !== null && daysBetween(hazard.deadline, today) > 0;
