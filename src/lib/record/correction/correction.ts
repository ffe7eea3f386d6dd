import { addDays, type IsoDate } from '#lib/calendar.ts';
import type { Hazard, HazardState } from '#lib/hazard/hazard.ts';
import type { ProblemCode } from '#lib/problem.ts';
import type { Track } from '#lib/document/track.ts';
import type { InspectionContent } from '../content.ts';

/**
 * 更正 of a sealed visit. The correcting record is a whole content of the same visit as it should have read; the rules
 * here say which parts may differ from the record that holds. Each is repeated in `correct_inspection`.
 */
export type Correction = NonNullable<InspectionContent['correction']>;

/** The parts that people may put right; who was there, when and where is no part of them. */
export type CorrectableParts = Pick<
	InspectionContent,
	'place' | 'taskSource' | 'enterprise' | 'answers' | 'hazards' | 'verdicts'
>;

/** What became of a hazard since its record was sealed. */
export interface HazardCourse {
	state: HazardState | 'reported';
	deadline: IsoDate | null;
	/** A recheck looked at it, whatever it found. */
	wasRechecked: boolean;
	/** As a 重大 one it has a plan, a stop or a listing already. */
	hasSteps: boolean;
}

const waits = ({ state }: HazardCourse): boolean =>
	state === 'reported' || state === 'open' || state === 'rectification_submitted';

/**
 * What of a hazard may still be put right. Its words, its place and further photos always.
 * - its deadline: while it runs as the record set it; one that an extension or a recheck moved is theirs
 * - its grade: before anything was sent in or looked at again, or any step of a 重大 one was taken
 * - 更正撤销: before a recheck; what a recheck closed was there
 */
export const correctable = {
	deadline: (course: HazardCourse, recorded: IsoDate | null): boolean =>
		!course.wasRechecked && waits(course) && course.deadline === recorded,
	severity: (course: HazardCourse): boolean =>
		!course.wasRechecked && !course.hasSteps && (course.state === 'reported' || course.state === 'open'),
	existence: (course: HazardCourse): boolean =>
		!course.wasRechecked && (waits(course) || course.state === 'closed')
};

/** Clauses of the schemes read these of a finding: where one differs, the account is reckoned anew. */
export const isScoredOtherwise = (before: Hazard, after: Hazard | undefined): boolean =>
	!after ||
	before.severity !== after.severity ||
	before.cause !== after.cause ||
	(before.clause ?? null) !== (after.clause ?? null);

const beginsWith = (list: readonly string[], first: readonly string[]): boolean =>
	first.every((one, index) => list[index] === one);

/** Why one hazard may not become that, or null. `after` undefined: it falls away. */
export function hazardObstacle(
	before: Hazard,
	after: Hazard | undefined,
	course: HazardCourse,
	today: IsoDate
): ProblemCode | null {
	if (!after) return correctable.existence(course) ? null : 'correction.rechecked';
	if (!beginsWith(after.photos, before.photos) || !beginsWith(after.proof, before.proof))
		return 'correction.photo';
	if (after.deadline !== before.deadline) {
		if (!correctable.deadline(course, before.deadline)) return 'correction.deadline_moved';
		if (!isDayAhead(after.deadline, today)) return 'hazard.deadline';
	}
	if (after.severity !== before.severity && !correctable.severity(course)) return 'correction.rechecked';
	return null;
}

const isDayAhead = (day: IsoDate | null, today: IsoDate): boolean =>
	day !== null && day >= today && day <= addDays(today, 366);

/** What a person makes of the record that holds. */
export interface CorrectionDraft {
	place: string | null;
	taskSource: string | null;
	enterprise: Pick<
		InspectionContent['enterprise'],
		'name' | 'creditCode' | 'address' | 'principalName' | 'principalPhone'
	>;
	/** By id; a hazard that is left out falls away (更正撤销). */
	hazards: ReadonlyMap<string, Hazard>;
	/** By hazard id. */
	verdicts: ReadonlyMap<string, { note: string | null; newDeadline: IsoDate | null }>;
}

/** The draft that changes nothing. */
export const draftOf = (content: InspectionContent): CorrectionDraft => ({
	place: content.place,
	taskSource: content.taskSource,
	enterprise: content.enterprise,
	hazards: new Map(content.hazards.map((hazard) => [hazard.id, hazard])),
	verdicts: new Map(
		content.verdicts.map(({ hazardId, note, newDeadline }) => [hazardId, { note, newDeadline }])
	)
});

/**
 * The record that holds with the draft's changes. An item whose hazard falls away was in order; 拟记 stays only while
 * it counts what it counted, because nobody reads a new one to the person on site.
 */
export function correctedParts(
	content: InspectionContent,
	draft: CorrectionDraft
): CorrectableParts & Pick<InspectionContent, 'provisional'> {
	const hazards = content.hazards.flatMap(({ id }) => draft.hazards.get(id) ?? []);
	const failed = new Set(hazards.map(({ itemId }) => itemId));
	const isScored = content.hazards.some((hazard) =>
		isScoredOtherwise(
			hazard,
			hazards.find(({ id }) => id === hazard.id)
		)
	);
	return {
		place: draft.place,
		taskSource: draft.taskSource,
		enterprise: { ...content.enterprise, ...draft.enterprise },
		answers: content.answers.map((answer) =>
			answer.answer === 'fail' && !failed.has(answer.itemId) ? { ...answer, answer: 'pass' as const } : answer
		),
		hazards,
		verdicts: content.verdicts.map((verdict) => ({ ...verdict, ...draft.verdicts.get(verdict.hazardId) })),
		provisional: isScored ? null : content.provisional
	};
}

/** On track A the papers are of two officers with valid 执法证, the corrected ones too. */
export const needsCosigner = (track: Track): boolean => track === 'A';
