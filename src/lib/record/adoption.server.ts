import { expectValue, readAnswer } from '#lib/backend/answer.ts';
import type { Backend, Client } from '#lib/backend/backend.server.ts';
import type { IsoDate } from '#lib/calendar.ts';
import { canonicalText } from '#lib/canonical.ts';
import type { DocumentKind } from '#lib/document/document.ts';
import type { Track } from '#lib/document/track.ts';
import type { DeliveredHazard } from './delivery.ts';
import { scopeCovers, type Membership } from '#lib/identity/identity.ts';
import { failure, type Problem, type Result } from '#lib/problem.ts';
import { adoptionSchema } from './adoption.ts';
import { announceSeal } from './afterSeal.server.ts';
import { signText } from './recordSignature.server.ts';

/** A community's report that nobody of the street has taken over yet. */
export interface WaitingReport {
	id: string;
	enterpriseId: string;
	enterpriseName: string;
	address: string;
	reportedBy: string;
	inspectedOn: IsoDate;
	sealedAt: string;
	hazards: number;
	major: number;
}

export interface Report {
	id: string;
	scope: string;
	today: IsoDate;
	enterprise: { id: string; name: string; address: string };
	reportedBy: string;
	inspectedOn: IsoDate;
	sealedAt: string;
	isAdopted: boolean;
	documents: {
		id: string;
		kind: DocumentKind;
		track: Track;
		numberText: string;
		pdfSha256: string | null;
		renderProblem: Problem | null;
	}[];
	hazards: Pick<
		DeliveredHazard,
		| 'id'
		| 'part'
		| 'severity'
		| 'description'
		| 'legalBasis'
		| 'acceptance'
		| 'measure'
		| 'state'
		| 'deadline'
		| 'photos'
	>[];
}

/** Those with 重大 hazards first, then the oldest. */
export const waitingReports = async (client: Client): Promise<WaitingReport[]> =>
	expectValue(await client.rpc('waiting_reports'));

/** @returns `not_found` for a report outside of what the user may see. */
export const readReport = async (client: Client, inspectionId: string): Promise<Result<Report>> =>
	readAnswer(await client.rpc('read_report', { p_inspection: inspectionId }));

/** The membership with which somebody adopts there: a street's inspector, the nearest one to the place. */
export const adoptingMembership = (memberships: readonly Membership[], scope: string): Membership | null =>
	memberships
		.filter((membership) => membership.role === 'inspector' && scopeCovers(membership.scope, scope))
		.sort((a, b) => b.scope.length - a.scope.length)[0] ?? null;

/** What the inspector sends: the rest of the adoption is what the server knows of them. */
export interface AdoptionRequest {
	/** Made with the page, so that a form sent twice is one adoption. */
	id: string;
	inspectionId: string;
	hazards: { id: string; deadline: string }[];
	signature: unknown;
}

/**
 * 「采纳并出具」. The text is made and signed here, from the form and the inspector's own membership; every rule
 * stands in the transaction. Afterwards the worker renders the order and the assessor counts the facts.
 * @returns `permission.track` for who may not, `hazard.deadline`, `signature.empty`, `inspection.state` when
 *   somebody else was faster.
 */
export async function adoptReport(
	backend: Backend,
	client: Client,
	{ userId, membership }: { userId: string; membership: Membership },
	request: AdoptionRequest,
	now: Date = new Date()
): Promise<Result<{ inspectionId: string }>> {
	const at = now.toISOString();
	const parsed = adoptionSchema.safeParse({
		format: 'mingcha.adoption/1',
		id: request.id,
		inspectionId: request.inspectionId,
		hazards: request.hazards,
		inspector: {
			userId,
			name: membership.displayName,
			licence: membership.licenceNumber,
			signature: request.signature,
			at
		},
		at
	});
	if (!parsed.success) return failure(...faultOf(parsed.error.issues[0]?.path ?? []));
	const text = canonicalText(parsed.data);
	const { signature, keyId } = signText(backend.keys, text);
	const answer = readAnswer<{ inspectionId: string; enterpriseId: string }>(
		await client.rpc('adopt_report', { p_text: text, p_signature: signature, p_key_id: keyId })
	);
	if (answer.ok) announceSeal(answer.value);
	return answer;
}

/** A fault of the form in the words of the form. */
function faultOf(path: PropertyKey[]): Parameters<typeof failure> {
	const where = path.join('.');
	if (where.includes('signature')) return ['signature.missing', {}, 'signature'];
	if (where.includes('deadline')) return ['hazard.deadline', {}, where];
	return ['request.invalid', {}, where];
}
