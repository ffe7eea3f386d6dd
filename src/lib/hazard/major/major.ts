import { z } from 'zod';
import { addDays, daysBetween, type IsoDate } from '#lib/calendar.ts';
import { stopKinds } from '#lib/enterprise/stop.ts';
import { isoDate, sha256, uuid } from '#lib/inspection/inspection.ts';
import type { ProblemCode } from '#lib/problem.ts';
import type { HazardState } from '../hazard.ts';

/** Where a 重大 hazard can stand: `accepted` is 验收合格, 待销号. */
export type MajorState = HazardState | 'reported';
export const planStates = ['none', 'filed', 'returned', 'accepted'] as const;
/** `applied`: asked to resume after treatment. */
export const stopStates = ['none', 'stopped', 'applied', 'resumed'] as const;

/** How a 重大 hazard stands; everything else follows from it. */
export interface MajorStanding {
	state: MajorState;
	plan: (typeof planStates)[number];
	stop: (typeof stopStates)[number];
	/** 挂牌督办 until this day; null: not listed. */
	listedUntil: IsoDate | null;
}

export const majorActs = [
	'file_plan',
	'return_plan',
	'accept_plan',
	'order_stop',
	'apply_resume',
	'grant_resume',
	'refuse_resume',
	'list',
	'extend_listing',
	'delist',
	'send_back'
] as const;
export type MajorAct = (typeof majorActs)[number];

export interface MajorRule {
	/** What of the standing it moves. */
	thread: 'plan' | 'stop' | 'listing' | 'hazard';
	from: readonly string[];
	to: string;
	/** While the hazard stands so. */
	hazard: readonly MajorState[];
	/** `enterprise`: itself, or staff for it from a signed paper. `officer`: an inspector of the agency, or a leader. */
	by: 'enterprise' | 'officer' | 'leader';
}

const beforeDelisting: readonly MajorState[] = ['open', 'rectification_submitted', 'accepted'];
const inTreatment: readonly MajorState[] = ['open', 'rectification_submitted'];
const afterTreatment: readonly MajorState[] = ['rectification_submitted', 'accepted'];
const accepted: readonly MajorState[] = ['accepted'];

/**
 * The state machine. 治理方案: 安监总局令第16号第十五条. 停产停用 while it is not safe, and 审查同意 before it may be resumed:
 * 安全生产法第六十五条. 挂牌督办 → 整改 → 验收 → 销号. (Repeated in SQL: `app.major_rule`; a test compares them.)
 */
export const majorRules: Readonly<Record<MajorAct, MajorRule>> = {
	file_plan: {
		thread: 'plan',
		from: ['none', 'returned'],
		to: 'filed',
		hazard: beforeDelisting,
		by: 'enterprise'
	},
	return_plan: {
		thread: 'plan',
		from: ['filed', 'accepted'],
		to: 'returned',
		hazard: beforeDelisting,
		by: 'officer'
	},
	accept_plan: { thread: 'plan', from: ['filed'], to: 'accepted', hazard: beforeDelisting, by: 'officer' },
	order_stop: { thread: 'stop', from: ['none', 'resumed'], to: 'stopped', hazard: inTreatment, by: 'leader' },
	apply_resume: {
		thread: 'stop',
		from: ['stopped'],
		to: 'applied',
		hazard: afterTreatment,
		by: 'enterprise'
	},
	grant_resume: { thread: 'stop', from: ['applied'], to: 'resumed', hazard: accepted, by: 'leader' },
	refuse_resume: { thread: 'stop', from: ['applied'], to: 'stopped', hazard: afterTreatment, by: 'leader' },
	list: { thread: 'listing', from: ['none'], to: 'listed', hazard: beforeDelisting, by: 'leader' },
	extend_listing: {
		thread: 'listing',
		from: ['listed'],
		to: 'listed',
		hazard: beforeDelisting,
		by: 'leader'
	},
	delist: { thread: 'hazard', from: ['accepted'], to: 'closed', hazard: accepted, by: 'leader' },
	send_back: { thread: 'hazard', from: ['accepted'], to: 'open', hazard: accepted, by: 'leader' }
};

const threadOf = (standing: MajorStanding): Record<MajorRule['thread'], string> => ({
	plan: standing.plan,
	stop: standing.stop,
	listing: standing.listedUntil === null ? 'none' : 'listed',
	hazard: standing.state
});

export const isStopped = ({ stop }: Pick<MajorStanding, 'stop'>): boolean =>
	stop === 'stopped' || stop === 'applied';

/** All that is still missing for a 销号, in the order in which it is named. (SQL: `app.delist_obstacles`.) */
export function delistObstacles({ state, plan, stop }: MajorStanding): ProblemCode[] {
	return [
		...(state === 'accepted' ? [] : (['major.not_accepted'] as const)),
		...(plan === 'accepted' ? [] : (['major.no_plan'] as const)),
		...(isStopped({ stop }) ? (['major.stopped'] as const) : [])
	];
}

/** Why this act cannot be taken from here, or null. Who takes it is another question. (SQL: `app.major_step_problem`.) */
export function actObstacle(act: MajorAct, standing: MajorStanding): ProblemCode | null {
	const { hazard, from, thread } = majorRules[act];
	if (act === 'delist') {
		const [missing] = delistObstacles(standing);
		if (missing) return missing;
	}
	if (act === 'apply_resume' && standing.stop === 'stopped' && standing.state === 'open')
		return 'major.after_treatment';
	if (act === 'grant_resume' && standing.stop === 'applied' && standing.state !== 'accepted')
		return 'major.not_accepted';
	return hazard.includes(standing.state) && from.includes(threadOf(standing)[thread]) ? null : 'major.state';
}

/** How it stands after an act that was possible. */
export function afterAct(
	standing: MajorStanding,
	act: MajorAct,
	says: Readonly<Record<string, string>>
): MajorStanding {
	const { thread, to } = majorRules[act];
	if (thread === 'plan') return { ...standing, plan: to as MajorStanding['plan'] };
	if (thread === 'stop') return { ...standing, stop: to as MajorStanding['stop'] };
	if (thread === 'listing') return { ...standing, listedUntil: says.until ?? null };
	return afterState(standing, to as MajorState);
}

/** A failed recheck, or a declined 销号, ends the application to resume: treatment goes on. (SQL: `app.lapse_resume`.) */
export const afterState = (standing: MajorStanding, state: MajorState): MajorStanding => ({
	...standing,
	state,
	stop:
		state === 'open' && standing.state !== 'open' && standing.stop === 'applied' ? 'stopped' : standing.stop
});

/** Whose turn it is, and what for; `none` once it is closed. */
export const majorTurns = [
	'adopt',
	'file_plan',
	'review_plan',
	'treat',
	'recheck',
	'apply_resume',
	'decide_resume',
	'delist',
	'none'
] as const;
export type MajorTurn = (typeof majorTurns)[number];
export const turnOf: Readonly<Record<MajorTurn, 'enterprise' | 'inspector' | 'leader' | 'nobody'>> = {
	adopt: 'inspector',
	file_plan: 'enterprise',
	review_plan: 'inspector',
	treat: 'enterprise',
	recheck: 'inspector',
	apply_resume: 'enterprise',
	decide_resume: 'leader',
	delist: 'leader',
	none: 'nobody'
};

export function nextTurn({ state, plan, stop }: MajorStanding): MajorTurn {
	if (state === 'reported') return 'adopt';
	if (!beforeDelisting.includes(state)) return 'none';
	if (plan === 'none' || plan === 'returned') return 'file_plan';
	if (plan === 'filed') return 'review_plan';
	if (state === 'open') return 'treat';
	if (state === 'rectification_submitted') return 'recheck';
	if (stop === 'stopped') return 'apply_resume';
	return stop === 'applied' ? 'decide_resume' : 'delist';
}

export interface MajorDays {
	/** Since it was found, or until its 销号. */
	standing: number;
	/** Until the deadline of the order; null once it was accepted. Negative: over. */
	toDeadline: number | null;
	/** Until the end of the 挂牌督办. */
	toListing: number | null;
}

export const majorDays = (
	line: Pick<MajorLine, 'foundOn' | 'closedOn' | 'state' | 'deadline' | 'listedUntil'>,
	today: IsoDate
): MajorDays => {
	const { foundOn, closedOn, state, deadline, listedUntil } = line;
	return {
		standing: daysBetween(foundOn, closedOn ?? today),
		toDeadline: inTreatment.includes(state) && deadline ? daysBetween(today, deadline) : null,
		toListing: beforeDelisting.includes(state) && listedUntil ? daysBetween(today, listedUntil) : null
	};
};

/** 重大事故隐患 that cannot be made safe before or while it is removed: people leave, production or use stops. */
export const stopBasis = '《中华人民共和国安全生产法》第六十五条第一款第三项';

/** 现状及原因、危害程度和整改难易: with the 治理方案 the contents of the report (安监总局令第16号). */
export const reportParts = ['situation', 'difficulty'] as const;
/** 治理方案 (第十五条): 目标和任务、方法和措施、经费和物资、机构和人员、时限和要求、安全措施和应急预案. */
export const planParts = ['goals', 'methods', 'funds', 'organisation', 'schedule', 'safety'] as const;
/** 五落实: 责任、措施、资金、时限、预案. */
export const planCommitments = ['responsible', 'action', 'budget', 'dueOn', 'contingency'] as const;

const text = (most: number) => z.string().trim().min(1).max(most);
const perhaps = (most: number) =>
	z
		.string()
		.trim()
		.max(most)
		.optional()
		.transform((said) => said || undefined);

/** What each act says. (SQL: `app.major_fields`; a test compares them.) */
export const majorFields = {
	file_plan: z.object({
		situation: text(2000),
		difficulty: text(2000),
		goals: text(2000),
		methods: text(2000),
		funds: text(2000),
		organisation: text(2000),
		schedule: text(2000),
		safety: text(2000),
		responsible: text(200),
		action: text(500),
		budget: text(200),
		dueOn: isoDate,
		contingency: text(500)
	}),
	return_plan: z.object({ note: text(1000) }),
	accept_plan: z.object({ note: perhaps(1000) }),
	order_stop: z.object({
		kind: z.enum(stopKinds),
		what: text(300),
		since: isoDate,
		basis: text(200).default(stopBasis),
		document: perhaps(60)
	}),
	apply_resume: z.object({ note: text(2000) }),
	grant_resume: z.object({ note: perhaps(1000) }),
	refuse_resume: z.object({ note: text(1000) }),
	list: z.object({
		number: text(60),
		until: isoDate,
		unit: text(100),
		person: text(50),
		supervisor: text(50)
	}),
	extend_listing: z.object({ until: isoDate, note: text(1000) }),
	delist: z.object({ note: perhaps(1000) }),
	send_back: z.object({ deadline: isoDate, note: text(1000) })
} as const satisfies Record<MajorAct, z.ZodObject>;

export const majorStepSchema = z.object({
	/** Made with the page, so that a form sent twice is one step. */
	id: uuid,
	act: z.enum(majorActs),
	/** How many steps the page showed. */
	seen: z.coerce.number().int().min(0),
	says: z.record(z.string(), z.string()),
	/** Of the scan, or of what was put right. */
	photos: z.array(sha256).max(20)
});
export type MajorStepRequest = z.infer<typeof majorStepSchema>;

/** One 重大 hazard as a list shows it. */
export interface MajorLine extends MajorStanding {
	hazardId: string;
	enterpriseId: string;
	enterpriseName: string;
	community: string | null;
	inspectionId: string;
	part: string;
	description: string;
	foundOn: IsoDate;
	deadline: IsoDate | null;
	acceptedOn: IsoDate | null;
	closedOn: IsoDate | null;
	/** How many there are. */
	steps: number;
}

export interface MajorStep {
	id: string;
	number: number;
	act: MajorAct;
	at: string;
	byName: string;
	/** `page`: by the delivered code · `login`: by their own login · `paper`: brought on paper, entered by `byName`. */
	means: 'page' | 'login' | 'paper';
	says: Record<string, string>;
	afterTransition: number;
	photos: string[];
}

export interface MajorTransition {
	id: number;
	at: string;
	day: IsoDate;
	from: MajorState | null;
	to: MajorState;
	cause: 'inspection' | 'adoption' | 'rectification' | 'extension' | 'correction' | 'major';
	deadline: IsoDate | null;
	note: string | null;
	inspectionId: string | null;
	/** The inspectors. */
	by: string | null;
	/** What the enterprise wrote about what it put right. */
	rectification: string | null;
}

/** One life with all that happened. */
export interface Major extends MajorLine {
	today: IsoDate;
	legalBasis: string | null;
	acceptance: string | null;
	orderText: string | null;
	photos: string[];
	course: MajorStep[];
	transitions: MajorTransition[];
	/** The reader answers for the enterprise. */
	isOwn: boolean;
	/** The reader passed it at the recheck, so another person decides on its 销号. */
	isMine: boolean;
	/** What the reader could take, whatever state it stands in. */
	may: MajorAct[];
}

export interface MajorRows {
	today: IsoDate;
	total: number;
	rows: MajorLine[];
}

export const majorListStates = ['open', 'closed', 'all'] as const;
export interface MajorFilter {
	state: (typeof majorListStates)[number];
	enterprise: string | null;
	q: string | null;
}

export function majorFilterFrom(query: Pick<URLSearchParams, 'get'>): MajorFilter {
	const enterprise = uuid.safeParse(query.get('enterprise'));
	return {
		state: majorListStates.find((state) => state === query.get('state')) ?? 'open',
		enterprise: enterprise.success ? enterprise.data : null,
		q: query.get('q')?.trim() || null
	};
}

/** What the reader may do now; with what each act must wait for. */
export const possibleActs = (major: Pick<Major, 'may'> & MajorStanding): MajorAct[] =>
	major.may.filter((act) => actObstacle(act, major) === null);

/** The plan as it was last filed, and which of the filings that is. */
export function lastPlan(course: readonly MajorStep[]): { step: MajorStep; version: number } | null {
	const filings = course.filter(({ act }) => act === 'file_plan');
	const step = filings.at(-1);
	return step ? { step, version: filings.length } : null;
}

/** Why the plan came back, while it has not been filed again. */
export const returnedWith = ({ plan, course }: Pick<Major, 'plan' | 'course'>): string | null =>
	(plan === 'returned' && course.findLast(({ act }) => act === 'return_plan')?.says.note) || null;

/** Days that may be named: from today on, at most a year ahead. */
export const namedDays = (today: IsoDate, after: IsoDate | null = null): { min: IsoDate; max: IsoDate } => {
	const next = after && addDays(after, 1);
	return { min: next && next > today ? next : today, max: addDays(today, 366) };
};

/** What happened, one thing after the other: steps of people, and what the hazard went through by its checks. */
export type MajorHappening = { step: MajorStep; move?: never } | { move: MajorTransition; step?: never };

/** 销号 and its refusal are told by their steps, which carry the words. */
export const happeningsOf = ({
	course,
	transitions
}: Pick<Major, 'course' | 'transitions'>): MajorHappening[] =>
	[
		...transitions.flatMap((move) => (move.cause === 'major' ? [] : [{ place: move.id, number: 0, move }])),
		...course.map((step) => ({ place: step.afterTransition, number: step.number, step }))
	]
		.toSorted((a, b) => a.place - b.place || a.number - b.number)
		.map(({ place: _place, number: _number, ...happening }) => happening as MajorHappening);
