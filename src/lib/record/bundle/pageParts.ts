import type { Translate } from '#lib/messages/index.ts';
import type { CaseFile } from './caseFile.ts';
import type { Markup } from './markup.ts';
import type { Signer } from './signers.ts';
import type { ReadRecord, TracePoint } from './trace.ts';

/** What the page of a case is made of. */
export interface PageParts {
	file: CaseFile;
	stateAt: string;
	records: ReadRecord[];
	signers: Signer[];
	points: TracePoint[];
	/** The drawing of the place; null without any position. */
	sketch: string | null;
	/** Fingerprint (sha-256, hex) of the key that signs the manifest. */
	fingerprint: string;
	/** The shown style, and the script: rules and page in one. */
	style: string;
	script: string;
	/** Texts that the script says, by its own names. */
	words: Record<string, string>;
}

export type Section = (parts: PageParts, t: Translate) => Markup | null;
