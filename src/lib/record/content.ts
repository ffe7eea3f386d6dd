import { z } from 'zod';
import { hazardSchema, recheckVerdictSchema } from '#lib/hazard/hazard.ts';
import {
	answerSchema,
	checkInSchema,
	inspectionKinds,
	instant,
	notCheckedKinds,
	positionSchema,
	sha256,
	strokesSchema,
	uuid
} from '#lib/inspection/inspection.ts';
import { provisionalPointsSchema } from './provisionalPoints.ts';

/** A file taken during the visit. It is uploaded before the seal, unchanged, under its sha-256. */
export const evidenceSchema = z.object({
	sha256,
	bytes: z.number().int().positive(),
	mediaType: z.enum(['image/jpeg', 'image/png', 'image/webp']),
	takenAt: instant,
	position: positionSchema.nullable()
});

/** The person in charge on site (现场负责人) signed, or refused with a reason and a witness (安全生产法第六十八条). */
export const onSiteSchema = z.discriminatedUnion('outcome', [
	z.object({
		outcome: z.literal('signed'),
		name: z.string().trim().min(1).max(50),
		duty: z.string().trim().max(50).nullable(),
		phone: z.string().trim().max(20).nullable(),
		signature: strokesSchema,
		at: instant
	}),
	z.object({
		outcome: z.literal('refused'),
		name: z.string().trim().max(50).nullable(),
		reason: z.string().trim().min(2).max(200),
		witness: z.object({
			name: z.string().trim().min(1).max(50),
			identity: z.string().trim().max(50).nullable(),
			signature: strokesSchema.nullable()
		}),
		photos: z.array(sha256).max(9),
		at: instant
	})
]);

export const inspectorSignatureSchema = z.object({
	userId: uuid,
	name: z.string().trim().min(1).max(50),
	/** 执法证号 as held at the time; null for those without one. */
	licence: z.string().trim().max(40).nullable(),
	signature: strokesSchema,
	at: instant
});

/** What makes a content a correction (更正) of the one that holds, and not a visit of its own. */
export const correctionSchema = z.object({
	inspectionId: uuid,
	/** 第N次更正: 1 for the first. */
	number: z.number().int().positive(),
	reason: z.string().trim().min(2).max(500),
	/** An officer of the visit, or a leader of the place in their stead. */
	by: z.enum(['officer', 'supervisor'])
});

/**
 * Everything that was found on one visit, as the phone sends it. Its canonical text (RFC 8785) is what the
 * companion signs with their own login and what the seal keeps; nothing in it is derived later.
 */
export const inspectionContentSchema = z.object({
	format: z.literal('mingcha.inspection/1'),
	id: uuid,
	kind: z.enum(inspectionKinds),
	/** The sealed inspection whose open hazards are looked at again; set for kind `recheck` only. */
	rechecks: uuid.nullable(),
	/** The subject of the record in whose place this one stands (更正): the visit's own id, or that of the correction before. */
	supersedes: uuid.nullable(),
	/** Absent from what corrects nothing. */
	correction: correctionSchema.optional(),
	enterprise: z.object({
		id: uuid,
		name: z.string(),
		creditCode: z.string().nullable(),
		address: z.string(),
		principalName: z.string().nullable(),
		principalPhone: z.string().nullable(),
		siteType: z.string()
	}),
	/** The agency these people act for. */
	agencyId: uuid,
	/** 检查场所: the part of the premises that was looked at. */
	place: z.string().trim().max(100).nullable(),
	/** 任务来源, e.g. a plan, a complaint; free text of the sample kinds. */
	taskSource: z.string().trim().max(100).nullable(),
	checkIn: checkInSchema,
	notChecked: z
		.object({
			kind: z.enum(notCheckedKinds),
			reason: z.string().trim().min(2).max(200),
			photos: z.array(sha256).max(9)
		})
		.nullable(),
	checklistVersionIds: z.array(uuid),
	answers: z.array(answerSchema).max(500),
	hazards: z.array(hazardSchema).max(200),
	verdicts: z.array(recheckVerdictSchema).max(200),
	/** 拟记: what the engine on the phone said. */
	provisional: provisionalPointsSchema.nullable(),
	/** 电子送达: agreed to by the person on site (行政处罚法第六十一条). */
	electronicDelivery: z.boolean(),
	/** What was agreed to, word for word. Absent where it was not, and from what was sealed before the words were kept. */
	electronicDeliveryWords: z.string().trim().min(1).max(500).nullish(),
	onSite: onSiteSchema.nullable(),
	inspector: inspectorSignatureSchema,
	/** The second inspector, who confirms with their own login before the seal; null when there is none. */
	companionId: uuid.nullable(),
	evidence: z.array(evidenceSchema).max(300),
	deliveryId: uuid,
	/** The phone's own clock at the end of the visit and what the server's was when last heard (null: never). */
	device: z.object({ endedAt: instant, clockOffsetMilliseconds: z.number().int().nullable() })
});
export type InspectionContent = z.infer<typeof inspectionContentSchema>;

/** The companion's own confirmation, kept beside the content it names by hash. */
export const cosignatureSchema = inspectorSignatureSchema.extend({ contentSha256: sha256 });

/** What the chain holds: the content, who co-signed it, and the agency's wording in force at the seal. */
export const recordSchema = z.object({
	format: z.literal('mingcha.record/1'),
	content: inspectionContentSchema,
	contentSha256: sha256,
	cosignature: cosignatureSchema.nullable()
});
export type InspectionRecord = z.infer<typeof recordSchema>;
