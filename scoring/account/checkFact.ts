import { factFault, isReservedKind, type Fact } from '../fact/fact.ts';
import type { Clause, Pack } from '../pack/pack.ts';
import { matches } from '../pack/pattern.ts';
import { formatPoints, isPoints, toHundredths } from '../value/points.ts';

/** What a pack finds wrong with a fact (got, expected), or null. For the door where facts come in. */
export function checkFact(pack: Pack, fact: Fact): string | null {
	const fault = factFault(fact);
	if (fault || isReservedKind(fact.kind)) return fault;
	return faultUnder(pack, clauseFor(pack, fact), fact);
}

/** What is wrong with a fact for the clause that writes its entry (null: none does). */
export const faultUnder = (pack: Pack, clause: Clause | null, fact: Fact): string | null =>
	inspectionFault(pack, clause, fact) ?? (clause && pointsFault(clause, fact));

/** Where every inspection is an account of its own, what is entered on it must say which one it belongs to. */
function inspectionFault({ cycle, evaluatedBy }: Pack, clause: Clause | null, fact: Fact): string | null {
	if (cycle.kind !== 'per_inspection') return null;
	const isTied = clause !== null && (clause.reduces !== null || clause.aggravates !== null);
	if (isTied || (!clause && !evaluatedBy.has(fact.kind))) return null;
	const inspection = fact.data[cycle.by];
	if (inspection !== undefined && inspection !== null && inspection !== '') return null;
	return `${cycle.by}: got ${JSON.stringify(inspection) ?? 'nothing'}, expected the inspection it belongs to`;
}

/** Where a clause leaves the points to a person, the fact must say them, within the clause's range. */
function pointsFault({ points: range }: Clause, { data: { points } }: Fact): string | null {
	if (!range || range.min === range.max) return null;
	if (isPoints(points) && toHundredths(points) >= range.min && toHundredths(points) <= range.max) return null;
	const expected = `${formatPoints(range.min)} to ${formatPoints(range.max)}, at most two decimals`;
	return `points: got ${JSON.stringify(points)}, expected ${expected}`;
}

/** The one clause that writes a fact's entry: in force on its day, matching, of the highest priority. */
export function clauseFor(pack: Pack, fact: Fact): Clause | null {
	const clause = pack.clausesOfKind
		.get(fact.kind)
		?.find(
			({ validFrom, validTo, patterns }) =>
				fact.occurredOn >= validFrom &&
				(validTo === null || fact.occurredOn <= validTo) &&
				patterns.some((pattern) => matches(pattern, fact))
		);
	return clause ?? null;
}
