import { clauseFor, isReservedKind, type Fact, type Pack } from '#scoring';

/** Kinds told by name; the rest is counted. */
const toldKinds = 5;

/**
 * How many facts say nothing under the pack: no clause matches them and they make nobody 已评估. Nothing that was
 * handed in vanishes without a word. null: there are none.
 */
export function unmatchedNote(pack: Pack, accounts: Iterable<readonly Fact[]>): string | null {
	const byKind = new Map<string, number>();
	let all = 0;
	for (const facts of accounts) {
		for (const fact of facts) {
			all++;
			const says = isReservedKind(fact.kind) || pack.evaluatedBy.has(fact.kind) || clauseFor(pack, fact);
			if (!says) byKind.set(fact.kind, (byKind.get(fact.kind) ?? 0) + 1);
		}
	}
	const kinds = [...byKind].sort(([one, few], [other, many]) => many - few || (one < other ? -1 : 1));
	if (kinds.length === 0) return null;
	const unmatched = kinds.reduce((sum, [, count]) => sum + count, 0);
	const told = kinds.slice(0, toldKinds).map(([kind, count]) => `${kind} ${count}`);
	if (kinds.length > toldKinds) told.push('…');
	return `note: no clause of ${pack.id} matches ${unmatched} of ${all} facts (${told.join(', ')})`;
}
