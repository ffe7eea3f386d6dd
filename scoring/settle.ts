import { countsOn, lastDayIn } from './cycle.ts';
import type { IsoDay } from './day.ts';
import type { Fact, FactValue } from './fact.ts';
import type { Clause, Pack } from './pack.ts';
import { toHundredths, type Hundredths } from './points.ts';
import type { Standing } from './standing.ts';

/** A fact with the clause that writes its entry. */
export interface Candidate {
	fact: Fact;
	clause: Clause;
	standing: Standing;
}

/** What became of a candidate. `points` is the signed change of the balance. */
export interface Settled {
	/** What the clause gives before reductions and caps, without sign. */
	nominal: Hundredths;
	points: Hundredths;
	/** What caps took away. */
	cut: Hundredths;
	/** The fact of the entry that a reduction was tied to. */
	reduces: string | null;
	lastDay: IsoDay | null;
	silent: 'lapsed' | 'nothing_to_reduce' | null;
}

interface Line extends Settled {
	candidate: Candidate;
	/** What reductions have taken off. */
	relief: Hundredths;
}

/**
 * Adds up candidates as if all of them were in effect: cycle, then reductions, then caps, then floor and
 * ceiling. A cap limits what remains after reductions, so on-time rectification is never worth nothing just
 * because a cap was reached, and the sum does not depend on the order of the candidates (caps of clause,
 * aspect and pack lie within each other).
 * @param candidates in the order in which caps fill up
 */
export function settle(
	pack: Pack,
	candidates: readonly Candidate[],
	asOf: IsoDay
): { balance: Hundredths; settled: Map<string, Settled> } {
	const chargeDays = candidates
		.filter(({ clause }) => clause.kind === 'charge')
		.map(({ fact }) => fact.occurredOn)
		.sort();
	const lastDay = lastDayIn(pack.cycle, chargeDays);
	const lines = candidates.map((candidate): Line => {
		const last = lastDay(candidate.fact.occurredOn);
		const silent = countsOn(last, asOf) ? null : 'lapsed';
		const nominal = nominalPoints(candidate);
		return { candidate, nominal, points: 0, cut: 0, reduces: null, lastDay: last, silent, relief: 0 };
	});
	reduce(lines);
	fillCaps(pack, lines);
	const sum = lines.reduce((total, { points }) => total + points, pack.start);
	const balance = Math.min(Math.max(sum, pack.floor ?? -Infinity), pack.ceiling ?? Infinity);
	return { balance, settled: new Map(lines.map((line) => [line.candidate.fact.id, line])) };
}

/** Fixed points, or those the fact decided within the clause's range; never more than a decision left. */
function nominalPoints({ clause, fact, standing }: Candidate): Hundredths {
	if (!clause.points) return 0;
	const { min, max } = clause.points;
	const points = min === max ? min : toHundredths(fact.data.points as number);
	return Math.min(points, standing.limit ?? points);
}

function reduce(lines: readonly Line[]): void {
	const charges = lines.filter(({ candidate }) => candidate.clause.kind === 'charge');
	const chargesBy = new Map<string, Map<FactValue, Line[]>>();
	for (const line of lines) {
		const { clause, fact, standing } = line.candidate;
		if (!clause.reduces) continue;
		const { by, clauses } = clause.reduces;
		if (!chargesBy.has(by))
			chargesBy.set(
				by,
				Map.groupBy(charges, (charge) => charge.candidate.fact.data[by] ?? null)
			);
		const value = fact.data[by] ?? null;
		const tied = value === null ? [] : (chargesBy.get(by)!.get(value) ?? []);
		const target = tied.find(
			(charge) => clauses.includes(charge.candidate.clause.code) && charge.relief < charge.nominal
		);
		if (!target) {
			line.silent = 'nothing_to_reduce';
			continue;
		}
		const share = clause.sharePercent;
		const full = share === null ? line.nominal : Math.floor((target.nominal * share) / 100);
		line.nominal = Math.min(full, standing.limit ?? full);
		line.reduces = target.candidate.fact.id;
		// A reduction lives and ends with the entry it reduces, or it would outlive it and lower other entries.
		line.lastDay = target.lastDay;
		line.silent = target.silent;
		line.relief = Math.min(line.nominal, target.nominal - target.relief);
		target.relief += line.relief;
	}
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
		line.points = (clause.kind === 'charge' ? worse : -worse) * (line.nominal - line.cut) + 0;
	}
}

/** The caps an entry fills. Aspect and pack caps hold for charges; a credit has only its clause's own. */
function limitsOf(pack: Pack, clause: Clause): [key: string, cap: Hundredths][] {
	const limits: [string, Hundredths | null][] = [[`clause ${clause.code}`, clause.cap]];
	if (clause.kind === 'charge') {
		const aspect = pack.aspects.find(({ key }) => key === clause.aspect);
		limits.push([`aspect ${clause.aspect}`, aspect?.cap ?? null], ['pack', pack.cap]);
	}
	return limits.filter((limit): limit is [string, Hundredths] => limit[1] !== null);
}
