import type { DocumentKind } from '#lib/document/document.ts';
import type { Track } from '#lib/document/track.ts';

/** What the database says of a sealed visit. */
export interface SealedFacts {
	inspectionId: string;
	enterpriseId: string;
	track: Track;
	sealedAt: string;
	inspectedOn: string;
	/** The phone's clock ran ahead; the day of the check is then the server's. */
	clockSuspect: boolean;
	record: { position: number; sha256: string; link: string };
	deliveryId: string;
	/** How often new codes were issued since: a seal that is repeated shows those that hold. */
	deliverySerial: number;
	documents: { id: string; kind: DocumentKind; track: Track; numberText: string }[];
}

/** The answer to 签章归档. Until `sealed` nothing of the visit is in the database. */
export type SealAnswer =
	| { state: 'missing'; missing: string[] }
	| { state: 'awaiting_cosignature' }
	/** With what the inspector's own screen shows: the token of its QR (`/o/{token}`) and the 领取码. */
	| ({ state: 'sealed'; screenToken: string; code: string } & SealedFacts);
