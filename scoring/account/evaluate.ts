import { bandConfirmedKind, isReservedKind, readFacts, type Fact, type Unread } from '../fact/fact.ts';
import type { Band, ClauseKind, Measure, Pack } from '../pack/pack.ts';
import type { IsoDay } from '../value/day.ts';
import { FactFaultError } from '../value/fault.ts';
import type { Hundredths } from '../value/points.ts';
import { bandIn, bandOf, effectiveBand, nextBand } from './band.ts';
import { clauseFor, faultUnder } from './checkFact.ts';
import { countsOn, lastDayIn } from './cycle.ts';
import { openersOf, settle, type Candidate, type Settled, type Visit } from './settle.ts';
import { decisionsByEntry, standingOf, type EntryState } from './standing.ts';

/** One line of the ledger (记分明细): why the balance is what it is. */
export interface Entry {
	/** Id of the fact that wrote it; decisions name the entry by it. */
	fact: string;
	/** 条.款. */
	clause: string;
	aspect: string;
	kind: ClauseKind;
	text: string;
	occurredOn: IsoDay;
	/** Signed change of the balance: what it does now (`effective`) or would do (`pending`); 0 when it does nothing. */
	points: Hundredths;
	/** What the clause gives before reductions and caps, without sign; with what repetition added. */
	nominal: Hundredths;
	/** What repetition within the cycle added to it. */
	added: Hundredths;
	/** What caps took off. */
	cut: Hundredths;
	state: EntryState;
	counts: 'effective' | 'pending' | 'no';
	/** Why it does not count. */
	silent: Settled['silent'] | 'reversed';
	/** For a reduction: the fact of the entry it reduces. */
	reduces: string | null;
	/** For an aggravation: the fact of the entry it makes worse. */
	aggravates: string | null;
	/** The last day it counts; null: for good. */
	lastDay: IsoDay | null;
	decidedBy: string | null;
	/** Whether the clause is a sample (示例): no source states it. */
	isSample: boolean;
}

/** What became of a fact: it wrote an entry, decided on one, made the subject 已评估, or nothing. */
export interface TraceLine {
	fact: string;
	kind: string;
	occurredOn: IsoDay;
	outcome: 'entry' | 'decision' | 'evaluated' | 'no_clause' | Unread;
	clause: string | null;
	/** A clause that the fact cites and under which its entry does not stand: of another scheme, or overruled. */
	citedInVain: string | null;
	/** For an entry: what it does to the balance, and why not more, as in `Entry`. */
	entry: Entry | null;
}

/** An account (记分账户) on a day. */
export interface Account {
	pack: { id: string; version: string };
	asOf: IsoDay;
	/** Only what is in effect. */
	balance: Hundredths;
	/** The band in effect; null: 未评估, neither inspected nor with an entry in effect. */
	band: Band | null;
	measures: readonly Measure[];
	/** The balance if everything proposed were confirmed. */
	pendingBalance: Hundredths;
	/** The band that waits for confirmation (待审); null when nothing that waits would change the band. */
	pendingBand: Band | null;
	/** The next worse band and the fewest points that lead there, from the balance in effect. */
	next: { band: Band; distance: Hundredths } | null;
	/** The further scales of the pack, each with the band of the balance in effect; null: 未评估. */
	scales: { key: string; name: string; band: Band | null }[];
	/** In the order of days; also those that no longer count. */
	entries: Entry[];
	/** One line a fact, when asked for. */
	trace: TraceLine[] | null;
}

export interface EvaluateOptions {
	/** Only what had been recorded by this instant (ISO 8601 with offset). Default: all facts. */
	knownAt?: string | null;
	trace?: boolean;
}

/**
 * The account of one subject under a pack on a day, from its facts in any order. Reads facts that occurred on
 * or before `asOf`. Pure; throws (RangeError, got and expected) on facts of several subjects, a repeated id, a
 * malformed fact, or one that `checkFact` refuses for this pack.
 */
export function evaluate(
	pack: Pack,
	facts: readonly Fact[],
	asOf: IsoDay,
	{ knownAt = null, trace = false }: EvaluateOptions = {}
): Account {
	const { read, unread } = readFacts(facts, asOf, knownAt);
	const candidates = candidatesOf(pack, read);
	const inEffect = candidates.filter(({ standing }) => standing.effect === 'effective');
	const proposed = candidates.filter(({ standing }) => standing.effect === 'proposed');
	const visits = visitsOf(pack, read);
	const now = settle(pack, inEffect, visits, asOf);
	// What is in effect fills the caps first: a proposal never takes room from it.
	const later = proposed.length > 0 ? settle(pack, [...inEffect, ...proposed], visits, asOf) : now;

	const isEvaluated = inEffect.length > 0 || visits.length > 0;
	const reached = bandOf(pack, now.balance);
	const confirmed = confirmedBands(pack, read, openersOf(pack, inEffect, visits), asOf);
	for (const key of bandsByOpinion(pack, reached, inEffect, visits, asOf)) confirmed.add(key);
	const band = isEvaluated ? effectiveBand(pack, reached, confirmed) : null;
	const waiting = isEvaluated || proposed.length > 0 ? bandOf(pack, later.balance) : null;
	const entries = candidates.map((candidate) => entryOf(candidate, now.settled, later.settled));
	return {
		pack: { id: pack.id, version: pack.version },
		asOf,
		balance: now.balance,
		band,
		measures: band?.measures ?? [],
		pendingBalance: later.balance,
		pendingBand: waiting?.key === band?.key ? null : waiting,
		next: nextBand(pack, now.balance),
		scales: pack.scales.map(({ key, name, bands }) => ({
			key,
			name,
			band: isEvaluated ? bandIn(bands, now.balance) : null
		})),
		entries,
		trace: trace ? traceOf(pack, read, unread, entries) : null
	};
}

function candidatesOf(pack: Pack, facts: readonly Fact[]): Candidate[] {
	const decisions = decisionsByEntry(facts);
	return facts.flatMap((fact, at) => {
		if (isReservedKind(fact.kind)) return [];
		const clause = clauseFor(pack, fact);
		const fault = faultUnder(pack, clause, fact);
		if (fault) throw new FactFaultError(fact.id, fault);
		return clause ? [{ fact, at, clause, standing: standingOf(clause, decisions.get(fact.id) ?? []) }] : [];
	});
}

const visitsOf = (pack: Pack, facts: readonly Fact[]): Visit[] =>
	facts.flatMap((fact, at) => (pack.evaluatedBy.has(fact.kind) ? [{ fact, at }] : []));

/** Bands confirmed in a cycle that has not ended: in the next one a band is to be confirmed anew. */
function confirmedBands(
	pack: Pack,
	facts: readonly Fact[],
	openers: readonly Fact[],
	asOf: IsoDay
): Set<string> {
	const lastDay = lastDayIn(pack.cycle, openers);
	const confirmations = facts.filter(
		(fact) => fact.kind === bandConfirmedKind && countsOn(lastDay(fact), asOf)
	);
	return new Set(confirmations.map(({ data }) => String(data.band)));
}

/** Bands that confirmed opinions reach by themselves: people have confirmed those points already. */
function bandsByOpinion(
	pack: Pack,
	reached: Band,
	inEffect: readonly Candidate[],
	visits: readonly Visit[],
	asOf: IsoDay
): string[] {
	const opinions = inEffect.filter(({ clause }) => clause.isConfirmedOpinion);
	if (opinions.length === 0 || !pack.bands.some(({ needsConfirmation }) => needsConfirmation)) return [];
	const own = opinions.length === inEffect.length ? null : settle(pack, opinions, visits, asOf);
	const { rank } = own ? bandOf(pack, own.balance) : reached;
	return pack.bands.slice(0, rank + 1).map(({ key }) => key);
}

function entryOf(
	{ fact, clause, standing }: Candidate,
	now: ReadonlyMap<string, Settled>,
	later: ReadonlyMap<string, Settled>
): Entry {
	// What is in effect may be tied to an entry that still waits: then it waits with it.
	const inNow = now.get(fact.id);
	const waits = !inNow || inNow.silent === 'nothing_to_reduce' || inNow.silent === 'nothing_to_aggravate';
	const settled = waits ? later.get(fact.id) : inNow;
	const silent = settled ? settled.silent : 'reversed';
	return {
		fact: fact.id,
		clause: clause.code,
		aspect: clause.aspect,
		kind: clause.kind,
		text: clause.text,
		occurredOn: fact.occurredOn,
		points: settled?.points ?? 0,
		nominal: settled?.nominal ?? 0,
		added: settled?.added ?? 0,
		cut: settled?.cut ?? 0,
		state: standing.state,
		counts: silent ? 'no' : waits ? 'pending' : 'effective',
		silent,
		reduces: settled?.reduces ?? null,
		aggravates: settled?.aggravates ?? null,
		lastDay: settled?.lastDay ?? null,
		decidedBy: standing.decidedBy,
		isSample: clause.isSample
	};
}

const citedInVain = ({ data: { clause } }: Fact, standsUnder: string | null): string | null =>
	typeof clause === 'string' && clause !== standsUnder ? clause : null;

function traceOf(
	pack: Pack,
	read: readonly Fact[],
	unread: readonly { fact: Fact; why: Unread }[],
	entries: readonly Entry[]
): TraceLine[] {
	const entryOfFact = new Map(entries.map((entry) => [entry.fact, entry]));
	const outcomeOf = (fact: Fact): TraceLine['outcome'] => {
		if (entryOfFact.has(fact.id)) return 'entry';
		if (isReservedKind(fact.kind)) return 'decision';
		return pack.evaluatedBy.has(fact.kind) ? 'evaluated' : 'no_clause';
	};
	const line = (fact: Fact, outcome: TraceLine['outcome']): TraceLine => {
		const entry = entryOfFact.get(fact.id) ?? null;
		const { id, kind, occurredOn } = fact;
		const clause = entry?.clause ?? null;
		return { fact: id, kind, occurredOn, outcome, clause, citedInVain: citedInVain(fact, clause), entry };
	};
	const passedOver = unread.toSorted((a, b) => (a.fact.id < b.fact.id ? -1 : 1));
	return [
		...read.map((fact) => line(fact, outcomeOf(fact))),
		...passedOver.map(({ fact, why }) => line(fact, why))
	];
}
