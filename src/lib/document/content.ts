import { z } from 'zod';
import { hazardMeasures, hazardSeverities } from '#lib/hazard/hazard.ts';
import {
	answerValues,
	inspectionKinds,
	instant,
	isoDate,
	sha256,
	strokesSchema
} from '#lib/inspection/inspection.ts';
import { actBodySchema, type actKinds } from './acts.ts';
import { printedAgencySchema } from './agencyTemplate.ts';
import { kindsOfTrack } from './document.ts';
import { tracks } from './track.ts';

/** Everything a document prints, and nothing that it does not: the PDF is a function of this and of the photos. */
export const documentFormat = 'mingcha.document/1';

const line = (maximum: number) => z.string().trim().min(1).max(maximum);
const optionalLine = (maximum: number) => line(maximum).nullable();

const printedSignerSchema = z.object({
	name: line(50),
	licence: optionalLine(40),
	/** Null leaves a line to sign on paper. */
	signature: strokesSchema.nullable()
});

/** The person in charge on site: signed, or refused with a reason and a witness (安全生产法第六十八条). */
const printedOnSiteSchema = z.discriminatedUnion('outcome', [
	z.object({
		outcome: z.literal('signed'),
		name: line(50),
		duty: optionalLine(50),
		phone: optionalLine(20),
		signature: strokesSchema,
		at: instant
	}),
	z.object({
		outcome: z.literal('refused'),
		name: optionalLine(50),
		reason: line(200),
		witness: z.object({ name: line(50), identity: optionalLine(50), signature: strokesSchema.nullable() }),
		at: instant
	})
]);

/** 拟记 as it was read before the signature: the clause, its text, and what it does to the points (1/100). */
const printedPointsSchema = z.object({
	clause: line(20),
	text: line(2000),
	points: z.number().int(),
	/** Takes effect only when reviewers confirm it (待审). */
	waits: z.boolean()
});
export type PrintedPoints = z.infer<typeof printedPointsSchema>;

/** `number` is the item number on this paper; photos and the clauses with deadlines refer to it. */
const printedHazardSchema = z.object({
	number: z.number().int().positive(),
	part: line(60),
	description: line(500),
	severity: z.enum(hazardSeverities),
	legalBasis: optionalLine(300),
	/** 怎样算合格. */
	acceptance: optionalLine(300),
	measure: z.enum(hazardMeasures),
	/** The day itself still counts as in time (含当日). On track C the day a community worker suggests. */
	deadline: isoDate.nullable()
});
export type PrintedHazard = z.infer<typeof printedHazardSchema>;

const printedVerdictSchema = z
	.object({
		/** The item number in the order that is looked at again. */
		number: z.number().int().positive(),
		part: line(60),
		description: line(500),
		passed: z.boolean(),
		note: optionalLine(300),
		newDeadline: isoDate.nullable(),
		/** On the record: what the recheck takes off the points, or adds. */
		points: z.array(printedPointsSchema).max(20).optional()
	})
	.refine(({ passed, newDeadline }) => passed === (newDeadline === null), {
		path: ['newDeadline'],
		message: 'hazard.deadline'
	});

const printedPhotoSchema = z.object({
	sha256,
	moment: z.enum(['found', 'put_right', 'rechecked', 'refused']),
	/** Null for a photo that belongs to no hazard, such as that of a refusal. */
	hazardNumber: z.number().int().positive().nullable(),
	takenAt: instant,
	place: optionalLine(100)
});
export type PrintedPhoto = z.infer<typeof printedPhotoSchema>;

const everyForm = {
	format: z.literal(documentFormat),
	track: z.enum(tracks),
	/** Formatted by the agency's pattern; given at the seal only. */
	number: line(80),
	/** Shown on the spot before there was a number. */
	provisionalCode: optionalLine(40),
	/** The day of sealing in Shanghai. */
	issuedOn: isoDate,
	/** The agency's wording in force at the seal. */
	agency: printedAgencySchema,
	isSample: z.boolean(),
	enterprise: z.object({
		name: line(200),
		creditCode: optionalLine(18),
		address: line(300),
		principalName: optionalLine(50),
		principalDuty: optionalLine(50),
		principalPhone: optionalLine(20)
	}),
	inspectors: z.array(printedSignerSchema).min(1).max(4),
	onSite: printedOnSiteSchema.nullable(),
	/** What the QR carries: the page for this one delivery; null where none is delivered: then it leads to the verification. */
	deliveryUrl: z.url().nullable(),
	/** Looked at before it is issued: it has no number, and neither QR nor hash that could be mistaken for those of a paper. */
	isPreview: z.boolean().optional(),
	/** 更正: what this paper stands in the place of and what it puts right, in sentences. */
	correction: z
		.object({
			ordinal: z.number().int().positive(),
			/** The number of the paper that it replaces; null when there was none of any kind. */
			replaces: optionalLine(80),
			/** That paper is of the same kind. */
			isSameKind: z.boolean(),
			reason: line(500),
			changes: z.array(line(1500)).max(1000),
			/** Who was there; who corrects signs the paper. */
			officers: z.array(line(50)).max(4),
			by: z.enum(['officer', 'supervisor', 'issuer'])
		})
		.nullish(),
	/** On a copy of a paper that was replaced since, never on the sealed one. */
	replacement: z.object({ number: optionalLine(80), on: isoDate }).nullish(),
	/** The sealed record and the page that verifies it. */
	record: z.object({ sha256, verifyUrl: z.url() }),
	photos: z.array(printedPhotoSchema).max(200)
};

const inspectionRecordSchema = z.object({
	...everyForm,
	kind: z.literal('inspection_record'),
	inspectionKind: z.enum(inspectionKinds),
	/** 检查场所. */
	place: optionalLine(100),
	from: instant,
	to: instant,
	/** 任务来源 and 本年度第N次检查 (司法部行政检查文书格式文本, 2025). */
	taskSource: optionalLine(100),
	inspectionOfYear: z.number().int().positive().nullable(),
	/** 协助人员: named, never signing as inspectors. */
	assistants: z.array(line(50)).max(10),
	lines: z.array(
		z.object({ code: z.string(), part: line(60), text: line(500), answer: z.enum(answerValues) })
	),
	hazards: z.array(printedHazardSchema.extend({ points: z.array(printedPointsSchema).max(20) })).max(200),
	/** The rules under which points were reckoned, and what they come to; null where none were. */
	scoring: z.object({ rules: line(300), points: z.number().int() }).nullable(),
	/** For an inspection of kind recheck: what was found of the earlier hazards. */
	verdicts: z.array(printedVerdictSchema).max(200)
});

const rectificationOrderSchema = z.object({
	...everyForm,
	kind: z.literal('rectification_order'),
	hazards: z.array(printedHazardSchema).min(1).max(200),
	/** Agreed to electronic delivery on site. */
	electronicDelivery: z.boolean(),
	/** 采纳并出具: the community's report that a street inspector verified and took over. */
	adopts: z.object({ number: line(80), reporter: line(60), reportedOn: isoDate }).nullable()
});

const recheckOpinionSchema = z.object({
	...everyForm,
	kind: z.literal('recheck_opinion'),
	order: z.object({ number: line(80), issuedOn: isoDate }),
	/** The day on which it was looked at again. */
	recheckedOn: isoDate,
	verdicts: z.array(printedVerdictSchema).min(1).max(200)
});

const hazardReportSchema = z.object({
	...everyForm,
	kind: z.literal('hazard_report'),
	/** 社区 on whose behalf it is reported. */
	community: line(60),
	foundAt: instant,
	hazards: z.array(printedHazardSchema).min(1).max(200)
});

/** 记分表 (CM-5): what was read on site before it was signed, clause by clause; it says nothing that the record does not. */
const scoreSheetSchema = z.object({
	...everyForm,
	kind: z.literal('score_sheet'),
	inspectedOn: isoDate,
	/** Number of the 现场检查记录 of the same visit. */
	recordNumber: line(80),
	rules: line(300),
	lines: z
		.array(
			printedPointsSchema.extend({
				number: z.number().int().positive(),
				/** What was found; null for a line about the visit as a whole. */
				finding: optionalLine(600)
			})
		)
		.min(1)
		.max(1000),
	points: z.number().int(),
	/** As the phone knew it; null for records of before this was kept. */
	account: z
		.object({
			before: z.number().int(),
			after: z.number().int(),
			pendingAfter: z.number().int(),
			bandBefore: z.string().nullable(),
			bandAfter: z.string().nullable()
		})
		.nullable()
});

/** 检查通知, 协查单, 提示单, 督办卡, 隐患逾期未整改报告, 督查意见书: who issued it stands among the inspectors, without a drawn signature. */
const actSchema = <Kind extends (typeof actKinds)[number]>(kind: Kind) =>
	z.object({ ...everyForm, kind: z.literal(kind), body: actBodySchema.refine((body) => body.kind === kind) });

/** Two items under one number would make 「上述第1项问题」 mean either. */
const hasTwins = (items: readonly { number: number }[]): boolean =>
	new Set(items.map(({ number }) => number)).size < items.length;

/**
 * One document's content, kept as it stands beside its number. Refuses what may not be issued: a kind foreign to
 * its track, an A without two licensed officers, an order with an item that has no deadline.
 */
export const documentContentSchema = z
	.discriminatedUnion('kind', [
		inspectionRecordSchema,
		rectificationOrderSchema,
		recheckOpinionSchema,
		hazardReportSchema,
		scoreSheetSchema,
		actSchema('inspection_plan'),
		actSchema('inspection_notice'),
		actSchema('assistance_request'),
		actSchema('reminder_notice'),
		actSchema('supervision_card'),
		actSchema('overdue_report'),
		actSchema('supervision_opinion')
	])
	.superRefine((content, context) => {
		const refuse = (path: string, message: string) =>
			context.addIssue({ code: 'custom', path: [path], message });
		if (!kindsOfTrack[content.track].includes(content.kind)) refuse('kind', 'permission.track');
		if (content.track === 'A' && content.inspectors.filter(({ licence }) => licence).length < 2) {
			refuse('inspectors', 'permission.licence');
		}
		if (content.kind === 'inspection_record' && Date.parse(content.to) < Date.parse(content.from)) {
			refuse('to', 'inspection.clock');
		}
		if (
			content.kind === 'rectification_order' &&
			content.hazards.some(({ measure, deadline }) => measure !== 'deadline' || deadline === null)
		) {
			refuse('hazards', 'hazard.deadline');
		}
		if ('hazards' in content && hasTwins(content.hazards)) refuse('hazards', 'request.invalid');
		if ('verdicts' in content && hasTwins(content.verdicts)) refuse('verdicts', 'request.invalid');
	});
export type DocumentContent = z.infer<typeof documentContentSchema>;
export type DocumentContentOf<Kind extends DocumentContent['kind']> = Extract<
	DocumentContent,
	{ kind: Kind }
>;
