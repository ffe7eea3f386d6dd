import { z } from 'zod';
import { sha256, uuid } from '#lib/inspection/inspection.ts';

/** One 拟记 line: the clause under which something found would stand, as it was read before the signature. */
export const provisionalEntrySchema = z.object({
	/** null: it is about the visit as a whole. */
	hazardId: uuid.nullable(),
	/** 条.款 and its text. */
	clause: z.string().min(1).max(20),
	text: z.string().max(2000),
	kind: z.enum(['charge', 'credit', 'reduction', 'aggravation']),
	/** What it does to the balance, 1/100 point. */
	points: z.number().int(),
	/** Waits for reviewers (待审); otherwise it takes effect with the seal. */
	waits: z.boolean(),
	isSample: z.boolean()
});
export type ProvisionalEntry = z.infer<typeof provisionalEntrySchema>;

/** 拟记, as the content keeps it: 1/100 point, under the very rules that gave it. */
export const provisionalPointsSchema = z.object({
	pack: z.string(),
	packSha256: sha256,
	points: z.number().int(),
	/** What the rules are called, and line by line what they say; records of before this was kept have neither. */
	packName: z.string().max(300).optional(),
	entries: z.array(provisionalEntrySchema).max(1000).optional(),
	/** The account as it was read on site, without this visit and with it; what waits is counted in `pendingAfter` only. */
	account: z
		.object({
			before: z.number().int(),
			after: z.number().int(),
			pendingAfter: z.number().int(),
			/** Null: never inspected (未评估). */
			bandBefore: z.string().max(100).nullable(),
			bandAfter: z.string().max(100).nullable()
		})
		.optional()
});
export type ProvisionalPoints = z.infer<typeof provisionalPointsSchema>;

/** The lines about one hazard. */
export const entriesAbout = (
	hazardId: string,
	points: Pick<ProvisionalPoints, 'entries'> | null
): ProvisionalEntry[] => points?.entries?.filter((entry) => entry.hazardId === hazardId) ?? [];
