import { z } from 'zod';
import type { IsoDate } from '#lib/calendar.ts';
import { sampleAgencyTemplate } from '#lib/document/agencyTemplate.ts';
import type { DocumentKind } from '#lib/document/document.ts';
import type { Track } from '#lib/document/track.ts';
import { uuid, type InspectionKind, type notCheckedKinds } from '#lib/inspection/inspection.ts';
import type { TaskStatement } from '#lib/record/taskCode.ts';

/** Kinds of checks that an authority makes; the enterprise's own work (自查) is announced to nobody. */
export const taskKinds = ['planned', 'random', 'triggered', 'recheck', 'campaign'] as const;

/** What the phone says of a check before it begins. */
export const taskStatementSchema = z.object({
	enterpriseId: uuid,
	kind: z.enum(taskKinds),
	taskSource: z.string().trim().max(100).nullable(),
	companionId: uuid.nullable(),
	checklistVersionIds: z.array(uuid).max(50)
}) satisfies z.ZodType<TaskStatement>;

export interface TaskOfficer {
	name: string;
	role: 'inspector' | 'community_worker';
	/** 执法证号. */
	licence: string | null;
	licenceValidUntil: IsoDate | null;
}

/** What became of the check: figures and numbers, nothing of what was found. */
export interface TaskResult {
	outcome: 'checked' | 'not_checked';
	notCheckedKind: (typeof notCheckedKinds)[number] | null;
	kind: InspectionKind;
	track: Track;
	inspectedOn: IsoDate;
	/** Instants. */
	checkedInAt: string;
	sealedAt: string;
	lastRatingDay: IsoDate;
	/** Who signed, with the number that they signed with. */
	officers: { name: string; licence: string | null }[];
	hazards: { found: number; major: number; onSpot: number };
	rechecked: { passed: number; failed: number };
	documents: {
		kind: DocumentKind;
		track: Track;
		numberText: string;
		state: 'issued' | 'superseded' | 'voided';
	}[];
}

/** Why a check cannot be rated (now). */
export type RatingProblemCode = 'rating.not_checked' | 'rating.given' | 'rating.over';

/** A task as anybody reads it who was shown its code. */
export interface CheckTask {
	enterpriseName: string;
	agency: { name: string; contact: { name: string; phone: string } | null; isSample: boolean };
	officers: TaskOfficer[];
	kind: (typeof taskKinds)[number];
	taskSource: string | null;
	checklists: { id: string; name: string; version: number; isSample: boolean }[];
	/** Expected; the seal decides. */
	track: Track;
	authority: string | null;
	nthOfYear: number;
	/** Instants. */
	openedAt: string;
	statedAt: string;
	/** How often it was stated: more than once, and something was put right. */
	statements: number;
	today: IsoDate;
	result: TaskResult | null;
	/** null: it can be rated. */
	ratingProblem: RatingProblemCode | null;
}

/** 检查依据: the agency's own wording, else the shipped one (a sample). */
export const authorityOf = ({ authority, track }: Pick<CheckTask, 'authority' | 'track'>): string =>
	authority ?? sampleAgencyTemplate.authority[track];

/** A visit begins at the door; a code made later was not shown before the check. A slow clock is forgiven ten minutes. */
export const wasOpenedLate = ({ openedAt, result }: Pick<CheckTask, 'openedAt' | 'result'>): boolean =>
	result !== null && Date.parse(openedAt) - Date.parse(result.checkedInAt) > 10 * 60_000;

// ── 「评价本次检查」 ───────────────────────────────────────────────────────────────────────────────────

export const ratingQuestions = ['showedCertificate', 'followedChecklist', 'conductedProperly'] as const;
export type RatingQuestion = (typeof ratingQuestions)[number];
export const overallRatings = [5, 4, 3, 2, 1] as const;
export const commentLimit = 500;

const yesOrNo = z.enum(['yes', 'no']).transform((value) => value === 'yes');
/** As the form sends it. */
export const ratingSchema = z.object({
	overall: z.coerce.number().int().min(1).max(5),
	showedCertificate: yesOrNo,
	followedChecklist: yesOrNo,
	conductedProperly: yesOrNo,
	comment: z.string().trim().max(commentLimit).default('')
});
export type Rating = z.infer<typeof ratingSchema>;

// ── Who is in charge reads ───────────────────────────────────────────────────────────────────────────

export interface RatingRow extends Omit<Rating, 'comment'> {
	id: string;
	inspectionId: string;
	enterpriseId: string;
	enterpriseName: string;
	inspectedOn: IsoDate;
	ratedOn: IsoDate;
	kind: InspectionKind;
	comment: string | null;
}

/** By the month of the check. How many said yes to each question; never by officer. */
export interface RatingMonth extends Record<RatingQuestion, number> {
	/** YYYY-MM */
	month: string;
	/** Checks that had a code. */
	checks: number;
	ratings: number;
	/** Mean of 1–5 to a tenth; null when nobody rated. */
	overall: number | null;
}

export interface RatingRows {
	total: number;
	counts: Record<RatingShow, number>;
	months: RatingMonth[];
	rows: RatingRow[];
}

/** `critical`: at most two of five, or a question answered with no. */
export const ratingShows = ['all', 'critical'] as const;
export type RatingShow = (typeof ratingShows)[number];
export const ratingsPerPage = 50;

export interface RatingFilter {
	show: RatingShow;
	community: string | null;
}

/** The filter that an address names; what it says badly is not heard. */
export function ratingFilterFrom(query: Pick<URLSearchParams, 'get'>): RatingFilter {
	const scope = query.get('community') ?? '';
	return {
		show: ratingShows.find((show) => show === query.get('show')) ?? 'all',
		community: /^\d+$/.test(scope) ? scope : null
	};
}
