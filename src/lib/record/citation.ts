import type { Hazard } from '#lib/hazard/hazard.ts';
import { likelyClauses } from '#lib/hazard/likelyClauses.ts';
import { citable, clauseFor, type Clause, type Fact } from '#scoring';
import type { Draft } from './draft.ts';
import { hazardFact } from './draftFacts.ts';
import { schemeThatCounts } from './provisional.ts';
import { checklistOf, itemsOf } from './visit.ts';
import type { VisitBundle } from './visitBundle.ts';

/** 引用条款: what may be cited for one hazard, and what the scheme does without. */
export interface Citation {
	schemeName: string;
	/** The clause under which the hazard stands where none is cited; null: under none. */
	without: Clause | null;
	/** Those that fit the words of the hazard best. */
	likely: Clause[];
	/** All of them, by aspect; none where the scheme chooses by itself, as for 重大隐患. */
	groups: { key: string; name: string; clauses: Clause[] }[];
}

/** null where the scheme has no clauses to choose from, or no points are given at all. */
export function citationOf(hazard: Hazard, draft: Draft, bundle: VisitBundle, at: string): Citation | null {
	const pack = schemeThatCounts(bundle);
	if (!pack) return null;
	const fact = hazardFact({ ...hazard, clause: null }, draft, bundle, at);
	const clauses = citable(pack, fact);
	if (clauses.length === 0 && citable(pack, ordinary(fact)).length === 0) return null;
	return {
		schemeName: pack.name,
		without: clauseFor(pack, fact),
		likely: likelyClauses(clauses, wordsOf(hazard, draft, bundle), citedBefore(hazard, bundle)),
		groups: pack.aspects
			.map(({ key, name }) => ({ key, name, clauses: clauses.filter(({ aspect }) => aspect === key) }))
			.filter((group) => group.clauses.length > 0)
	};
}

const ordinary = (fact: Fact): Fact => ({ ...fact, data: { ...fact.data, severity: 'general' } });

function wordsOf(hazard: Hazard, draft: Draft, bundle: VisitBundle): string {
	const item = itemsOf(checklistOf(draft, bundle)).find(({ id }) => id === hazard.itemId);
	return [hazard.part, hazard.description, item?.text].filter(Boolean).join(' ');
}

/** What was cited here for the same item of the list. */
const citedBefore = ({ itemCode }: Hazard, { facts, scheme }: VisitBundle): string[] =>
	facts
		.filter(({ data }) => itemCode !== null && data.itemCode === itemCode && data.scheme === scheme?.packId)
		.flatMap(({ data }) => (typeof data.clause === 'string' ? [data.clause] : []));

/** A change of severity can take a citation's ground away: then none is cited, and the form says why. */
export function dropIdleCitation(draft: Draft, hazardId: string, bundle: VisitBundle, at: string): Draft {
	const hazard = draft.hazards.find(({ id }) => id === hazardId);
	if (!hazard?.clause) return draft;
	const stands = citationOf(hazard, draft, bundle, at)?.groups.some(({ clauses }) =>
		clauses.some(({ code }) => code === hazard.clause)
	);
	if (stands) return draft;
	const hazards = draft.hazards.map((one) => (one.id === hazardId ? { ...one, clause: null } : one));
	return { ...draft, hazards };
}
