import type { Account, Entry } from '../account/evaluate.ts';

/** What one fact does in one account and in another; null: it writes no entry there. */
export interface EntryChange {
	fact: string;
	before: Entry | null;
	after: Entry | null;
}

const doesTheSame = (one: Entry, other: Entry): boolean =>
	one.clause === other.clause && one.points === other.points && one.counts === other.counts;

/**
 * The facts that two accounts take differently: under another clause, for other points, or to another effect.
 * In the order of the accounts, what only the later one has at the end.
 */
export function entryChanges(before: Account, after: Account): EntryChange[] {
	const later = new Map(after.entries.map((entry) => [entry.fact, entry]));
	const earlier = new Set(before.entries.map(({ fact }) => fact));
	const known = before.entries.flatMap((entry): EntryChange[] => {
		const other = later.get(entry.fact) ?? null;
		return other && doesTheSame(entry, other) ? [] : [{ fact: entry.fact, before: entry, after: other }];
	});
	const added = after.entries.filter(({ fact }) => !earlier.has(fact));
	return [...known, ...added.map((entry) => ({ fact: entry.fact, before: null, after: entry }))];
}
