import { z } from 'zod';
import type { IsoDate } from '#lib/calendar.ts';
import type { HazardState } from '#lib/hazard/hazard.ts';
import type { MemberRole } from '#lib/identity/identity.ts';
import { assignableKinds } from '#lib/tally/matters.ts';

/** What a 督办 is about; `execution` (督查) is about how an area does its work, the others about an enterprise. */
export const supervisionKinds = [...assignableKinds, 'other', 'execution'] as const;
export type SupervisionKind = (typeof supervisionKinds)[number];

export const supervisionStates = [
	'assigned',
	'extension_requested',
	'answered',
	'accepted',
	'withdrawn'
] as const;
export type SupervisionState = (typeof supervisionStates)[number];

export const supervisionActs = [
	'answer',
	'ask_extension',
	'grant_extension',
	'decline_extension',
	'accept',
	'return',
	'withdraw'
] as const;
export type SupervisionAct = (typeof supervisionActs)[number];

/** Steps of who was asked; all others are of who may decide. */
export const isOwnersAct = (act: SupervisionAct): boolean => act === 'answer' || act === 'ask_extension';

const transitions: Record<SupervisionState, Partial<Record<SupervisionAct, SupervisionState>>> = {
	assigned: { answer: 'answered', ask_extension: 'extension_requested', withdraw: 'withdrawn' },
	extension_requested: {
		answer: 'answered',
		grant_extension: 'assigned',
		decline_extension: 'assigned',
		withdraw: 'withdrawn'
	},
	answered: { accept: 'accepted', return: 'assigned', withdraw: 'withdrawn' },
	accepted: {},
	withdrawn: {}
};

/** Where a step leads; null: it cannot be taken from here. Repeated in SQL as `app.supervision_next`. */
export const nextState = (state: SupervisionState, act: SupervisionAct): SupervisionState | null =>
	transitions[state][act] ?? null;

/** What the reader of a 督办 may do now, in the order in which it is offered. */
export const actsOpenTo = ({
	state,
	isMine,
	mayDecide
}: Pick<SupervisionRow, 'state' | 'isMine' | 'mayDecide'>): SupervisionAct[] =>
	supervisionActs.filter((act) => nextState(state, act) !== null && (isOwnersAct(act) ? isMine : mayDecide));

/** `open` is everything not closed; `to_decide` what waits for the reader. */
export const supervisionListStates = ['open', 'to_decide', 'overdue', 'accepted', 'withdrawn'] as const;
export type SupervisionListState = (typeof supervisionListStates)[number];

export interface SupervisionRow {
	id: string;
	kind: SupervisionKind;
	state: SupervisionState;
	/** null: about an area. */
	enterpriseId: string | null;
	/** Of the enterprise or the area. */
	name: string;
	community: string | null;
	demand: string;
	deadline: IsoDate;
	/** Until when more time is asked for. */
	askedDeadline: IsoDate | null;
	ownerName: string;
	issuerName: string;
	issuedOn: IsoDate;
	answeredOn: IsoDate | null;
	closedOn: IsoDate | null;
	isMine: boolean;
	isOverdue: boolean;
	mayDecide: boolean;
}

export interface SupervisionRows {
	today: IsoDate;
	total: number;
	counts: Record<SupervisionListState, number>;
	rows: SupervisionRow[];
}

export const supervisionsPerPage = 50;

export interface SupervisedHazard {
	id: string;
	inspectionId: string;
	severity: 'general' | 'major';
	description: string;
	part: string;
	state: HazardState | 'reported';
	deadline: IsoDate | null;
	isOverdue: boolean;
}

export interface SupervisionStep {
	number: number;
	act: 'assign' | SupervisionAct;
	/** An instant. */
	at: string;
	by: string;
	note: string | null;
	deadline: IsoDate | null;
	photos: string[];
}

export interface SupervisionPage extends SupervisionRow {
	today: IsoDate;
	/** How many steps were taken; sent with the next one. */
	steps: number;
	hazards: SupervisedHazard[];
	course: SupervisionStep[];
}

/** What the form of a new 督办 stands on. */
export interface SupervisionMatter {
	today: IsoDate;
	scope: string;
	enterpriseId: string | null;
	name: string;
	community: string | null;
	/** Open ones. */
	hazards: SupervisedHazard[];
	owners: { userId: string; name: string; role: MemberRole }[];
}

/** Hazards that a matter of this kind is about: ticked before anybody has said anything. */
export const isAbout = (kind: SupervisionKind, hazard: SupervisedHazard): boolean =>
	(kind === 'major' && hazard.severity === 'major') ||
	(kind === 'overdue' && hazard.isOverdue) ||
	(kind === 'report' && hazard.state === 'reported') ||
	(kind === 'submitted' && hazard.state === 'rectification_submitted');

export interface SupervisionFilter {
	state: SupervisionListState | 'all';
	side: 'asked' | 'issued' | null;
	enterprise: string | null;
	community: string | null;
	q: string | null;
}

/** The filter that an address names; what it says badly is not heard. */
export function supervisionFilterFrom(query: Pick<URLSearchParams, 'get'>): SupervisionFilter {
	const scope = query.get('community') ?? '';
	const side = query.get('side');
	const enterprise = z.uuid().safeParse(query.get('enterprise'));
	return {
		state: supervisionListStates.find((state) => state === query.get('state')) ?? 'open',
		side: side === 'asked' || side === 'issued' ? side : null,
		enterprise: enterprise.success ? enterprise.data : null,
		community: /^\d+$/.test(scope) ? scope : null,
		q: query.get('q')?.trim() || null
	};
}

export const assignmentSchema = z.object({
	/** Made with the form, so that sending it twice makes one. */
	id: z.uuid(),
	kind: z.enum(supervisionKinds),
	hazards: z.array(z.uuid()).max(200),
	owner: z.uuid(),
	deadline: z.iso.date(),
	demand: z.string().trim().min(2).max(1000)
});
export type Assignment = z.infer<typeof assignmentSchema>;

const emptyIsNone = z.literal('').transform(() => null);
export const stepSchema = z.object({
	seen: z.coerce.number().int().min(1),
	note: z.string().trim().max(1000).default(''),
	deadline: z.iso.date().or(emptyIsNone).nullable().default(null)
});
export type Step = z.infer<typeof stepSchema>;
