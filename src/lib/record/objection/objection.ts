import { z } from 'zod';
import type { DocumentKind } from '#lib/document/document.ts';
import type { Track } from '#lib/document/track.ts';

/** 异议 of an enterprise against what was delivered, with the answer once there is one. */
export interface Objection {
	id: number;
	/** An instant. */
	at: string;
	/** Who objected, where a name was given. */
	name: string | null;
	note: string;
	answer: { note: string; byName: string; at: string } | null;
}

/** One of a list, with what it is about. */
export interface ListedObjection extends Objection {
	enterpriseId: string;
	enterpriseName: string;
	community: string | null;
	/** Null for a paper that was issued on its own. */
	inspectionId: string | null;
	papers: { id: string; kind: DocumentKind; track: Track; numberText: string }[];
	/** An inspector or a leader of the agency whose papers they are. */
	mayAnswer: boolean;
}

export interface Objections {
	total: number;
	waiting: number;
	rows: ListedObjection[];
}

export interface ObjectionFilter {
	state: 'open' | 'all';
	enterprise: string | null;
}
export const objectionsPerPage = 50;

export function objectionFilterFrom(query: Pick<URLSearchParams, 'get'>): ObjectionFilter {
	const enterprise = z.uuid().safeParse(query.get('enterprise'));
	return {
		state: query.get('state') === 'all' ? 'all' : 'open',
		enterprise: enterprise.success ? enterprise.data : null
	};
}

export const objectionAnswerSchema = z.object({
	id: z.coerce.number().int().positive(),
	note: z.string().trim().min(2).max(1000)
});
export type ObjectionAnswer = z.infer<typeof objectionAnswerSchema>;
