import type { IsoDate } from '#lib/calendar.ts';
import {
	evaluate,
	loadPack,
	type Account,
	type Entry,
	type EntryState,
	type Hundredths,
	type PackDocument
} from '#scoring';
import {
	factsOf,
	schemeBand,
	standingOfEntry,
	type EntryRow,
	type SchemeBand,
	type StoredFact
} from './assess.ts';

export interface AccountDocument {
	id: string;
	kind: 'inspection_record' | 'rectification_order' | 'recheck_opinion' | 'hazard_report';
	track: 'A' | 'B' | 'C';
	numberText: string;
}

/** Where a fact is written. */
export interface FactSource {
	inspectionId: string | null;
	inspectedOn: IsoDate | null;
	inspectionKind: string | null;
	/** Whoever found something does not decide on it. */
	foundByMe: boolean;
	hazard: {
		id: string;
		part: string;
		severity: 'general' | 'major';
		description: string;
		state: string;
		photos: string[];
	} | null;
	documents: AccountDocument[];
}

/** What `enterprise_account` answers. */
export interface AccountContent {
	today: IsoDate;
	scheme: { packId: string; packSha256: string; document: PackDocument; isSample: boolean } | null;
	facts: StoredFact[];
	sources: Record<string, FactSource>;
}

/** One line of the ledger with everything that stands behind it. */
export interface AccountLine {
	factId: string;
	factKind: string;
	clause: string;
	text: string;
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
	decisions: { kind: string; on: IsoDate; reason: string }[];
}

export interface AccountView {
	today: IsoDate;
	scheme: { name: string; issuer: string; version: string; isSample: boolean };
	balance: Hundredths;
	/** null: 未评估. */
	band: SchemeBand | null;
	next: { band: SchemeBand; distance: Hundredths } | null;
	pendingBalance: Hundredths;
	pendingBand: SchemeBand | null;
	measures: string[];
	/** Newest first. */
	lines: AccountLine[];
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

/**
 * The account derived from its facts where it is shown, by the engine that also stores it; so the page explains
 * exactly the number it shows. null where no scheme was declared.
 */
export function accountView(enterpriseId: string, content: AccountContent): AccountView | null {
	const { scheme, facts, today, sources } = content;
	if (!scheme) return null;
	const outcome = loadPack(scheme.document);
	if (!outcome.ok)
		throw new Error(`pack ${scheme.packId}: got ${outcome.problems[0]?.message}, expected a valid pack`);
	const { pack } = outcome;
	const account: Account = evaluate(pack, factsOf(enterpriseId, facts), today);
	const kinds = new Map(facts.map(({ id, kind }) => [id, kind]));
	const decisions = Map.groupBy(
		facts.filter(({ kind }) => kind.startsWith('decision.')),
		({ data }) => String(data.entry)
	);
	const lineOf = (entry: Entry): AccountLine => {
		const source = sources[entry.fact] ?? null;
		const factKind = kinds.get(entry.fact)!;
		const clause = pack.clauses.find(
			({ code, validFrom, validTo }) =>
				code === entry.clause &&
				validFrom <= entry.occurredOn &&
				(validTo === null || entry.occurredOn <= validTo)
		);
		return {
			factId: entry.fact,
			factKind,
			clause: entry.clause,
			text: entry.text,
			basis: clause?.basis.filter(({ from }) => from <= entry.occurredOn).map(({ text }) => text) ?? [],
			occurredOn: entry.occurredOn,
			points: entry.points,
			nominal: entry.nominal,
			cut: entry.cut,
			state: entry.state,
			standing: standingOfEntry(entry),
			counts: entry.counts,
			silent: entry.silent,
			lastDay: entry.lastDay,
			source,
			document: source && documentFor(factKind, source.documents),
			decisions: (decisions.get(entry.fact) ?? []).map(({ kind, occurredOn, data }) => ({
				kind,
				on: occurredOn,
				reason: String(data.reason ?? '')
			}))
		};
	};
	return {
		today,
		scheme: { name: pack.name, issuer: pack.issuer, version: pack.version, isSample: pack.isSample },
		balance: account.balance,
		band: account.band && schemeBand(account.band),
		next: account.next && { band: schemeBand(account.next.band), distance: account.next.distance },
		pendingBalance: account.pendingBalance,
		pendingBand: account.pendingBand && schemeBand(account.pendingBand),
		measures: account.measures.map(({ name }) => name),
		lines: account.entries.map(lineOf).toReversed()
	};
}
