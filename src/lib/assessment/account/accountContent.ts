import type { IsoDate } from '#lib/calendar.ts';
import { loadPack, type Pack, type PackDocument } from '#scoring';
import type { RegisteredEvent } from '../event/registeredEvent.ts';
import type { StoredFact } from './assess.ts';
import type { AppealWindow, Step } from './review.ts';

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

export function packOf({ packId, document }: NonNullable<AccountContent['scheme']>): Pack {
	const outcome = loadPack(document);
	if (!outcome.ok)
		throw new Error(`pack ${packId}: got ${outcome.problems[0]?.message}, expected a valid pack`);
	return outcome.pack;
}
