import type { IsoDate } from '#lib/calendar.ts';
import {
	evaluate,
	type Account,
	type Band as PackBand,
	type Entry,
	type Fact,
	type FactValue,
	type MeasureCode,
	type Pack
} from '#scoring';
import type { Band } from '#lib/enterprise/band.ts';
import { bandToConfirm, peopleForBand, peopleNeeded } from './review.ts';

/** A fact as the database keeps it; the subject is the enterprise it belongs to. */
export interface StoredFact {
	id: string;
	kind: string;
	occurredOn: IsoDate;
	/** An instant. */
	recordedAt: string;
	data: Record<string, FactValue>;
}

/** One enterprise as `facts_for_assessment` gives it. Without a declared scheme `packId` is null. */
export interface AssessmentInput {
	enterpriseId: string;
	today: IsoDate;
	packId: string | null;
	packSha256: string | null;
	/** The newest fact's place; null when there is none. */
	factsSeen: number | null;
	facts: StoredFact[];
}

/** A band under its scheme: `key` is the scheme's own. */
export interface SchemeBand extends Band {
	key: string;
}

/** What `store_assessments` takes of one enterprise. Points are 1/100. */
export interface AccountRow {
	enterpriseId: string;
	packId: string;
	packSha256: string;
	points: number;
	pendingPoints: number;
	band: SchemeBand | null;
	pendingBand: SchemeBand | null;
	/** Key of the band that waits for so many people. */
	bandToConfirm: string | null;
	bandPeople: number;
	asOf: IsoDate;
	factsSeen: number;
	entries: EntryRow[];
	measures: { code: string; name: string }[];
}

export interface EntryRow {
	factId: string;
	clause: string;
	clauseText: string;
	points: number;
	state: 'proposed' | 'confirmed' | 'reversed';
	occurredOn: IsoDate;
	expiresOn: IsoDate | null;
	isAppealed: boolean;
	peopleToConfirm: number;
	peopleToReverse: number;
}

export const factsOf = (subject: string, facts: readonly StoredFact[]): Fact[] =>
	facts.map((fact) => ({ ...fact, subject }));

/**
 * What a person may still decide on an entry: one that waits is `proposed`; whatever has taken effect, by the seal
 * or by a decision, is `confirmed`.
 */
export function standingOfEntry({ state, counts }: Pick<Entry, 'state' | 'counts'>): EntryRow['state'] {
	if (state === 'reversed') return 'reversed';
	return state === 'proposed' || counts === 'pending' ? 'proposed' : 'confirmed';
}

/** The account of one enterprise under its declared pack, as it is stored. Throws on facts the pack cannot read. */
export function accountRow(pack: Pack, input: AssessmentInput): AccountRow {
	const facts = factsOf(input.enterpriseId, input.facts);
	const account = evaluate(pack, facts, input.today);
	return {
		enterpriseId: input.enterpriseId,
		packId: input.packId!,
		packSha256: input.packSha256!,
		points: account.balance,
		pendingPoints: account.pendingBalance,
		band: account.band && schemeBand(account.band),
		pendingBand: account.pendingBand && schemeBand(account.pendingBand),
		bandToConfirm: bandToConfirm(pack, account)?.key ?? null,
		bandPeople: peopleForBand(pack),
		asOf: input.today,
		factsSeen: input.factsSeen ?? 0,
		entries: account.entries.map((entry) => entryRow(entry, peopleNeeded(pack, facts, account, entry))),
		measures: measuresOf(account)
	};
}

export const schemeBand = ({ key, level, name }: PackBand): SchemeBand => ({ key, level, name });

const entryRow = (entry: Entry, people: { toConfirm: number; toReverse: number }): EntryRow => ({
	factId: entry.fact,
	clause: entry.clause,
	clauseText: entry.text,
	points: entry.points,
	state: standingOfEntry(entry),
	occurredOn: entry.occurredOn,
	expiresOn: entry.lastDay,
	isAppealed: entry.state === 'appealed',
	peopleToConfirm: people.toConfirm,
	peopleToReverse: people.toReverse
});

/** What a band leaves alone is nothing that anybody orders: 松江 D级 无事不扰, 不予处罚. */
const leftAlone: readonly MeasureCode[] = ['no_disturbance', 'no_penalty'];

const measuresOf = ({ measures }: Account): AccountRow['measures'] =>
	measures.filter(({ code }) => !leftAlone.includes(code)).map(({ code, name }) => ({ code, name }));
