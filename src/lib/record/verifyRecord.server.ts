import { readAnswer } from '#lib/backend/answer.ts';
import type { Backend } from '#lib/backend/backend.server.ts';
import type { DocumentKind } from '#lib/document/document.ts';
import type { DocumentSignature } from '#lib/document/signing/signer.ts';
import type { Track } from '#lib/document/track.ts';
import { success, type Result } from '#lib/problem.ts';
import { genesisLink, verifyLink } from './chain.ts';
import { signatureFault } from './recordSignature.server.ts';

interface FoundRecord {
	recordKind: 'inspection' | 'adoption' | 'act' | 'correction';
	position: number;
	sealedAt: string;
	canonicalText: string;
	sha256: string;
	signature: string;
	keyId: string;
	numbersText: string;
	previousLink: string;
	link: string;
	/** Of the record before; null for the first one. */
	linkBefore: string | null;
	/** What the record after says it follows; null for the last one. */
	previousLinkAfter: string | null;
	headPosition: number;
	documents: VerifiedDocument[] | null;
	replacement: Replacement | null;
	replaces: { sha256: string; number: number } | null;
}

/** What stands in the place of a record (更正). */
export interface Replacement {
	/** 第N次更正. */
	number: number;
	at: string;
	sha256: string;
	/** Of its first paper; null when it yielded none. */
	numberText: string | null;
}

export interface VerifiedDocument {
	kind: DocumentKind;
	track: Track;
	numberText: string;
	state: 'issued' | 'superseded' | 'voided';
	agencyName: string;
	pdfSha256: string | null;
	/** The agency's own, on a file beside the rendered one; null without. */
	signature: DocumentSignature | null;
	/** Number of the paper in its place, for one that was superseded by one. */
	replacedBy: string | null;
}

/** What `/v/{sha256}` tells anybody: no name of a person, no address, nothing of what was found. */
export interface VerifiedRecord {
	recordKind: 'inspection' | 'adoption' | 'act' | 'correction';
	sha256: string;
	/** The hash that was asked for is that of a PDF, not of the record. */
	isPdf: boolean;
	position: number;
	headPosition: number;
	sealedAt: string;
	link: string;
	/** Each by itself, so that a person learns what does not hold. */
	holds: { text: boolean; signature: boolean; chain: boolean };
	documents: VerifiedDocument[];
	/** Null while it holds. */
	replacement: Replacement | null;
	/** For a correction: the record in whose place it stands. */
	replaces: { sha256: string; number: number } | null;
}

/** @returns `record.unknown` when neither a record nor a PDF has this hash. */
export async function verifyRecord(backend: Backend, sha256: string): Promise<Result<VerifiedRecord>> {
	const answer = readAnswer<FoundRecord>(
		await backend.asService('qr pages').rpc('verify_hash', { p_sha256: sha256 })
	);
	if (!answer.ok) return answer;
	const record = answer.value;
	const faults = await verifyLink(record, record.linkBefore ?? genesisLink);
	const signature = signatureFault(backend.keys, { ...record, text: record.canonicalText });
	const isFollowed = record.previousLinkAfter === null || record.previousLinkAfter === record.link;
	return success({
		recordKind: record.recordKind,
		sha256: record.sha256,
		isPdf: record.sha256 !== sha256,
		position: record.position,
		headPosition: record.headPosition,
		sealedAt: record.sealedAt,
		link: record.link,
		holds: {
			text: !faults.includes('text') && !faults.includes('not_canonical'),
			signature: signature === null,
			chain: !faults.includes('previous') && !faults.includes('link') && isFollowed
		},
		documents: record.documents ?? [],
		replacement: record.replacement,
		replaces: record.replaces
	});
}
