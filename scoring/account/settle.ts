import type { Fact, FactValue } from '../fact/fact.ts';
import type { Clause, Pack, Tie } from '../pack/pack.ts';
import type { IsoDay } from '../value/day.ts';
import { toHundredths, type Hundredths } from '../value/points.ts';
import { countsOn, lastDayIn } from './cycle.ts';
import type { Standing } from './standing.ts';

/** A fact with the clause that writes its entry, and its place in the order of reading. */
export interface Candidate {
	fact: Fact;
	at: number;
	clause: Clause;
	standing: Standing;
}

/** What became of a candidate. `points` is the signed change of the balance. */
export interface Settled {
	/** What the clause gives before reductions and caps, without sign; with what repetition added. */
	nominal: Hundredths;
	/** What repetition added to it. */
	added: Hundredths;
	points: Hundredths;
	/** What caps took away. */
	cut: Hundredths;
	/** The fact of the entry that a reduction or an aggravation was tied to. */
	reduces: string | null;
	aggravates: string | null;
	lastDay: IsoDay | null;
	silent: 'lapsed' | 'nothing_to_reduce' | 'nothing_to_aggravate' | null;
}

interface Line extends Settled {
	candidate: Candidate;
	/** What reductions have taken off. */
	relief: Hundredths;
}

/**
 * Adds up candidates as if all of them were in effect: cycle, repetition, aggravations (加处), reductions (减免),
 * caps, floor and ceiling, in this order. Both shares are taken of what the entry gives by itself, so neither
 * depends on the other. A cap limits what remains after reductions, so on-time rectification is never worth
 * nothing just because a cap was reached, and the sum does not depend on the order of the candidates (caps of
 * clause, aspect and pack lie within each other).
 * @param candidates in the order in which caps fill up
 * @param visits the facts of the account that show it was evaluated, with their places
 */
export function settle(
	pack: Pack,
	candidates: readonly Candidate[],
	visits: readonly Visit[],
	asOf: IsoDay
): { balance: Hundredths; settled: Map<string, Settled> } {
	const lastDay = lastDayIn(pack.cycle, openersOf(pack, candidates, visits));
	const lines = candidates.map((candidate): Line => {
		const last = lastDay(candidate.fact);
		return {
			candidate,
			nominal: ownPoints(candidate),
			added: 0,
			points: 0,
			cut: 0,
			reduces: null,
			aggravates: null,
			lastDay: last,
			silent: countsOn(last, asOf) ? null : 'lapsed',
			relief: 0
		};
	});
	addForRepetition(lines);
	const tiedTo = ties(lines);
	for (const line of lines) aggravate(line, tiedTo);
	for (const line of lines) reduce(line, tiedTo);
	fillCaps(pack, lines);
	const sum = lines.reduce((total, { points }) => total + points, pack.start);
	const balance = Math.min(Math.max(sum, pack.floor ?? -Infinity), pack.ceiling ?? Infinity);
	return { balance, settled: new Map(lines.map((line) => [line.candidate.fact.id, line])) };
}

export interface Visit {
	fact: Fact;
	at: number;
}

/** The facts by which a cycle is opened, in the order of reading; empty where the cycle does not ask. */
export function openersOf(pack: Pack, candidates: readonly Candidate[], visits: readonly Visit[]): Fact[] {
	const opens = (): Visit[] => {
		switch (pack.cycle.kind) {
			case 'first_entry':
				return candidates.filter(({ clause }) => clause.kind === 'charge');
			case 'per_inspection':
				return [...visits, ...candidates.filter(({ clause }) => !clause.reduces && !clause.aggravates)];
			default:
				return [];
		}
	};
	return opens()
		.sort((a, b) => a.at - b.at)
		.map(({ fact }) => fact);
}

const limited = (points: Hundredths, { standing }: Candidate): Hundredths =>
	Math.min(points, standing.limit ?? points);

/** Fixed points, or those the fact decided within the clause's range; never more than a decision left. */
function ownPoints(candidate: Candidate): Hundredths {
	const { clause, fact } = candidate;
	if (!clause.points) return 0;
	const { min, max } = clause.points;
	const points = min === max ? min : toHundredths(fact.data.points as number);
	return limited(Math.abs(points), candidate);
}

/** So many per cent, fractions of 1/100 point dropped. */
const shareOf = (points: Hundredths, percent: number): Hundredths => Math.floor((points * percent) / 100);

/** An entry is a repetition when, on its day, earlier entries of the clause still counted. */
function addForRepetition(lines: readonly Line[]): void {
	if (!lines.some(({ candidate }) => candidate.clause.repeated)) return;
	const inOrder = lines
		.filter(({ candidate }) => candidate.clause.kind === 'charge')
		.toSorted((a, b) => a.candidate.at - b.candidate.at);
	for (const group of Map.groupBy(inOrder, ({ candidate }) => candidate.clause.code).values()) {
		group.forEach((line, place) => {
			const { clause, fact } = line.candidate;
			const { repeated } = clause;
			if (!repeated || place + 1 < repeated.from) return;
			const still = group.slice(0, place).filter(({ lastDay }) => countsOn(lastDay, fact.occurredOn));
			if (still.length + 1 < repeated.from) return;
			const { points, sharePercent } = repeated;
			const more = sharePercent === null ? points! : shareOf(line.nominal, sharePercent);
			const nominal = limited(line.nominal + more, line.candidate);
			line.added = nominal - line.nominal;
			line.nominal = nominal;
		});
	}
}

/** The charges a line is tied to, in the order of the candidates. */
type TiedTo = (line: Line, tie: Tie) => Line[];

function ties(lines: readonly Line[]): TiedTo {
	const charges = lines.filter(({ candidate }) => candidate.clause.kind === 'charge');
	const chargesBy = new Map<string, Map<FactValue, Line[]>>();
	return ({ candidate: { fact } }, { by, clauses }) => {
		const value = fact.data[by] ?? null;
		if (value === null) return [];
		const groups =
			chargesBy.get(by) ?? Map.groupBy(charges, (charge) => charge.candidate.fact.data[by] ?? null);
		chargesBy.set(by, groups);
		return (groups.get(value) ?? []).filter(({ candidate }) => clauses.includes(candidate.clause.code));
	};
}

/** A tied line lives and ends with the entry it is tied to, or it would outlive it and move other entries. */
function tie(line: Line, target: Line): void {
	const { sharePercent } = line.candidate.clause;
	const full = sharePercent === null ? line.nominal : shareOf(target.nominal, sharePercent);
	line.nominal = limited(full, line.candidate);
	line.lastDay = target.lastDay;
	line.silent = target.silent;
}

/** One that counts before one that does not, then the dearest: another charge must never make 加处 cheaper. */
export const worstOf = <Charge extends Pick<Settled, 'silent' | 'nominal'>>(
	charges: readonly Charge[]
): Charge | undefined =>
	charges.toSorted(
		(a, b) => Number(a.silent !== null) - Number(b.silent !== null) || b.nominal - a.nominal
	)[0];

function aggravate(line: Line, tiedTo: TiedTo): void {
	const { aggravates } = line.candidate.clause;
	if (!aggravates) return;
	const target = worstOf(tiedTo(line, aggravates));
	if (!target) {
		line.silent = 'nothing_to_aggravate';
		return;
	}
	tie(line, target);
	line.aggravates = target.candidate.fact.id;
}

function reduce(line: Line, tiedTo: TiedTo): void {
	const { reduces } = line.candidate.clause;
	if (!reduces) return;
	const target = tiedTo(line, reduces).find((charge) => charge.relief < charge.nominal);
	if (!target) {
		line.silent = 'nothing_to_reduce';
		return;
	}
	tie(line, target);
	line.reduces = target.candidate.fact.id;
	line.relief = Math.min(line.nominal, target.nominal - target.relief);
	target.relief += line.relief;
}

function fillCaps(pack: Pack, lines: readonly Line[]): void {
	const worse = pack.direction === 'up' ? 1 : -1;
	const left = new Map<string, number>();
	for (const line of lines) {
		if (line.silent) continue;
		const { clause } = line.candidate;
		if (clause.kind === 'reduction') {
			line.points = -worse * line.relief + 0;
			continue;
		}
		const wanted = line.nominal - line.relief;
		const limits = limitsOf(pack, clause);
		const granted = limits.reduce((least, [key, cap]) => Math.min(least, left.get(key) ?? cap), wanted);
		for (const [key, cap] of limits) left.set(key, (left.get(key) ?? cap) - granted);
		line.cut = wanted - granted;
		line.points = (clause.kind === 'credit' ? -worse : worse) * (line.nominal - line.cut) + 0;
	}
}

/** The caps an entry fills. A credit has only its clause's own. */
function limitsOf(pack: Pack, clause: Clause): [key: string, cap: Hundredths][] {
	const limits: [string, Hundredths | null][] = [[`clause ${clause.code}`, clause.cap]];
	if (clause.kind !== 'credit') {
		const aspect = pack.aspects.find(({ key }) => key === clause.aspect);
		limits.push([`aspect ${clause.aspect}`, aspect?.cap ?? null], ['pack', pack.cap]);
	}
	return limits.filter((limit): limit is [string, Hundredths] => limit[1] !== null);
}
