import { z } from 'zod';

/** Kinds of inspection (检查类别). A recheck (复查) is an inspection like any other: same screens, same seal. */
export const inspectionKinds = [
	'planned',
	'random',
	'triggered',
	'recheck',
	'campaign',
	'self_check'
] as const;
export type InspectionKind = (typeof inspectionKinds)[number];

/** Why a visit could not become a check (无法检查): it counts as a visit, never as a check. */
export const notCheckedKinds = ['closed', 'moved', 'nobody', 'entry_refused', 'other'] as const;

export const answerValues = ['pass', 'fail', 'not_applicable'] as const;
export type AnswerValue = (typeof answerValues)[number];

export const uuid = z.uuid();
export const instant = z.iso.datetime({ offset: true });
export const isoDate = z.iso.date();
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'sha-256: 64 lower-case hex digits');

/** WGS-84 degrees, with the device's own statement of how sure it is. */
export const positionSchema = z.object({
	longitude: z.number().min(-180).max(180),
	latitude: z.number().min(-90).max(90),
	accuracyMetres: z.number().nonnegative().nullable(),
	fixedAt: instant,
	source: z.enum(['device', 'map'])
});
export type Position = z.infer<typeof positionSchema>;

/** One drawn signature: strokes of points in pixels of the pad, with time in ms; never a bitmap alone. */
export const strokesSchema = z.object({
	widthPixels: z.number().int().positive(),
	heightPixels: z.number().int().positive(),
	strokes: z
		.array(z.array(z.object({ x: z.number(), y: z.number(), t: z.number().int().nonnegative() })).min(1))
		.max(200)
});
export type Strokes = z.infer<typeof strokesSchema>;

/** A drawing counts as a signature when it has some length: a tap or a dot does not. */
export const minimumSignatureLengthPixels = 40;

export function strokesLengthPixels({ strokes }: Strokes): number {
	let length = 0;
	for (const stroke of strokes) {
		for (let i = 1; i < stroke.length; i++) {
			length += Math.hypot(stroke[i]!.x - stroke[i - 1]!.x, stroke[i]!.y - stroke[i - 1]!.y);
		}
	}
	return length;
}

export const isEmptySignature = (strokes: Strokes): boolean =>
	strokesLengthPixels(strokes) < minimumSignatureLengthPixels;

export const checkInSchema = z.object({
	at: instant,
	position: positionSchema.nullable(),
	/** Straight line to the door, computed on the phone; null without a position. */
	distanceMetres: z.number().nonnegative().nullable(),
	/** Asked once per visit when the fix is poor or far (soft limit), or absent. */
	reason: z.string().trim().min(2).max(200).nullable()
});
export type CheckIn = z.infer<typeof checkInSchema>;

export const answerSchema = z.object({
	itemId: uuid,
	/** As the item read when it was answered: a record must be readable without the checklist. */
	itemCode: z.string(),
	part: z.string(),
	text: z.string(),
	answer: z.enum(answerValues)
});
export type Answer = z.infer<typeof answerSchema>;

/** Limits for a check-in (settings of the agency): beyond soft a reason is asked, beyond hard the fix is not taken. */
export interface CheckInLimits {
	softAccuracyMetres: number;
	hardAccuracyMetres: number;
	softDistanceMetres: number;
	hardDistanceMetres: number;
}

export type CheckInVerdict =
	'good' | 'reason_accuracy' | 'reason_distance' | 'reason_no_position' | 'too_far';

/**
 * What a fix is worth: `good`, or why a reason is asked once. Beyond the hard distance the check-in is not a
 * check at this place at all (correct the place, or record the visit as 无法检查). An accuracy worse than the
 * hard limit is treated as no position: its distance says nothing.
 */
export function judgeCheckIn(
	fix: { accuracyMetres: number | null; distanceMetres: number | null } | null,
	limits: CheckInLimits
): CheckInVerdict {
	if (!fix || fix.distanceMetres === null) return 'reason_no_position';
	const accuracy = fix.accuracyMetres ?? limits.softAccuracyMetres + 1;
	if (accuracy > limits.hardAccuracyMetres) return 'reason_no_position';
	// The true position may be anywhere in the circle of accuracy; only the certain part of a distance refuses.
	if (fix.distanceMetres - accuracy > limits.hardDistanceMetres) return 'too_far';
	if (fix.distanceMetres > limits.softDistanceMetres) return 'reason_distance';
	return accuracy > limits.softAccuracyMetres ? 'reason_accuracy' : 'good';
}
