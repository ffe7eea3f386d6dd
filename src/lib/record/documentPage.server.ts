import { expectValue, readAnswer } from '#lib/backend/answer.ts';
import type { Backend, Client } from '#lib/backend/backend.server.ts';
import type { ActBody } from '#lib/document/acts.ts';
import { deliveryTokens } from '#lib/document/deliveryTokens.server.ts';
import type { DocumentKind } from '#lib/document/document.ts';
import type { DocumentSignature } from '#lib/document/signing/signer.ts';
import type { Track } from '#lib/document/track.ts';
import type { StopKind } from '#lib/enterprise/stop.ts';
import { uuid } from '#lib/inspection/inspection.ts';
import { failure, success, type Problem, type Result } from '#lib/problem.ts';

/** One paper of any kind, as staff of its place or the enterprise it concerns read it. */
export interface DocumentPage {
	id: string;
	kind: DocumentKind;
	track: Track;
	numberText: string;
	state: 'issued' | 'superseded' | 'voided';
	issuedAt: string;
	/** Null for a paper that was issued on its own. */
	inspectionId: string | null;
	scope: string;
	agencyName: string;
	isSample: boolean;
	isRendered: boolean;
	/** The agency's own, on a file beside the rendered one; null without. */
	signature: DocumentSignature | null;
	/** Why there is no PDF, when making it was refused. */
	renderProblem: Problem | null;
	enterprise: { id: string; name: string };
	record: { kind: 'inspection' | 'adoption' | 'act' | 'correction'; sha256: string };
	/** Why it was voided; null unless it was, and for who is no staff. */
	void: { reason: string; byName: string; at: string } | null;
	/** 逾期阶梯: the step that it took; staff only. */
	escalation: { id: string; step: 1 | 2 | 3 } | null;
	/** What stands in its place, where a correction (更正) replaced it. */
	replacement: { number: number; at: string; documentId: string | null; numberText: string | null } | null;
	/** For a paper of a correction: why, and what it replaced. */
	correction: {
		number: number;
		reason: string;
		byName: string;
		replaces: { id: string; numberText: string } | null;
	} | null;
	/** What its record is about: for an act what the next correction names. */
	subjectId: string;
	mayVoid: boolean;
	act: { body: ActBody; signer: { userId: string; name: string } } | null;
	/** Null for a paper between offices. */
	delivery: {
		id: string;
		/** How often new codes were issued. */
		serial: number;
		openedAt: string | null;
		receivedAt: string | null;
		receivedBy: string | null;
		expiresAt: string;
		isRevoked: boolean;
	} | null;
}

/** @returns `not_found` when there is none, or none that the asking person may see. */
export async function readDocumentPage(client: Client, id: string): Promise<Result<DocumentPage>> {
	if (!uuid.safeParse(id).success) return failure('not_found');
	const page = expectValue<DocumentPage | null>(await client.rpc('read_document', { p_document: id }));
	return page ? success(page) : failure('not_found');
}

/**
 * 作废, with a reason that staff read. The number is never given again.
 * @returns `permission.role`, `document.state` when it is void or superseded already, `request.invalid` without a reason
 */
export const voidDocument = async (client: Client, id: string, reason: string): Promise<Result<unknown>> =>
	uuid.safeParse(id).success
		? readAnswer(await client.rpc('void_document', { p_document: id, p_reason: reason }))
		: failure('not_found');

/** One series of numbers of a year: agency × kind × track. */
export interface NumberSeries {
	agencyId: string;
	agencyName: string;
	kind: DocumentKind;
	track: Track;
	lastNumber: number;
	voided: {
		id: string;
		numberText: string;
		issuedAt: string;
		enterpriseName: string;
		/** What is stopped at the place today. */
		stopped: StopKind | null;
		/** Null where it was voided before reasons were kept. */
		reason: string | null;
		byName: string | null;
		at: string | null;
	}[];
	/** Replaced by a correction (更正): the number stays taken, and this one is not the paper that holds. */
	superseded: {
		id: string;
		numberText: string;
		issuedAt: string;
		enterpriseName: string;
		stopped: StopKind | null;
		/** Null when the correction yielded no paper at all. */
		replacedBy: string | null;
		at: string;
		reason: string;
	}[];
	/** Numbers that no document carries: there should be none. */
	missing: number[];
}

/** 文号台账 of the agencies that the client may see. */
export const readNumberLedger = async (client: Client, year: number): Promise<NumberSeries[]> =>
	expectValue(await client.rpc('number_ledger', { p_year: year }));

/** What the issuer's own screen shows to be scanned, and the 领取码 for the paper. */
export function screenCode(
	backend: Backend,
	{ id, serial }: { id: string; serial: number }
): { path: string; code: string } {
	const { screenToken, code } = deliveryTokens(backend.keys.deliverySecret, id, serial);
	return { path: `/o/${screenToken}`, code };
}
