import type { IsoDate } from '#lib/calendar.ts';
import {
	evaluate,
	loadPack,
	type Account,
	type Entry,
	type EntryState,
	type Hundredths,
	type Pack,
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
import type { RegisteredEvent } from '../event/registeredEvent.ts';
import {
	bandToConfirm,
	peopleForBand,
	peopleNeeded,
	possibleDecisions,
	reviewOf,
	type AppealWindow,
	type EntryDecision,
	type PublishedStep,
	type Step
} from './review.ts';
import { supposableClauses, supposed, suppositionFrom } from './supposition.ts';

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
	/** null: it wrote no entry. */
	appeal: AppealWindow | null;
	/** Another enterprise that the same person leads; null: it happened here. */
	elsewhere: { id: string; name: string } | null;
	hazard: {
		id: string;
		part: string;
		severity: 'general' | 'major';
		description: string;
		state: string;
		photos: string[];
	} | null;
	documents: AccountDocument[];
	/** Registered by hand, with its papers. */
	event: RegisteredEvent | null;
}

/** What `enterprise_account` answers. */
export interface AccountContent {
	today: IsoDate;
	scheme: { packId: string; packSha256: string; document: PackDocument; isSample: boolean } | null;
	facts: StoredFact[];
	/** What people decided, in order. */
	steps: Step[];
	/** The day the band in effect began. */
	bandSince: IsoDate | null;
	/** Whose account it is, where the scheme's subject is the person who leads; null: the enterprise's, or nobody is on record. */
	principal: LeadingPerson | null;
	/** Of facts at enterprises that may be read. */
	sources: Record<string, FactSource>;
}

/** A principal (主要负责人): what happens anywhere they lead counts for all they lead. */
export interface LeadingPerson {
	name: string;
	/** What else they lead, as far as it may be read. */
	others: { id: string; name: string }[];
}

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

/** A band that waits for people to confirm it. */
export interface BandReview {
	band: SchemeBand;
	people: number;
	approvals: Step[];
}

export interface AccountView {
	today: IsoDate;
	scheme: {
		name: string;
		issuer: string;
		version: string;
		/** How much of it no published source states. */
		sample: 'whole' | 'parts' | null;
		direction: Pack['direction'];
		subject: Pack['subject'];
	};
	principal: LeadingPerson | null;
	balance: Hundredths;
	/** null: 未评估. */
	band: SchemeBand | null;
	next: { band: SchemeBand; distance: Hundredths } | null;
	pendingBalance: Hundredths;
	pendingBand: SchemeBand | null;
	bandSince: IsoDate | null;
	/** Further readings of the same balance, such as a town's board (公示栏); null: 未评估. */
	scales: { name: string; band: SchemeBand | null }[];
	/** All of the scheme, from the mildest. */
	bands: SchemeBand[];
	bandReview: BandReview | null;
	/** Decisions on bands, with their reasons. */
	bandDecisions: PublishedStep[];
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
	const { scheme, today, steps } = content;
	if (!scheme) return null;
	const pack = packOf(scheme);
	const facts = factsOf(enterpriseId, content.facts);
	const account: Account = evaluate(pack, facts, today);
	const waiting = bandToConfirm(pack, account);
	return {
		today,
		scheme: {
			name: pack.name,
			issuer: pack.issuer,
			version: pack.version,
			sample: pack.isSample ? 'whole' : pack.hasSamples ? 'parts' : null,
			direction: pack.direction,
			subject: pack.subject
		},
		principal: content.principal,
		balance: account.balance,
		band: account.band && schemeBand(account.band),
		next: account.next && { band: schemeBand(account.next.band), distance: account.next.distance },
		pendingBalance: account.pendingBalance,
		pendingBand: account.pendingBand && schemeBand(account.pendingBand),
		bandSince: content.bandSince,
		scales: account.scales.map(({ name, band }) => ({ name, band: band && schemeBand(band) })),
		bands: pack.bands.map(schemeBand),
		bandReview: waiting && {
			band: schemeBand(waiting),
			people: peopleForBand(pack),
			approvals: reviewOf(steps, { band: waiting.key }).approvals
		},
		bandDecisions: pack.bands.flatMap(({ key }) => reviewOf(steps, { band: key }).decisions),
		lines: account.entries
			.map((entry) => lineOf(pack, content, entry, peopleNeeded(pack, facts, account, entry)))
			.toReversed()
	};
}

/** 试算 on an account, as an address supposes it; null where no scheme was declared. */
export function accountSupposition(enterpriseId: string, content: AccountContent, query: URLSearchParams) {
	if (!content.scheme) return null;
	const { today } = content;
	const pack = packOf(content.scheme);
	const asked = suppositionFrom(query, today);
	const outcome = asked?.ok
		? supposed(pack, factsOf(enterpriseId, content.facts), asked.value, today)
		: asked;
	return {
		clauses: supposableClauses(pack, today).map(({ code, text, points, sharePercent }) => ({
			code,
			text,
			points,
			sharePercent
		})),
		asked: asked?.ok ? asked.value : null,
		outcome: outcome?.ok ? outcome.value : null,
		problem: outcome && !outcome.ok ? outcome.problem : null
	};
}

export function packOf({ packId, document }: NonNullable<AccountContent['scheme']>): Pack {
	const outcome = loadPack(document);
	if (!outcome.ok)
		throw new Error(`pack ${packId}: got ${outcome.problems[0]?.message}, expected a valid pack`);
	return outcome.pack;
}

function lineOf(
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
	const clause = pack.clauses.find(
		({ code: own, validFrom, validTo }) =>
			own === code && validFrom <= occurredOn && (validTo === null || occurredOn <= validTo)
	);
	return clause?.basis.filter(({ from }) => from <= occurredOn).map(({ text }) => text) ?? [];
}
