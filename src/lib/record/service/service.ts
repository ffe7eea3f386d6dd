import { z } from 'zod';
import type { IsoDate } from '#lib/calendar.ts';
import type { DocumentKind } from '#lib/document/document.ts';
import type { Track } from '#lib/document/track.ts';
import { isoDate, sha256, uuid } from '#lib/inspection/inspection.ts';

/** What happened to a delivery, as it is told to staff. */
export const serviceEventKinds = [
	'opened',
	'received',
	'objected',
	'answered',
	'rectified',
	'extension_asked',
	'code_wrong',
	'reissued',
	'revoked',
	'signed_paper',
	'corrected'
] as const;
export type ServiceEventKind = (typeof serviceEventKinds)[number];

export type ReceivedMeans = 'screen' | 'paper' | 'account' | 'print';

/** 送达 of one inspection as staff read it: `delivery_of` of the database. */
export interface Service {
	/** Of the delivery. */
	id: string;
	/** How often its codes were issued anew; null to who may not show them. */
	serial: number | null;
	mayServe: boolean;
	today: IsoDate;
	inspection: {
		id: string;
		inspectedOn: IsoDate;
		track: Track;
		electronicDelivery: boolean;
		onSiteOutcome: 'signed' | 'refused' | null;
	};
	/** Who agreed to electronic delivery, when, and to which words (null: sealed before they were kept). */
	consent: { words: string | null; name: string; at: string } | null;
	enterprise: { id: string; name: string; address: string };
	agency: { name: string; isSample: boolean };
	expiresAt: string;
	revokedAt: string | null;
	openedAt: string | null;
	receivedAt: string | null;
	receivedBy: string | null;
	receivedMeans: ReceivedMeans | null;
	documents: {
		id: string;
		kind: DocumentKind;
		track: Track;
		numberText: string;
		state: 'issued' | 'superseded' | 'voided';
	}[];
	course: {
		id: number;
		kind: ServiceEventKind;
		at: string;
		by: string | null;
		means: string | null;
		/** Why it was objected to, what was answered, why it was issued anew or revoked. */
		note: string | null;
	}[];
	papers: SignedPaper[];
}

/** A paper with its wet signature, scanned back. */
export interface SignedPaper {
	id: string;
	signedBy: string;
	signedOn: IsoDate;
	note: string | null;
	recordedBy: string;
	recordedAt: string;
	files: { sha256: string; mediaType: string }[];
}

/** Codes that somebody may show: the QR on a screen, the QR on paper, and the 领取码 for it. */
export interface ServiceCodes {
	screenUrl: string;
	paperUrl: string;
	code: string;
}

export const reasonSchema = z.object({ reason: z.string().trim().min(2).max(300) });

export const paperReceiptSchema = z.object({
	/** Made with the page, so that a form sent twice is one paper. */
	id: uuid,
	signedBy: z.string().trim().min(1).max(50),
	signedOn: isoDate,
	note: z.string().trim().max(300).default(''),
	files: z.array(sha256).max(9)
});
export type PaperReceipt = z.infer<typeof paperReceiptSchema>;
