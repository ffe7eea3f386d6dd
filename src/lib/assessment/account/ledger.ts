import type { IsoDate } from '#lib/calendar.ts';
import { isInForce, type Entry, type EntryState, type Hundredths, type Pack } from '#scoring';
import type { AccountContent, AccountDocument, FactSource } from './accountContent.ts';
import { standingOfEntry, type EntryRow } from './assess.ts';
import { possibleDecisions, reviewOf, type EntryDecision, type PublishedStep, type Step } from './review.ts';

/** One line of the ledger with everything that stands behind it. */
export interface AccountLine {
	factId: string;
	factKind: string;
	clause: string;
	/** The clause that was cited on site; the entry need not stand under it. */
	cited: string | null;
	text: string;
	/** It costs points, so there is something to say against it. */
	isCharge: boolean;
	basis: string[];
	occurredOn: IsoDate;
	points: Hundredths;
	nominal: Hundredths;
	cut: Hundredths;
	state: EntryState;
	standing: EntryRow['state'];
	counts: Entry['counts'];
	silent: Entry['silent'];
	lastDay: IsoDate | null;
	source: FactSource | null;
	/** The paper the fact stands in. */
	document: AccountDocument | null;
	decisions: PublishedStep[];
	/** Who has approved the next decision, where it takes more than one. */
	approvals: Step[];
	isAppealed: boolean;
	people: { toConfirm: number; toReverse: number };
	/** What reviewers may do with it now. */
	possible: EntryDecision[];
}

/** In which paper a kind of fact is told; the record of the inspection tells everything else. */
const documentOfFact: Record<string, AccountDocument['kind'][]> = {
	'hazard.found': ['rectification_order', 'hazard_report', 'inspection_record'],
	'hazard.rectified': ['recheck_opinion', 'inspection_record'],
	'hazard.failed_recheck': ['recheck_opinion', 'inspection_record']
};

export function documentFor(factKind: string, documents: readonly AccountDocument[]): AccountDocument | null {
	const wanted = documentOfFact[factKind] ?? ['inspection_record'];
	for (const kind of wanted) {
		const found = documents.find((document) => document.kind === kind);
		if (found) return found;
	}
	return documents[0] ?? null;
}

/** The line of an entry. @param people how many it takes to let it count and to take it back */
export function lineOf(
	pack: Pack,
	{ facts, sources, steps }: AccountContent,
	entry: Entry,
	people: AccountLine['people']
): AccountLine {
	const source = sources[entry.fact] ?? null;
	const fact = facts.find(({ id }) => id === entry.fact)!;
	const factKind = fact.kind;
	const standing = standingOfEntry(entry);
	const isAppealed = entry.state === 'appealed';
	return {
		factId: entry.fact,
		factKind,
		clause: entry.clause,
		cited: typeof fact.data.clause === 'string' ? fact.data.clause : null,
		text: entry.text,
		isCharge: entry.kind === 'charge' || entry.kind === 'aggravation',
		basis: basisOf(pack, entry),
		occurredOn: entry.occurredOn,
		points: entry.points,
		nominal: entry.nominal,
		cut: entry.cut,
		state: entry.state,
		standing,
		counts: entry.counts,
		silent: entry.silent,
		lastDay: entry.lastDay,
		source,
		document: source && documentFor(factKind, source.documents),
		...reviewOf(steps, { entry: entry.fact }),
		isAppealed,
		people,
		possible: possibleDecisions({ standing, isAppealed, points: entry.points })
	};
}

/** The provisions in force on the day that the clause in force on the day rests on. */
function basisOf(pack: Pack, { clause: code, occurredOn }: Entry): string[] {
	const clause = pack.clauses.find((each) => each.code === code && isInForce(each, occurredOn));
	return clause?.basis.filter(({ from }) => from <= occurredOn).map(({ text }) => text) ?? [];
}
