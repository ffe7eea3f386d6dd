import type { IsoDate } from '#lib/calendar.ts';
import { evaluate, type Account, type Hundredths, type Pack } from '#scoring';
import { packOf, type AccountContent, type LeadingPerson } from './accountContent.ts';
import { factsOf, schemeBand, type SchemeBand } from './assess.ts';
import { lineOf, type AccountLine } from './ledger.ts';
import {
	bandToConfirm,
	peopleForBand,
	peopleNeeded,
	reviewOf,
	type PublishedStep,
	type Step
} from './review.ts';

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
