import { canonicalText, sha256Hex } from '#lib/canonical.ts';

/** A record as it stands in the chain. */
export interface ChainRecord {
	position: number;
	canonicalText: string;
	sha256: string;
	/** `kind=number` lines of the documents it yielded, in order of their kinds. */
	numbersText: string;
	/** UTC with milliseconds, as `2026-11-22T06:02:00.000Z`. */
	sealedAt: string;
	previousLink: string;
	link: string;
}

/** What stands before the first record. */
export const genesisLink = '0'.repeat(64);

/**
 * The bytes of a link (`app.append_record`): previous link, sha-256 of the text, numbers and time, each on its own
 * line, without a line break at the end. A record without documents has an empty line for its numbers.
 */
export const linkText = ({
	previousLink,
	sha256,
	numbersText,
	sealedAt
}: Pick<ChainRecord, 'previousLink' | 'sha256' | 'numbersText' | 'sealedAt'>): string =>
	[previousLink, sha256, numbersText, sealedAt].join('\n');

/**
 * - `text`: the text is not the one that was hashed · `not_canonical`: it is not RFC 8785 text
 * - `previous`: it does not follow the record before · `link`: number, time or text changed after the seal
 */
export type LinkFault = 'text' | 'not_canonical' | 'previous' | 'link';

/** What does not hold between a record and the link before it; empty when all holds. */
export async function verifyLink(record: ChainRecord, previousLink: string): Promise<LinkFault[]> {
	const faults: LinkFault[] = [];
	if ((await sha256Hex(record.canonicalText)) !== record.sha256) faults.push('text');
	if (!isCanonical(record.canonicalText)) faults.push('not_canonical');
	if (record.previousLink !== previousLink) faults.push('previous');
	if ((await sha256Hex(linkText(record))) !== record.link) faults.push('link');
	return faults;
}

function isCanonical(text: string): boolean {
	try {
		return canonicalText(JSON.parse(text)) === text;
	} catch {
		return false;
	}
}

/** The lines that entered a link for these documents. */
export const numbersTextOf = (documents: readonly { kind: string; numberText: string }[]): string =>
	documents
		.map(({ kind, numberText }) => `${kind}=${numberText}`)
		.sort((a, b) => (a < b ? -1 : 1))
		.join('\n');
