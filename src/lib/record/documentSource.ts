import type { IsoDate } from '#lib/calendar.ts';
import type { DocumentKind } from '#lib/document/document.ts';
import type { SealedAgency } from '#lib/document/printedAgency.ts';
import type { Track } from '#lib/document/track.ts';

/** A record's canonical text as the server signed it. */
export interface SignedText {
	text: string;
	sha256: string;
	/** Ed25519, base64url. */
	signature: string;
	keyId: string;
}

/** A document's number and the record behind it, as the database's `document_source` gives them. */
export interface DocumentSource {
	id: string;
	kind: DocumentKind;
	track: Track;
	numberText: string;
	agency: SealedAgency;
	issuedAt: string;
	/** Null for an act between offices, which has no serial either. */
	deliveryId: string | null;
	deliverySerial: number | null;
	/** Set when it was rendered before. */
	pdfSha256: string | null;
	record: SignedText & { kind: 'inspection' | 'adoption' | 'act' | 'correction'; position: number };
	/** For a paper of a correction (更正): what it stands in the place of. */
	correction?: SourceCorrection | null;
	/** What stands in its place, where it was superseded: printed on copies only. */
	replacement?: { numberText: string | null; at: string } | null;
	/** The record of the inspection itself; for an adoption that of the report it adopts; null for an act. */
	inspectionRecord: SignedText | null;
	inspection: { id: string; nthOfYear: number; inspectedOn: IsoDate; kind: string } | null;
	/** The community it lies in, as it was called then; null outside of every community. */
	community: string | null;
	/** Number of the 现场检查记录 of the same visit. */
	recordNumber: string | null;
	/** Number of the community's report, for its adoption. */
	report: { numberText: string; issuedAt: string } | null;
	/** The order whose items a recheck looks at again. */
	order: { numberText: string; issuedAt: string } | null;
	rechecked: { id: string; part: string; description: string; orderNumber: number }[];
}

export interface SourceCorrection {
	number: number;
	reason: string;
	byName: string;
	byRole: 'officer' | 'supervisor';
	/** Who made the visit; nobody for a paper issued on its own. */
	officers: string[];
	/** The record that held before. */
	superseded: SignedText;
	/** Its paper of this kind, else its first one; null when it had none. */
	replaces: { numberText: string; issuedAt: string; isSameKind: boolean } | null;
}

export interface DocumentLinks {
	/** What the QR carries; null for what is not delivered. */
	deliveryUrl: string | null;
	verifyUrl: string;
}
