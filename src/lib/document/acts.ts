import { z } from 'zod';
import type { MemberRole } from '#lib/identity/identity.ts';
import { isoDate, uuid, type InspectionKind } from '#lib/inspection/inspection.ts';

/**
 * Papers that an authorised person issues on their own, outside of an inspection:
 * 现场检查方案 (by its approval) · 检查通知 · 协查单 · 提示单 · 督办卡 · 隐患逾期未整改报告 · 督查意见书.
 * No published source gives what these hold or how they are worded (滦平's 「卡单令函」 is known by its numbers only), so
 * fields and wording are samples (示例), and every such paper says so.
 */
export const actKinds = [
	'inspection_plan',
	'inspection_notice',
	'assistance_request',
	'reminder_notice',
	'supervision_card',
	'overdue_report',
	'supervision_opinion'
] as const;
export type ActKind = (typeof actKinds)[number];

export const isActKind = (kind: string): kind is ActKind => (actKinds as readonly string[]).includes(kind);

/**
 * Who may issue which; as `app.act_roles`. What asks others to act, or judges how a duty is done, is for those in
 * charge. Nobody on track C: a community worker reports.
 */
export const actRoles: Record<ActKind, readonly MemberRole[]> = {
	/** Nobody: it is issued by the approval of what an inspector drafted. */
	inspection_plan: [],
	inspection_notice: ['inspector', 'leader', 'administrator'],
	reminder_notice: ['inspector', 'leader', 'administrator'],
	assistance_request: ['leader', 'administrator'],
	supervision_card: ['leader', 'administrator'],
	overdue_report: ['leader', 'administrator'],
	supervision_opinion: ['leader', 'administrator']
};

/** Internal papers go from office to office: about an enterprise, but not for it to read, and without a delivery. */
export const isInternalPaper = (kind: string): boolean =>
	['inspection_plan', 'assistance_request', 'supervision_card', 'overdue_report'].includes(kind);

const line = (maximum: number) => z.string().trim().min(1).max(maximum);

const common = {
	/** What it is about. */
	matter: line(500),
	/** 检查内容, 协查事项, 提示内容, 督办要求, 逾期隐患 or 督查意见, one by one. */
	items: z.array(line(500)).min(1).max(30),
	/** The day of the check, or the last day to answer; the day itself still counts (含当日). */
	day: isoDate,
	basis: line(300).nullable()
};

/** Kinds of inspection that are planned beforehand: an enterprise's own check is not. */
export const plannedKinds = [
	'planned',
	'random',
	'triggered',
	'recheck',
	'campaign'
] as const satisfies InspectionKind[];

export const noticeOfficerSchema = z.object({ userId: uuid, name: line(50), licence: line(40).nullable() });

/** What an act says; the same whether previewed, signed or printed. */
export const actBodySchema = z.discriminatedUnion('kind', [
	z.object({
		...common,
		kind: z.literal('inspection_plan'),
		basis: line(300),
		inspectionKind: z.enum(plannedKinds),
		officers: z.array(noticeOfficerSchema).min(1).max(4),
		nthOfYear: z.number().int().positive(),
		/** 检查表, by name. */
		checklists: z.array(line(200)).max(20),
		drafter: z.object({ userId: uuid, name: line(50) })
	}),
	z.object({
		...common,
		kind: z.literal('inspection_notice'),
		officers: z.array(noticeOfficerSchema).min(1).max(4),
		/** 检查频次: which check of its year this would be (国办发〔2024〕54号: a yearly limit per enterprise). */
		nthOfYear: z.number().int().positive(),
		/** 需准备的资料. */
		preparations: z.array(line(200)).max(20)
	}),
	z.object({ ...common, kind: z.literal('assistance_request'), addressee: line(100) }),
	z.object({ ...common, kind: z.literal('reminder_notice') }),
	z.object({ ...common, kind: z.literal('supervision_card'), addressee: line(100) }),
	z.object({
		...common,
		kind: z.literal('overdue_report'),
		addressee: line(100),
		/** 已采取的措施: the papers and steps before this one. */
		measures: z.array(line(300)).max(10)
	}),
	z.object({ ...common, kind: z.literal('supervision_opinion'), supervisedOn: isoDate })
]);
export type ActBody = z.infer<typeof actBodySchema>;
export type ActBodyOf<Kind extends ActKind> = Extract<ActBody, { kind: Kind }>;
