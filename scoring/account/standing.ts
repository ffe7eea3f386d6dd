import type { EntryDecisionKind, Fact } from '../fact/fact.ts';
import { isEntryDecision } from '../fact/fact.ts';
import type { Clause } from '../pack/pack.ts';
import { toHundredths, type Hundredths } from '../value/points.ts';

/** Where an entry is on its way (状态): in effect from sealing, waiting, or as the last decision left it. */
export type EntryState = 'sealed' | 'proposed' | 'confirmed' | 'appealed' | 'upheld' | 'reduced' | 'reversed';

/** An entry's state and what it means for the balance. */
export interface Standing {
	state: EntryState;
	/** `effective` counts, `proposed` is pending, `reversed` counts no more. */
	effect: 'effective' | 'proposed' | 'reversed';
	/** Points left by a decision to reduce; null: as the clause says. */
	limit: Hundredths | null;
	/** The fact of the decision that made it so; null: nobody decided yet. */
	decidedBy: string | null;
}

const stateOf: Record<EntryDecisionKind, EntryState> = {
	'decision.confirmed': 'confirmed',
	'decision.appealed': 'appealed',
	'decision.upheld': 'upheld',
	'decision.reduced': 'reduced',
	'decision.reversed': 'reversed'
};

/** The decisions on each entry, by the id of its fact, in the order of the facts given. */
export function decisionsByEntry(facts: readonly Fact[]): Map<string, Fact[]> {
	const decisions = new Map<string, Fact[]>();
	for (const fact of facts) {
		if (!isEntryDecision(fact.kind)) continue;
		const entry = String(fact.data.entry);
		decisions.set(entry, [...(decisions.get(entry) ?? []), fact]);
	}
	return decisions;
}

/** What the decisions, in their order, have made of an entry under a clause. */
export function standingOf(clause: Clause, decisions: readonly Fact[]): Standing {
	const undecided: Standing =
		clause.takesEffect === 'sealing'
			? { state: 'sealed', effect: 'effective', limit: null, decidedBy: null }
			: { state: 'proposed', effect: 'proposed', limit: null, decidedBy: null };
	return decisions.reduce(decide, undecided);
}

function decide(before: Standing, { kind, id, data }: Fact): Standing {
	const state = stateOf[kind as EntryDecisionKind];
	const decided = { ...before, state, decidedBy: id };
	switch (kind as EntryDecisionKind) {
		case 'decision.appealed':
			return decided;
		case 'decision.reversed':
			return { ...decided, effect: 'reversed' };
		case 'decision.reduced': {
			const limit = toHundredths(data.points as number);
			return { ...decided, effect: 'effective', limit: Math.min(limit, before.limit ?? limit) };
		}
		default:
			return { ...decided, effect: 'effective' };
	}
}
