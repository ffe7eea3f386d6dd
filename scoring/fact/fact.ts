import { assertDay, isDay, type IsoDay } from '../value/day.ts';
import { FactFaultError, fault, type Fault } from '../value/fault.ts';
import { isPoints } from '../value/points.ts';

export type FactValue = string | number | boolean | null;

/**
 * Something that happened, written down once and never changed; a correction is another fact.
 * `occurredOn` is the day it happened, `recordedAt` the instant (ISO 8601 with offset) it became known.
 * `data` holds the attributes that packs match. Attributes the engine itself reads:
 * - what a pack ties reductions by, such as `hazardId`;
 * - `points` where a clause gives a range and the fact says what was decided;
 * - `scheme`, the id of the pack under which somebody cited `clause`: another pack reads the fact as if it cited none;
 * - in the reserved kinds below: `entry`, `points`, `band`, `fact`.
 */
export interface Fact {
	id: string;
	subject: string;
	kind: string;
	occurredOn: IsoDay;
	recordedAt: string;
	data: Readonly<Record<string, FactValue>>;
}

/**
 * Decisions of people on an entry (`data.entry` is the id of the entry's fact). The latest one stands.
 * - `confirmed`: a proposed entry takes effect · `appealed`: noted, its effect is not suspended
 * - `upheld`: stays as it was, in effect · `reduced`: counts `data.points` instead, never more than before
 * - `reversed`: as if it had not been entered
 */
export const entryDecisionKinds = [
	'decision.confirmed',
	'decision.appealed',
	'decision.upheld',
	'decision.reduced',
	'decision.reversed'
] as const;
export type EntryDecisionKind = (typeof entryDecisionKinds)[number];

/** A band that needs confirmation was confirmed: `data.band` is its key. Holds until its cycle ends. */
export const bandConfirmedKind = 'decision.band_confirmed';

/**
 * A fact (`data.fact`) was entered wrongly: from the withdrawal's own `occurredOn` on it is as if it had not
 * been. Give the withdrawal the day of the wrong fact, and no day ever counted it. It cannot be withdrawn itself.
 */
export const withdrawnKind = 'fact.withdrawn';

export const isEntryDecision = (kind: string): kind is EntryDecisionKind =>
	(entryDecisionKinds as readonly string[]).includes(kind);

/** Kinds no clause may match: they say something about other facts. */
export const isReservedKind = (kind: string): boolean =>
	kind.startsWith('decision.') || kind === withdrawnKind;

/** Leads (线索), such as alarms of devices: a reason to go and look. No clause may match them, and nobody is 已评估 by one. */
export const isLeadKind = (kind: string): boolean => kind.startsWith('device.');

const instantShape = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}[\d:.]*(Z|[+-]\d{2}(?::?\d{2})?)$/;

/** An ISO 8601 instant with its offset (also as PostgreSQL prints it, `… 09:00:00+00`), to the millisecond; else NaN. */
export function instantMilliseconds(instant: string): number {
	const offset = instantShape.exec(instant)?.[1];
	if (offset === undefined) return Number.NaN;
	const standard = offset.length === 3 ? `${instant}:00` : instant;
	return Date.parse(standard[10] === 'T' ? standard : standard.replace(' ', 'T'));
}

/** What is wrong with a fact's own shape, or null. What a pack wants of it is `checkFact`. */
export function factFault(fact: Fact): Fault | null {
	if (fact.id === '') return fault('fact_id');
	if (!isDay(fact.occurredOn)) return fault('fact_day', { got: JSON.stringify(fact.occurredOn) });
	if (Number.isNaN(instantMilliseconds(fact.recordedAt))) {
		return fault('fact_instant', { got: JSON.stringify(fact.recordedAt) });
	}
	return reservedFault(fact);
}

function reservedFault({ kind, data }: Fact): Fault | null {
	const needsText = (name: string): Fault | null =>
		typeof data[name] === 'string' && data[name] !== '' ? null : fault('decision_names', { kind, name });
	if (kind === withdrawnKind) return needsText('fact');
	if (kind === bandConfirmedKind) return needsText('band');
	if (!isEntryDecision(kind)) {
		return kind.startsWith('decision.') ? fault('decision_unknown', { kind }) : null;
	}
	if (kind === 'decision.reduced' && !(isPoints(data.points) && data.points >= 0)) {
		return fault('decision_points', { kind, got: JSON.stringify(data.points) });
	}
	return needsText('entry');
}

/** A fact with its instant read once: parsing it in every comparison would cost most of an evaluation. */
interface Dated {
	fact: Fact;
	milliseconds: number;
}

/** The one order in which facts are read, whatever order they arrive in: day, instant, id. */
function compareDated(a: Dated, b: Dated): number {
	if (a.fact.occurredOn !== b.fact.occurredOn) return a.fact.occurredOn < b.fact.occurredOn ? -1 : 1;
	if (a.milliseconds !== b.milliseconds) return a.milliseconds - b.milliseconds;
	return a.fact.id < b.fact.id ? -1 : a.fact.id > b.fact.id ? 1 : 0;
}

/** Why a fact is not read: it lies after the day asked for, was not known then, or was withdrawn. */
export type Unread = 'after_as_of' | 'not_known_yet' | 'withdrawn';

export interface Reading {
	/** In the order of day, instant, id. */
	read: Fact[];
	unread: { fact: Fact; why: Unread }[];
}

/**
 * The facts that count on `asOf` as known at `knownAt` (null: all that is known today).
 * Throws on facts of several subjects, a repeated id, or a malformed fact.
 */
export function readFacts(facts: readonly Fact[], asOf: IsoDay, knownAt: string | null): Reading {
	assertDay(asOf, 'asOf');
	const limit = knownAt === null ? Infinity : instantMilliseconds(knownAt);
	if (Number.isNaN(limit))
		throw new RangeError(`knownAt: got "${knownAt}", expected an instant with its offset`);
	assertOneAccount(facts);
	const unread: Reading['unread'] = [];
	const seen: Dated[] = [];
	for (const fact of facts) {
		const milliseconds = instantMilliseconds(fact.recordedAt);
		if (fact.occurredOn > asOf) unread.push({ fact, why: 'after_as_of' });
		else if (milliseconds > limit) unread.push({ fact, why: 'not_known_yet' });
		else seen.push({ fact, milliseconds });
	}
	const withdrawals = seen.filter(({ fact }) => fact.kind === withdrawnKind);
	const withdrawn = new Set(withdrawals.map(({ fact }) => fact.data.fact));
	const read: Fact[] = [];
	for (const { fact } of seen.sort(compareDated)) {
		if (fact.kind !== withdrawnKind && withdrawn.has(fact.id)) unread.push({ fact, why: 'withdrawn' });
		else read.push(fact);
	}
	return { read, unread };
}

function assertOneAccount(facts: readonly Fact[]): void {
	const ids = new Set<string>();
	for (const fact of facts) {
		const { id, subject } = fact;
		const expected = facts[0]!.subject;
		const own = factFault(fact) ?? (ids.has(id) ? fault('fact_twice') : null);
		if (own) throw new FactFaultError(id, own);
		if (subject !== expected) throw new FactFaultError(id, fault('fact_subject', { got: subject, expected }));
		ids.add(id);
	}
}
