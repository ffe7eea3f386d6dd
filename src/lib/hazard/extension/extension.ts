import { z } from 'zod';
import { addDays, daysBetween, type IsoDate } from '#lib/calendar.ts';
import { isoDate, sha256, uuid } from '#lib/inspection/inspection.ts';
import type { ProblemCode } from '#lib/problem.ts';
import type { HazardSeverity, HazardState } from '../hazard.ts';

/** asked → granted | refused; `lapsed`: sent in or rechecked before anybody decided. */
export const extensionStates = ['asked', 'granted', 'refused', 'lapsed'] as const;
export type ExtensionState = (typeof extensionStates)[number];

/** 「申请延期」 of one hazard, with what came of it. */
export interface Extension {
	id: string;
	/** What was asked for together has the same. */
	requestId: string;
	state: ExtensionState;
	/** The deadline that it asks to put off. */
	standing: IsoDate;
	wished: IsoDate;
	reason: string;
	askedBy: string;
	/** An instant. */
	askedAt: string;
	/** The granted day; it may be another one than was wished for. */
	until: IsoDate | null;
	/** Of who decided: always there when it was refused. */
	note: string | null;
	decidedBy: string | null;
	decidedAt: string | null;
	photos: string[];
}

interface Extensible {
	state: HazardState | 'reported';
	deadline: IsoDate | null;
	extensions: readonly Pick<Extension, 'state'>[];
}

/**
 * Why more time cannot be asked for, or null. Asked for in time only: what is over cannot be put off, or 按期整改
 * would say nothing. (Repeated in SQL: `app.extension_obstacle`.)
 */
export function extensionObstacle(
	{ state, deadline, extensions }: Extensible,
	today: IsoDate
): Extract<ProblemCode, 'hazard.state' | 'extension.late' | 'extension.pending'> | null {
	if (state !== 'open' || deadline === null) return 'hazard.state';
	if (daysBetween(deadline, today) > 0) return 'extension.late';
	return extensions.some((one) => one.state === 'asked') ? 'extension.pending' : null;
}

/** Nobody is given more than a year. */
const mostDays = 366;

/** Days that may be asked for or granted: after the latest of the deadlines, from today on. */
export function extensionDays(deadlines: readonly IsoDate[], today: IsoDate): { min: IsoDate; max: IsoDate } {
	const after = deadlines.map((deadline) => addDays(deadline, 1));
	return { min: [...after, today].sort().at(-1)!, max: addDays(today, mostDays) };
}

export const extensionRequestSchema = z.object({
	/** Made with the page, so that a form sent twice is one request. */
	id: uuid,
	hazards: z.array(uuid).min(1).max(60),
	wished: isoDate,
	reason: z.string().trim().min(2).max(500),
	name: z.string().trim().min(1).max(50),
	photos: z.array(sha256).max(9)
});
export type ExtensionRequest = z.infer<typeof extensionRequestSchema>;

const emptyIsNone = z.literal('').transform(() => null);

export const extensionDecisionSchema = z
	.object({
		extensions: z.array(uuid).min(1).max(60),
		outcome: z.enum(['granted', 'refused']),
		until: isoDate.or(emptyIsNone).nullable().default(null),
		note: z.string().trim().max(500).default('')
	})
	.superRefine(({ outcome, until, note }, context) => {
		const refuse = (path: string) => context.addIssue({ code: 'custom', path: [path] });
		if (outcome === 'granted' && until === null) refuse('until');
		if (outcome === 'refused' && note.length < 2) refuse('note');
	});
export type ExtensionDecision = z.infer<typeof extensionDecisionSchema>;

export interface ExtendedHazard {
	hazardId: string;
	inspectionId: string;
	description: string;
	part: string;
	severity: HazardSeverity;
	/** Why the reader may not decide about it; null: they may, or there is nothing to decide. */
	obstacle: ProblemCode | null;
	extension: Extension;
}

/** One request, as staff read it. */
export interface ExtensionRow {
	requestId: string;
	enterpriseId: string;
	enterpriseName: string;
	community: string | null;
	waits: boolean;
	hazards: ExtendedHazard[];
}

export interface ExtensionRows {
	today: IsoDate;
	total: number;
	/** How many wait for an answer, whatever the list shows. */
	waiting: number;
	rows: ExtensionRow[];
}

export interface ExtensionFilter {
	state: 'asked' | 'all';
	enterprise: string | null;
}
export const extensionsPerPage = 50;

export function extensionFilterFrom(query: Pick<URLSearchParams, 'get'>): ExtensionFilter {
	const enterprise = uuid.safeParse(query.get('enterprise'));
	return {
		state: query.get('state') === 'all' ? 'all' : 'asked',
		enterprise: enterprise.success ? enterprise.data : null
	};
}

/** Those of a request that the reader may decide about now. */
export const decidable = ({ hazards }: ExtensionRow): ExtendedHazard[] =>
	hazards.filter(({ extension, obstacle }) => extension.state === 'asked' && obstacle === null);
