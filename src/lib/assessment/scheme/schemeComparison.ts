import type { Band, Clause, Pack } from '#scoring';

/**
 * Two packs laid side by side. Versions of one scheme are matched clause by clause by their codes; different schemes
 * share no codes, so there the clauses that read the same facts stand opposite each other.
 */
export interface PackComparison {
	matchedBy: 'code' | 'facts';
	clauses: ClausePair[];
	/** How many clauses are the same on both sides. */
	unchangedClauses: number;
	/** By rung of the ladder from the best; null where one scheme has fewer rungs. */
	bands: BandPair[];
}

export type ClauseChange = 'added' | 'gone' | 'changed';
/** What of a clause differs. */
export type ClausePart = 'text' | 'points' | 'kind' | 'cap' | 'repeated' | 'effect' | 'facts' | 'validity';

export interface ClausePair {
	change: ClauseChange;
	before: Clause | null;
	after: Clause | null;
	parts: ClausePart[];
}

export interface BandPair {
	before: Band | null;
	after: Band | null;
	isChanged: boolean;
}

/** What a clause is about, however finely it tells cases apart: its nature, the kinds of fact, general or major. */
const factsRead = ({ patterns, kind }: Clause): string =>
	JSON.stringify([kind, patterns.map((pattern) => [pattern.kind, pattern.where?.severity])]);

/** What is compared of each part: two clauses differ in it when these differ. */
const partsOf: Record<ClausePart, (clause: Clause) => unknown> = {
	text: ({ text }) => text,
	points: ({ points, sharePercent }) => [points, sharePercent],
	kind: ({ kind }) => kind,
	cap: ({ cap }) => cap,
	repeated: ({ repeated }) => repeated,
	effect: ({ takesEffect }) => takesEffect,
	facts: ({ patterns, reduces, aggravates }) => [patterns, reduces, aggravates],
	validity: ({ validFrom, validTo }) => [validFrom, validTo]
};

const differingParts = (before: Clause, after: Clause, ignored: readonly ClausePart[]): ClausePart[] =>
	(Object.keys(partsOf) as ClausePart[]).filter(
		(part) =>
			!ignored.includes(part) &&
			JSON.stringify(partsOf[part](before)) !== JSON.stringify(partsOf[part](after))
	);

/** Another scheme has its own wording and its own days; that alone is no difference worth a line. */
const partsOfOneScheme: readonly ClausePart[] = ['text', 'validity'];

export function comparePacks(before: Pack, after: Pack): PackComparison {
	const isOneScheme = before.id === after.id;
	const keyOf = isOneScheme ? ({ code }: Clause) => code : factsRead;
	const ignored = isOneScheme ? [] : partsOfOneScheme;
	const left = Map.groupBy(before.clauses, keyOf);
	const right = Map.groupBy(after.clauses, keyOf);
	const pairs = [...new Set([...left.keys(), ...right.keys()])].flatMap((key) =>
		pairUp(left.get(key) ?? [], right.get(key) ?? [], ignored)
	);
	const clauses = pairs.filter((pair): pair is ClausePair => pair.change !== null);
	return {
		matchedBy: isOneScheme ? 'code' : 'facts',
		clauses,
		unchangedClauses: pairs.length - clauses.length,
		bands: bandPairs(before, after, isOneScheme)
	};
}

type Paired = Omit<ClausePair, 'change'> & { change: ClauseChange | null };

/** Clauses of one key in their order; the longer side has some with nothing opposite. */
const pairUp = (before: readonly Clause[], after: readonly Clause[], ignored: readonly ClausePart[]) =>
	Array.from({ length: Math.max(before.length, after.length) }, (_, place): Paired => {
		const [one, other] = [before[place] ?? null, after[place] ?? null];
		const parts = one && other ? differingParts(one, other, ignored) : [];
		const change = !one ? 'added' : !other ? 'gone' : parts.length > 0 ? 'changed' : null;
		return { change, before: one, after: other, parts };
	});

/** What of a band a change would be felt by: its limits, level, confirmation, measures; and its name. */
const bandOf = ({ name, level, from, below, needsConfirmation, measures }: Band): string =>
	JSON.stringify([name, level, from, below, needsConfirmation, measures]);

/** Rungs of one scheme are known by their keys; of two schemes they are counted from the best. */
function bandPairs(before: Pack, after: Pack, isOneScheme: boolean): BandPair[] {
	const keyOf = (band: Band) => (isOneScheme ? band.key : String(band.rank));
	const [left, right] = [before, after].map(({ bands }) => new Map(bands.map((band) => [keyOf(band), band])));
	return [...new Set([...left!.keys(), ...right!.keys()])].map((key) => {
		const [one, other] = [left!.get(key) ?? null, right!.get(key) ?? null];
		return { before: one, after: other, isChanged: !one || !other || bandOf(one) !== bandOf(other) };
	});
}
