import { z } from 'zod';
import type { IsoDate } from '#lib/calendar.ts';

/** 推荐性质 or 强制性质: every opinion of a third party says which it is. */
export const opinionNatures = ['recommended', 'mandatory'] as const;
export type OpinionNature = (typeof opinionNatures)[number];

export type OpinionState = 'recorded' | 'proposed' | 'confirmed' | 'declined' | 'checked';

export interface Opinion {
	id: string;
	institution: string;
	expert: string;
	visitedOn: IsoDate;
	part: string;
	opinion: string;
	nature: OpinionNature;
	/** Law, regulation or standard with its clause; always there for 强制. */
	basis: string | null;
	state: OpinionState;
	recordedBy: string;
	/** Who put it down does not confirm it. */
	isMine: boolean;
	decidedBy: string | null;
	decidedOn: IsoDate | null;
	reason: string | null;
	inspectionId: string | null;
}

export const opinionSchema = z
	.object({
		/** Made with the form, so that sending it twice makes one. */
		id: z.uuid(),
		institution: z.string().trim().min(2).max(80),
		expert: z.string().trim().min(1).max(50),
		visitedOn: z.iso.date(),
		part: z.string().trim().min(1).max(60),
		opinion: z.string().trim().min(5).max(1000),
		nature: z.enum(opinionNatures),
		basis: z.string().trim().max(300).default('')
	})
	.refine(({ nature, basis }) => nature === 'recommended' || basis.length >= 4, { path: ['basis'] });
export type OpinionForm = z.infer<typeof opinionSchema>;

export const opinionDecisionSchema = z
	.object({
		id: z.uuid(),
		outcome: z.enum(['confirmed', 'declined']),
		reason: z.string().trim().max(500).default('')
	})
	.refine(({ outcome, reason }) => outcome === 'confirmed' || reason.length >= 2, { path: ['reason'] });
export type OpinionDecision = z.infer<typeof opinionDecisionSchema>;
