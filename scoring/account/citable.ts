import type { Fact } from '../fact/fact.ts';
import type { Clause, Pack } from '../pack/pack.ts';
import { clauseFor, faultUnder } from './checkFact.ts';

/**
 * The clauses (条款) a person may cite for a fact, as written: each would write its entry, and no other clause
 * overrules it. None where the pack chooses by itself. A clause that leaves its points to a person is none of
 * them: the fact would have to say them.
 * @param fact as it would be written; a `clause` it has is left out of account
 */
export const citable = (pack: Pack, fact: Fact): Clause[] =>
	pack.clauses.filter((clause) => {
		if (clause.kind !== 'charge' || !isCitedBy(clause, fact.kind)) return false;
		const citing = { ...fact, data: { ...fact.data, clause: clause.code, scheme: pack.id } };
		return clauseFor(pack, citing) === clause && faultUnder(pack, clause, citing) === null;
	});

const isCitedBy = ({ code, patterns }: Clause, kind: string): boolean =>
	patterns.some((pattern) => pattern.kind === kind && namesCode(pattern.where?.clause, code));

const namesCode = (condition: unknown, code: string): boolean =>
	Array.isArray(condition) ? condition.includes(code) : condition === code;
