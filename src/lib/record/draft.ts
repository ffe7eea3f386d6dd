import type { Hazard, RecheckVerdict } from '#lib/hazard/hazard.ts';
import type { AnswerValue, CheckIn, InspectionKind, Position, Strokes } from '#lib/inspection/inspection.ts';
import type { notCheckedKinds } from '#lib/inspection/inspection.ts';
import type { SealAnswer } from './sealAnswer.ts';
import type { TaskCode } from './taskCode.ts';

/**
 * The steps of a visit, as the person meets them. `sealing`: signed, the content is fixed and is being sent.
 * A visit that could not become a check (无法检查) goes from `check_in` to `signatures`.
 */
export const visitSteps = ['check_in', 'checklist', 'result', 'signatures', 'sealing', 'sealed'] as const;
export type VisitStep = (typeof visitSteps)[number];

export interface DraftPhoto {
	sha256: string;
	bytes: number;
	mediaType: 'image/jpeg' | 'image/png' | 'image/webp';
	takenAt: string;
	position: Position | null;
}

export interface NotChecked {
	kind: (typeof notCheckedKinds)[number] | null;
	reason: string;
	photos: string[];
}

/** What the person in charge on site does: signs, or refuses before a witness. Unfinished as long as it is a draft. */
export interface OnSiteDraft {
	outcome: 'signed' | 'refused';
	name: string;
	duty: string;
	phone: string;
	signature: Strokes | null;
	reason: string;
	witnessName: string;
	witnessIdentity: string;
	witnessSignature: Strokes | null;
	photos: string[];
	/** When the last stroke was drawn, or the refusal was noted. */
	at: string | null;
}

/** Fixed at 签章: every attempt sends the same bytes, so a retry can never become a second inspection. */
export interface FixedContent {
	text: string;
	sha256: string;
}

/** One visit on the phone, from the first tap. Plain data: it is stored as it stands after every change. */
export interface Draft {
	format: 1;
	id: string;
	userId: string;
	enterpriseId: string;
	enterpriseName: string;
	kind: InspectionKind;
	rechecks: string | null;
	startedAt: string;
	updatedAt: string;
	deliveryId: string;
	/** Server's clock minus the phone's, when the bundle came. */
	clockOffsetMilliseconds: number | null;
	checkIn: CheckIn | null;
	notChecked: NotChecked | null;
	place: string;
	taskSource: string;
	answers: Record<string, AnswerValue>;
	hazards: Hazard[];
	verdicts: Record<string, RecheckVerdict>;
	photos: Record<string, DraftPhoto>;
	isResultRead: boolean;
	electronicDelivery: boolean | null;
	companionId: string | null;
	onSite: OnSiteDraft;
	inspectorSignature: { strokes: Strokes; at: string } | null;
	fixed: FixedContent | null;
	/** 任务核验码, once the server has the task; a visit of before there were any has none. */
	taskCode?: TaskCode;
	/** null until the server said so; from then on nothing of the visit is changed or sent. */
	sealed: Extract<SealAnswer, { state: 'sealed' }> | null;
}

export const emptyOnSite: OnSiteDraft = {
	outcome: 'signed',
	name: '',
	duty: '',
	phone: '',
	signature: null,
	reason: '',
	witnessName: '',
	witnessIdentity: '',
	witnessSignature: null,
	photos: [],
	at: null
};

export interface DraftStart {
	id: string;
	deliveryId: string;
	userId: string;
	enterpriseId: string;
	enterpriseName: string;
	/** The inspection whose open hazards are looked at again; makes it a recheck. */
	rechecks: string | null;
	/** Because of a 举报; a recheck stays one. */
	isTriggered: boolean;
	contactName: string | null;
	contactPhone: string | null;
	clockOffsetMilliseconds: number | null;
	at: string;
}

export const startDraft = (start: DraftStart): Draft => ({
	format: 1,
	id: start.id,
	userId: start.userId,
	enterpriseId: start.enterpriseId,
	enterpriseName: start.enterpriseName,
	kind: start.rechecks ? 'recheck' : start.isTriggered ? 'triggered' : 'planned',
	rechecks: start.rechecks,
	startedAt: start.at,
	updatedAt: start.at,
	deliveryId: start.deliveryId,
	clockOffsetMilliseconds: start.clockOffsetMilliseconds,
	checkIn: null,
	notChecked: null,
	place: '',
	// As it is printed and shown to the enterprise: that somebody told is nobody's business there.
	taskSource: start.isTriggered && !start.rechecks ? '线索核查' : '',
	answers: {},
	hazards: [],
	verdicts: {},
	photos: {},
	isResultRead: false,
	electronicDelivery: null,
	companionId: null,
	onSite: { ...emptyOnSite, name: start.contactName ?? '', phone: start.contactPhone ?? '' },
	inspectorSignature: null,
	fixed: null,
	sealed: null
});
