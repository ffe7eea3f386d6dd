import { z } from 'zod';
import { addDays, type IsoDate } from '#lib/calendar.ts';
import { hasRole, type Membership } from '#lib/identity/identity.ts';
import {
	checkFact,
	clauseFor,
	isInForce,
	whatIf,
	type Change,
	type Clause,
	type Entry,
	type Fact,
	type FactValue,
	type Fault,
	type Hundredths,
	type Pack
} from '#scoring';
import { factsOf, schemeBand, type SchemeBand, type StoredFact } from '../account/assess.ts';
import { peopleNeeded } from '../account/review.ts';

/** 登记事项: what no check of ours finds. The kinds are those that packs read (`scoring/README.md`). */
export const eventKinds = [
	'penalty.imposed',
	'accident.happened',
	'meeting.absent',
	'duty.unfulfilled',
	'violation.found',
	'bonus'
] as const;
export type EventKind = (typeof eventKinds)[number];

/** What an inspector may propose; the others rest on papers that reach the agency. The same list as `register_event`. */
export const proposableKinds: readonly EventKind[] = [
	'meeting.absent',
	'duty.unfulfilled',
	'violation.found'
];

/** What somebody may do here: enter events, propose them, or neither. */
export const mayRegister = (memberships: readonly Membership[]): 'add' | 'propose' | null =>
	hasRole(memberships, 'leader', 'administrator')
		? 'add'
		: hasRole(memberships, 'inspector')
			? 'propose'
			: null;

export type EventState = 'proposed' | 'entered' | 'declined' | 'withdrawn';

export interface EventEvidence {
	sha256: string;
	mediaType: string;
}

/** One registered event as `registered_events_of` answers it. */
export interface RegisteredEvent {
	id: string;
	kind: EventKind;
	occurredOn: IsoDate;
	documentNumber: string | null;
	authority: string | null;
	description: string;
	deaths: number | null;
	injuries: number | null;
	points: number | null;
	/** What the chosen clause asks of the fact. */
	conditions: Record<string, FactValue>;
	inspectionId: string | null;
	state: EventState;
	/** null: it is no fact yet, or never became one. */
	factId: string | null;
	corrects: string | null;
	correctedBy: string | null;
	registeredOn: IsoDate;
	registeredBy: string | null;
	enteredBy: string | null;
	isMine: boolean;
	closedOn: IsoDate | null;
	closedBy: string | null;
	closingReason: string | null;
	evidence: EventEvidence[];
}

/** The longest term within which a breach can still be punished: five years (行政处罚法第三十六条). */
const longestYears = 5;
export const earliestEventDay = (today: IsoDate): IsoDate =>
	addDays(`${Number(today.slice(0, 4)) - longestYears}${today.slice(4, 8)}01`, Number(today.slice(8)) - 1);

export const mostEvidence = 9;

const empty = (value: unknown) => (value === '' ? undefined : value);
const optional = <Schema extends z.ZodType>(schema: Schema) => z.preprocess(empty, schema.optional());
const people = optional(z.coerce.number().int().min(0).max(999));

/** An event as its form sends it. */
export const eventSchema = z
	.object({
		id: z.uuid(),
		kind: z.enum(eventKinds),
		occurredOn: z.iso.date(),
		documentNumber: z.string().trim().max(80).default(''),
		authority: z.string().trim().max(80).default(''),
		description: z.string().trim().min(2).max(1000),
		deaths: people,
		injuries: people,
		points: optional(z.coerce.number().min(-1000).max(1000).multipleOf(0.01)),
		/** Code of the chosen clause; `none`: it falls under none of those that name one. */
		clause: z.string().trim().max(20).default(''),
		inspectionId: optional(z.uuid()),
		corrects: optional(z.uuid()),
		reason: z.string().trim().max(1000).default('')
	})
	.superRefine((event, context) => {
		const needed: [keyof typeof event, boolean][] = [
			['documentNumber', event.kind === 'penalty.imposed' && event.documentNumber === ''],
			['authority', event.kind === 'penalty.imposed' && event.authority === ''],
			['deaths', event.kind === 'accident.happened' && event.deaths === undefined],
			['injuries', event.kind === 'accident.happened' && event.injuries === undefined],
			['points', event.kind === 'bonus' && event.points === undefined],
			['reason', event.corrects !== undefined && event.reason.length < 2]
		];
		for (const [path, isMissing] of needed)
			if (isMissing) context.addIssue({ code: 'custom', path: [path], message: 'expected a value' });
	});
export type EventForm = z.infer<typeof eventSchema>;

/** Attributes that the form asks in fields of their own. */
const ownFields: readonly string[] = ['deaths', 'injuries', 'points'];
export const noClause = 'none';

/** A clause that a person has to choose, because only the fact can say which one it is about. */
export interface ClauseChoice {
	code: string;
	text: string;
	conditions: Record<string, FactValue>;
}

/** The clauses of a pack that read a kind of fact on a day, as they are written. */
export const clausesReading = (pack: Pack, kind: EventKind, day: IsoDate): Clause[] =>
	pack.clauses.filter(
		(clause) => isInForce(clause, day) && clause.patterns.some((pattern) => pattern.kind === kind)
	);

/** The clauses among which a person chooses; empty where the kind alone, or the numbers asked, decide. */
export function clauseChoices(pack: Pack, kind: EventKind, day: IsoDate): ClauseChoice[] {
	return clausesReading(pack, kind, day).flatMap(({ code, text, patterns }) => {
		const { where = {} } = patterns.find((pattern) => pattern.kind === kind)!;
		const conditions: Record<string, FactValue> = {};
		for (const [name, condition] of Object.entries(where)) {
			if (ownFields.includes(name)) continue;
			if (Array.isArray(condition)) conditions[name] = condition[0]!;
			else if (condition === null || typeof condition !== 'object') conditions[name] = condition;
		}
		return Object.keys(conditions).length > 0 ? [{ code, text, conditions }] : [];
	});
}

/** Where the clauses of a kind leave the points to a person: from where to where, in points; null: they say them. */
export function pointsAsked(
	pack: Pack | null,
	kind: EventKind,
	day: IsoDate
): { min: number; max: number } | null {
	const ranges = (pack ? clausesReading(pack, kind, day) : []).flatMap(({ points }) =>
		points && points.min !== points.max ? [points] : []
	);
	if (ranges.length > 0) {
		return {
			min: Math.min(...ranges.map(({ min }) => min)) / 100,
			max: Math.max(...ranges.map(({ max }) => max)) / 100
		};
	}
	// A bonus always says how much it was, so that a scheme with a range can read it later.
	return kind === 'bonus' ? { min: 0.01, max: 100 } : null;
}

/** The fact that the event would be; `app.enter_event` writes the same. */
export function eventFact(
	pack: Pack | null,
	enterpriseId: string,
	event: EventForm,
	conditions: Record<string, FactValue>,
	recordedAt: string
): Fact {
	const by = pack?.cycle.kind === 'per_inspection' ? pack.cycle.by : null;
	return {
		id: event.id,
		subject: enterpriseId,
		kind: event.kind,
		occurredOn: event.occurredOn,
		recordedAt,
		data: {
			event: event.id,
			...(event.kind === 'accident.happened' && {
				deaths: event.deaths ?? 0,
				injuries: event.injuries ?? 0
			}),
			...(event.points !== undefined && { points: event.points }),
			...conditions,
			...(by && event.inspectionId && { [by]: event.inspectionId })
		}
	};
}

/** What registering the event would do to the account, before anything is saved. */
export interface EventPreview {
	scheme: string;
	/** null: no clause of the scheme speaks of it. */
	clause: { code: string; text: string; isSample: boolean } | null;
	/** Signed change of the balance by its entry. */
	points: Hundredths;
	counts: Entry['counts'];
	silent: Entry['silent'];
	/** What a cap takes off. */
	cut: Hundredths;
	/** How many different people confirm it, where it waits. */
	people: number;
	before: { balance: Hundredths; band: SchemeBand | null };
	after: {
		balance: Hundredths;
		band: SchemeBand | null;
		pendingBalance: Hundredths;
		pendingBand: SchemeBand | null;
	};
}

/** A registered event as its form would send it again: what a proposal would do is reckoned like any other entry. */
export const formOf = (event: RegisteredEvent): EventForm => ({
	id: event.id,
	kind: event.kind,
	occurredOn: event.occurredOn,
	documentNumber: event.documentNumber ?? '',
	authority: event.authority ?? '',
	description: event.description,
	deaths: event.deaths ?? undefined,
	injuries: event.injuries ?? undefined,
	points: event.points ?? undefined,
	clause: '',
	inspectionId: event.inspectionId ?? undefined,
	corrects: undefined,
	reason: ''
});

/**
 * @param withdrawn the fact that it takes the place of, or null
 * @returns null and what is wrong where the scheme cannot read such a fact
 */
export function previewEvent(
	pack: Pack,
	stored: readonly StoredFact[],
	fact: Fact,
	withdrawn: string | null,
	today: IsoDate
): { preview: EventPreview; fault: null } | { preview: null; fault: Fault } {
	const fault = checkFact(pack, fact);
	if (fault) return { preview: null, fault };
	const changes: Change[] = [
		...(withdrawn === null ? [] : [{ what: 'withdrawn' as const, fact: withdrawn }]),
		{ what: 'added', fact }
	];
	const facts = factsOf(fact.subject, stored);
	const { before, after } = whatIf(pack, facts, changes, today);
	const clause = clauseFor(pack, fact);
	const entry = after.entries.find((one) => one.fact === fact.id);
	const known = [...facts.filter(({ id }) => id !== withdrawn), fact];
	return {
		fault: null,
		preview: {
			scheme: pack.name,
			clause: clause && { code: clause.code, text: clause.text, isSample: clause.isSample },
			points: entry?.points ?? 0,
			counts: entry?.counts ?? 'no',
			silent: entry?.silent ?? null,
			cut: entry?.cut ?? 0,
			people: entry ? peopleNeeded(pack, known, after, entry).toConfirm : 1,
			before: { balance: before.balance, band: before.band && schemeBand(before.band) },
			after: {
				balance: after.balance,
				band: after.band && schemeBand(after.band),
				pendingBalance: after.pendingBalance,
				pendingBand: after.pendingBand && schemeBand(after.pendingBand)
			}
		}
	};
}
