import { addDays, shanghaiDate } from '#lib/calendar.ts';
import { composeChecklist, type ComposedChecklist, type ComposedItem } from '#lib/checklist/checklist.ts';
import { hazardSchema, type Hazard, type RecheckVerdict } from '#lib/hazard/hazard.ts';
import {
	isEmptySignature,
	judgeCheckIn,
	type AnswerValue,
	type CheckIn,
	type Position,
	type Strokes
} from '#lib/inspection/inspection.ts';
import type { Problem } from '#lib/problem.ts';
import {
	visitSteps,
	type Draft,
	type DraftPhoto,
	type FixedContent,
	type NotChecked,
	type OnSiteDraft,
	type VisitStep
} from './draft.ts';
import type { SealAnswer } from './sealAnswer.ts';
import type { OpenHazard, VisitBundle } from './visitBundle.ts';

/*
 * The state machine of a visit: pure steps from one draft to the next. Whoever calls them stores what comes out.
 * Nobody's signature survives a change of what they signed.
 */

const unsigned = (draft: Draft): Pick<Draft, 'isResultRead' | 'onSite' | 'inspectorSignature'> => ({
	isResultRead: false,
	onSite: { ...draft.onSite, signature: null, witnessSignature: null, at: null },
	inspectorSignature: null
});

/** A change of what was found. */
function found(draft: Draft, change: Partial<Draft>): Draft {
	if (draft.fixed)
		throw new Error(`visit: got a change of ${draft.id}, expected none after its content was fixed`);
	return { ...draft, ...unsigned(draft), ...change };
}

// ── Check-in ───────────────────────────────────────────────────────────────────────────────────────

export const checkIn = (draft: Draft, value: CheckIn): Draft =>
	found(draft, { checkIn: value, notChecked: null });

/** 「无法检查」: a visit, not a check. What was answered before stays, in case the door opens after all. */
export const reportNotChecked = (draft: Draft, notChecked: NotChecked, value: CheckIn): Draft =>
	found(draft, { notChecked, checkIn: draft.checkIn ?? value });

/** What was found at a shut door also says why the fix was poor: nobody is asked twice. */
export function confirmNotChecked(draft: Draft, bundle: VisitBundle): Draft {
	if (!draft.notChecked || !draft.checkIn || !checkInProblem(draft, bundle)) return draft;
	return found(draft, { checkIn: { ...draft.checkIn, reason: draft.notChecked.reason.trim() } });
}

/** Where nothing was answered yet, the check-in came with the report only and goes with it: 到场 is confirmed by hand. */
export function takeBackNotChecked(draft: Draft): Draft {
	const isBegun = draft.hazards.length > 0 || Object.keys({ ...draft.answers, ...draft.verdicts }).length > 0;
	return found(draft, { notChecked: null, checkIn: isBegun ? draft.checkIn : null });
}

// ── Checklist ──────────────────────────────────────────────────────────────────────────────────────

/** The list for this visit; a recheck looks at hazards, not at the list. */
export function checklistOf(draft: Pick<Draft, 'kind'>, bundle: VisitBundle): ComposedChecklist {
	if (draft.kind === 'recheck') return { versionIds: [], sections: [] };
	return composeChecklist({
		siteType: bundle.enterprise.siteType,
		tags: bundle.enterprise.tags,
		versions: bundle.versions,
		failedBefore: new Set(bundle.failedBefore)
	});
}

export const itemsOf = (checklist: ComposedChecklist): ComposedItem[] =>
	checklist.sections.flatMap(({ items }) => items);

/** 符合 or 不适用. A hazard written for the item goes with its failing. */
export const answer = (draft: Draft, itemId: string, value: Exclude<AnswerValue, 'fail'>): Draft =>
	found(draft, {
		answers: { ...draft.answers, [itemId]: value },
		hazards: draft.hazards.filter((hazard) => hazard.itemId !== itemId)
	});

/** 「其余均符合」 */
export const passRemaining = (draft: Draft, itemIds: readonly string[]): Draft =>
	found(draft, {
		answers: {
			...draft.answers,
			...Object.fromEntries(itemIds.filter((id) => !draft.answers[id]).map((id) => [id, 'pass' as const]))
		}
	});

export interface HazardStart {
	id: string;
	position: Position | null;
	/** When it was found: its deadline counts from that day. */
	at: string;
}

/** 不符合: a hazard stands at once, filled from the item, so that nothing is lost while the camera is open. */
export function fail(draft: Draft, item: ComposedItem, start: HazardStart): Draft {
	const hazard: Hazard = {
		id: start.id,
		itemId: item.id,
		itemCode: item.code,
		part: item.part,
		severity: 'general',
		cause: item.cause,
		description: item.hazardDescription,
		legalBasis: item.legalBasis,
		clause: null,
		acceptance: item.acceptance,
		measure: 'deadline',
		deadline: addDays(shanghaiDate(start.at), item.days),
		position: start.position,
		photos: [],
		proof: []
	};
	return found(draft, {
		answers: { ...draft.answers, [item.id]: 'fail' },
		hazards: [...draft.hazards.filter(({ itemId }) => itemId !== item.id), hazard]
	});
}

/** 「另记一项隐患」: one that no item asks about. */
export const addFreeHazard = (draft: Draft, start: HazardStart): Draft =>
	found(draft, {
		hazards: [
			...draft.hazards,
			{
				id: start.id,
				itemId: null,
				itemCode: null,
				part: '',
				severity: 'general',
				cause: 'object',
				description: '',
				legalBasis: null,
				clause: null,
				acceptance: null,
				measure: 'deadline',
				deadline: addDays(shanghaiDate(start.at), 7),
				position: start.position,
				photos: [],
				proof: []
			}
		]
	});

/** What a change of measure or severity brings with it: 当场改正 has no deadline, 重大 always has one. */
export function changeHazard(
	draft: Draft,
	id: string,
	change: Partial<Hazard>,
	defaultDeadline: string
): Draft {
	const hazards = draft.hazards.map((hazard): Hazard => {
		if (hazard.id !== id) return hazard;
		const next = { ...hazard, ...change };
		if (change.severity === 'major') next.measure = 'deadline';
		if (next.measure === 'on_spot') return { ...next, severity: 'general', deadline: null };
		return { ...next, deadline: next.deadline ?? defaultDeadline, proof: [] };
	});
	return found(draft, { hazards });
}

/** Takes a hazard away; its item is open again. */
export function removeHazard(draft: Draft, id: string): Draft {
	const itemId = draft.hazards.find((hazard) => hazard.id === id)?.itemId;
	const answers = { ...draft.answers };
	if (itemId) delete answers[itemId];
	return found(draft, { answers, hazards: draft.hazards.filter((hazard) => hazard.id !== id) });
}

export const setVerdict = (draft: Draft, verdict: RecheckVerdict): Draft =>
	found(draft, { verdicts: { ...draft.verdicts, [verdict.hazardId]: verdict } });

/** The hazards a recheck may look at: due, overdue, or said to be done (复查不早于整改期限，已提交整改的除外). */
export const recheckable = (bundle: VisitBundle, today: string): OpenHazard[] =>
	bundle.openHazards.filter(
		(hazard) => hazard.state === 'rectification_submitted' || hazard.deadline <= today
	);

export const addPhoto = (draft: Draft, photo: DraftPhoto): Draft => ({
	...draft,
	photos: { ...draft.photos, [photo.sha256]: photo }
});

export interface Progress {
	total: number;
	remaining: number;
	failed: number;
}

/** 「还剩7项」: items without an answer; in a recheck, hazards without a verdict. */
export function progressOf(draft: Draft, bundle: VisitBundle, today: string): Progress {
	if (draft.kind === 'recheck') {
		const asked = recheckable(bundle, today);
		const seen = asked.filter(({ id }) => draft.verdicts[id]);
		return {
			total: asked.length,
			remaining: asked.length - seen.length,
			failed: seen.filter(({ id }) => !draft.verdicts[id]!.passed).length
		};
	}
	const items = itemsOf(checklistOf(draft, bundle));
	return {
		total: items.length,
		remaining: items.filter(({ id }) => !draft.answers[id]).length,
		failed: items.filter(({ id }) => draft.answers[id] === 'fail').length
	};
}

// ── Result and signatures ──────────────────────────────────────────────────────────────────────────

export const readResult = (draft: Draft): Draft => ({ ...draft, isResultRead: true });

export const setDelivery = (draft: Draft, electronicDelivery: boolean): Draft =>
	found(draft, { electronicDelivery });
export const setCompanion = (draft: Draft, companionId: string | null): Draft =>
	found(draft, { companionId });
export const setPlace = (draft: Draft, place: string): Draft => found(draft, { place });
export const setTaskSource = (draft: Draft, taskSource: string): Draft => found(draft, { taskSource });

export function signOnSite(draft: Draft, change: Partial<OnSiteDraft>, at: string): Draft {
	if (draft.fixed)
		throw new Error(`visit: got a signature for ${draft.id}, expected none after its content was fixed`);
	return { ...draft, onSite: { ...draft.onSite, ...change, at } };
}

export const signInspector = (draft: Draft, strokes: Strokes | null, at: string): Draft => ({
	...draft,
	inspectorSignature: strokes && { strokes, at }
});

/** 签章: from here on the content is what it is. */
export const fix = (draft: Draft, content: FixedContent): Draft => ({ ...draft, fixed: content });

/** 「返回修改」 while nothing is sealed: the content opens again, and is to be read and signed again. */
export function reopen(draft: Draft): Draft {
	if (draft.sealed) throw new Error(`visit: got reopen of ${draft.id}, expected an unsealed one`);
	return { ...draft, ...unsigned(draft), fixed: null };
}

export const noteSealed = (draft: Draft, sealed: Extract<SealAnswer, { state: 'sealed' }>): Draft => ({
	...draft,
	sealed
});

// ── What still has to be done ──────────────────────────────────────────────────────────────────────

const problem = (code: Problem['code'], path?: string, details?: Problem['details']): Problem => ({
	code,
	...(path && { path }),
	...(details && { details })
});

function checkInProblem(draft: Draft, bundle: VisitBundle): Problem | null {
	const { checkIn: made } = draft;
	if (!made) return problem('inspection.state', 'checkIn');
	const verdict = judgeCheckIn(
		made.position && { accuracyMetres: made.position.accuracyMetres, distanceMetres: made.distanceMetres },
		bundle.limits
	);
	if (verdict === 'good' || (verdict === 'too_far' && draft.notChecked && made.reason)) return null;
	if (verdict !== 'too_far' && made.reason) return null;
	return problem('inspection.position_reason', 'checkIn.reason', {
		...(made.distanceMetres !== null && { distanceMetres: Math.round(made.distanceMetres) })
	});
}

function findingProblem(draft: Draft, bundle: VisitBundle, today: string): Problem | null {
	if (draft.notChecked) {
		const { kind, reason } = draft.notChecked;
		return kind && reason.trim().length >= 2 ? null : problem('request.invalid', 'notChecked.reason');
	}
	const { remaining, total } = progressOf(draft, bundle, today);
	if (draft.kind === 'recheck' && total === 0) return problem('hazard.state', 'verdicts');
	if (remaining > 0) return problem('inspection.unanswered', 'answers', { number: remaining });
	const faulty = draft.hazards.find((hazard) => hazardProblem(hazard) !== null);
	return faulty ? { ...hazardProblem(faulty)!, path: `hazards.${faulty.id}` } : null;
}

/** What a hazard still lacks, with the field's name as path. */
export function hazardProblem(hazard: Hazard): Problem | null {
	const parsed = hazardSchema.safeParse(hazard);
	if (parsed.success) return null;
	const path = String(parsed.error.issues[0]!.path[0] ?? '');
	return problem(path === 'deadline' ? 'hazard.deadline' : 'request.invalid', path);
}

/** What the person on site still owes; null when they signed, or the refusal has reason and witness. */
export function onSiteProblem({ onSite }: Draft): Problem | null {
	if (onSite.outcome === 'signed') {
		if (!onSite.name.trim()) return problem('signature.missing', 'onSite.name');
		if (!onSite.signature) return problem('signature.missing', 'onSite.signature');
		return isEmptySignature(onSite.signature) ? problem('signature.empty', 'onSite.signature') : null;
	}
	if (onSite.reason.trim().length < 2) return problem('signature.witness_missing', 'onSite.reason');
	if (!onSite.witnessName.trim()) return problem('signature.witness_missing', 'onSite.witnessName');
	// The witness's own signature is asked for and may be refused too; a dot is never one.
	return onSite.witnessSignature && isEmptySignature(onSite.witnessSignature)
		? problem('signature.empty', 'onSite.witnessSignature')
		: null;
}

function signatureProblem(draft: Draft): Problem | null {
	if (!draft.notChecked) {
		if (!draft.isResultRead || draft.electronicDelivery === null)
			return problem('consent.missing', 'electronicDelivery');
		const onSite = onSiteProblem(draft);
		if (onSite) return onSite;
	}
	const own = draft.inspectorSignature;
	if (!own) return problem('signature.missing', 'inspector');
	return isEmptySignature(own.strokes) ? problem('signature.empty', 'inspector') : null;
}

/** What keeps the visit from leaving a step; null when the next one is open. */
export function stepProblem(
	step: VisitStep,
	draft: Draft,
	bundle: VisitBundle,
	today: string
): Problem | null {
	switch (step) {
		case 'check_in':
			return checkInProblem(draft, bundle);
		case 'checklist':
			return findingProblem(draft, bundle, today);
		case 'result':
			return !draft.notChecked && draft.electronicDelivery === null
				? problem('consent.missing', 'electronicDelivery')
				: null;
		case 'signatures':
			return signatureProblem(draft);
		case 'sealing':
			return draft.sealed ? null : problem('inspection.state', 'sealed');
		case 'sealed':
			return null;
	}
}

/** The last step that is open now: where a visit is taken up again. Nothing is skipped. */
export function furthestStep(draft: Draft, bundle: VisitBundle, today: string): VisitStep {
	if (draft.sealed) return 'sealed';
	if (draft.fixed) return 'sealing';
	if (draft.notChecked)
		return checkInProblem(draft, bundle) || findingProblem(draft, bundle, today) ? 'check_in' : 'signatures';
	for (const step of ['check_in', 'checklist', 'result'] as const) {
		if (stepProblem(step, draft, bundle, today)) return step;
	}
	return draft.isResultRead ? 'signatures' : 'result';
}

/** The step to show when one is asked for: never beyond what is open, and never back behind a fixed content. */
export function shownStep(
	asked: VisitStep | null,
	draft: Draft,
	bundle: VisitBundle,
	today: string
): VisitStep {
	const furthest = furthestStep(draft, bundle, today);
	if (!asked || furthest === 'sealing' || furthest === 'sealed') return furthest;
	if (draft.notChecked && (asked === 'checklist' || asked === 'result')) return 'check_in';
	return visitSteps.indexOf(asked) <= visitSteps.indexOf(furthest) ? asked : furthest;
}
