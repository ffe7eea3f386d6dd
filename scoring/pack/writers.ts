import type { Clause } from './pack.ts';

/**
 * The clauses in the order in which they are asked. Before a clause that `cites` stand copies of the clauses it
 * may cite: each for the facts that name its code, with the citing clause's own points and way into effect.
 */
export function writersOf(clauses: readonly Clause[]): Clause[] {
	return clauses
		.toSorted((a, b) => b.priority - a.priority)
		.flatMap((clause) => {
			if (!clause.isConfirmedOpinion) return [clause];
			const cited = clauses.filter((other) => other.kind === clause.kind && !other.isConfirmedOpinion);
			return [...cited.flatMap((other) => citedBy(clause, other)), clause];
		});
}

/** A clause as an opinion cites it, on the days both are in force. */
function citedBy(citing: Clause, cited: Clause): Clause[] {
	const validFrom = citing.validFrom > cited.validFrom ? citing.validFrom : cited.validFrom;
	const ends = [citing.validTo, cited.validTo].filter((day) => day !== null).sort();
	const validTo = ends[0] ?? null;
	if (validTo !== null && validTo < validFrom) return [];
	const { points, takesEffect, priority, isConfirmedOpinion } = citing;
	const patterns = citing.patterns.map(({ kind, where }) => ({
		kind,
		where: { ...where, clause: cited.code }
	}));
	const own = { points, takesEffect, priority, isConfirmedOpinion, patterns, repeated: null };
	return [{ ...cited, ...own, validFrom, validTo }];
}

/** The writers that can match a kind of fact, in their order. */
export function byFactKind(writers: readonly Clause[]): Map<string, Clause[]> {
	const kinds = new Map<string, Clause[]>();
	for (const clause of writers) {
		for (const kind of new Set(clause.patterns.map((pattern) => pattern.kind))) {
			kinds.set(kind, [...(kinds.get(kind) ?? []), clause]);
		}
	}
	return kinds;
}
