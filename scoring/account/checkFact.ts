import { factFault, isReservedKind, readFacts, type Fact } from '../fact/fact.ts';
import { isInForce, type Clause, type Pack } from '../pack/pack.ts';
import { matches } from '../pack/pattern.ts';
import type { IsoDay } from '../value/day.ts';
import { fault, type FactFault, type Fault } from '../value/fault.ts';
import { formatPoints, isPoints, toHundredths } from '../value/points.ts';

/** What a pack finds wrong with a fact, or null. For the door where facts come in. */
export function checkFact(pack: Pack, fact: Fact): Fault | null {
	const own = factFault(fact);
	if (own || isReservedKind(fact.kind)) return own;
	return faultUnder(pack, clauseFor(pack, fact), fact);
}

/** Every fact of one account that `evaluate` would refuse to read, with what is wrong; usually none. */
export function unreadableFacts(
	pack: Pack,
	facts: readonly Fact[],
	asOf: IsoDay,
	knownAt: string | null
): FactFault[] {
	const named = (fact: Fact, what: Fault | null): FactFault[] => (what ? [{ ...what, fact: fact.id }] : []);
	const ids = new Set<string>();
	const malformed = facts.flatMap((fact) => {
		const isRepeated = ids.has(fact.id);
		ids.add(fact.id);
		return named(fact, factFault(fact) ?? (isRepeated ? fault('fact_twice') : null));
	});
	if (malformed.length > 0) return malformed;
	return readFacts(facts, asOf, knownAt).read.flatMap((fact) => named(fact, checkFact(pack, fact)));
}

/** What is wrong with a fact for the clause that writes its entry (null: none does). */
export const faultUnder = (pack: Pack, clause: Clause | null, fact: Fact): Fault | null =>
	inspectionFault(pack, clause, fact) ?? (clause && pointsFault(clause, fact));

/** Where every inspection is an account of its own, what is entered on it must say which one it belongs to. */
function inspectionFault({ cycle, evaluatedBy }: Pack, clause: Clause | null, fact: Fact): Fault | null {
	if (cycle.kind !== 'per_inspection') return null;
	const isTied = clause !== null && (clause.reduces !== null || clause.aggravates !== null);
	if (isTied || (!clause && !evaluatedBy.has(fact.kind))) return null;
	const inspection = fact.data[cycle.by];
	if (inspection !== undefined && inspection !== null && inspection !== '') return null;
	return fault('fact_inspection', { by: cycle.by, got: JSON.stringify(inspection) ?? 'nothing' });
}

/** Where a clause leaves the points to a person, the fact must say them, within the clause's range. */
function pointsFault({ points: range }: Clause, { data: { points } }: Fact): Fault | null {
	if (!range || range.min === range.max) return null;
	if (isPoints(points) && toHundredths(points) >= range.min && toHundredths(points) <= range.max) return null;
	const [min, max] = [formatPoints(range.min), formatPoints(range.max)];
	return fault('fact_points', { got: JSON.stringify(points) ?? 'nothing', min, max });
}

/** The one clause that writes a fact's entry: in force on its day, matching, of the highest priority. */
export function clauseFor(pack: Pack, fact: Fact): Clause | null {
	const read = citesAnotherScheme(pack, fact) ? withoutCitation(fact) : fact;
	const clause = pack.clausesOfKind
		.get(fact.kind)
		?.find(
			(clause) =>
				isInForce(clause, fact.occurredOn) && clause.patterns.some((pattern) => matches(pattern, read))
		);
	return clause ?? null;
}

/** Two schemes each have a clause 1.1, about different things: cited under one, it says nothing under the other. */
const citesAnotherScheme = ({ id }: Pack, { data: { scheme, clause } }: Fact): boolean =>
	scheme !== undefined && scheme !== null && scheme !== id && clause !== undefined;

const withoutCitation = (fact: Fact): Fact => ({
	...fact,
	data: Object.fromEntries(Object.entries(fact.data).filter(([name]) => name !== 'clause'))
});
