import { expectValue, readAnswer } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import { canonicalText } from '#lib/canonical.ts';
import type { CheckIn } from '#lib/inspection/inspection.ts';
import { failure, success, type Result } from '#lib/problem.ts';
import { cosignatureSchema, inspectionContentSchema, type InspectionContent } from './content.ts';
import { readContent } from './sealInspection.server.ts';

/** Puts a finished draft before the second inspector; changed and offered again, it waits for a new signature. */
export async function offerForCosigning(
	client: Client,
	body: unknown
): Promise<Result<{ contentSha256: string }>> {
	const content = readContent(body);
	if (!content.ok) return content;
	return readAnswer(
		await client.rpc('offer_for_cosigning', { p_content_text: canonicalText(content.value) })
	);
}

/** The first inspector takes a draft back, to change it. */
export const withdrawOffer = async (client: Client, inspectionId: string): Promise<Result<unknown>> =>
	readAnswer(await client.rpc('withdraw_offer', { p_inspection: inspectionId }));

/** The second inspector signs exactly the content whose hash they name. */
export async function cosignInspection(
	client: Client,
	inspectionId: string,
	body: unknown
): Promise<Result<unknown>> {
	const parsed = cosignatureSchema.safeParse(body);
	if (!parsed.success) return failure('request.invalid', {}, parsed.error.issues[0]?.path.join('.'));
	return readAnswer(
		await client.rpc('cosign_inspection', {
			p_inspection: inspectionId,
			p_cosignature_text: canonicalText(parsed.data)
		})
	);
}

/** The server's own time of a check-in, beside the phone's. */
export const postCheckIn = async (
	client: Client,
	inspectionId: string,
	enterpriseId: string,
	checkIn: CheckIn
): Promise<Result<{ serverAt: string }>> =>
	readAnswer(
		await client.rpc('post_check_in', {
			p_inspection: inspectionId,
			p_enterprise: enterpriseId,
			p_check_in: checkIn
		})
	);

/** A draft that waits for the asking person's own signature (「待我会签」). */
export interface PendingOffer {
	inspectionId: string;
	contentSha256: string;
	offeredAt: string;
	content: InspectionContent;
	isSigned: boolean;
}

interface OfferRow {
	inspection_id: string;
	content_text: string;
	content_sha256: string;
	offered_at: string;
}

/** What others ask this person to sign, the latest first; sealed ones no longer. */
export async function pendingOffers(client: Client, userId: string): Promise<PendingOffer[]> {
	const offers = expectValue<OfferRow[]>(
		await client
			.from('inspection_offers')
			.select('inspection_id, content_text, content_sha256, offered_at')
			.eq('companion_id', userId)
			.order('offered_at', { ascending: false })
			.limit(200)
	);
	if (offers.length === 0) return [];
	const ids = offers.map(({ inspection_id }) => inspection_id);
	const [sealed, corrected, signed] = await Promise.all([
		client.from('inspections').select('id').in('id', ids),
		client.from('corrections').select('id').in('id', ids),
		client.from('cosignatures').select('inspection_id, content_sha256').in('inspection_id', ids)
	]);
	const isSealed = new Set(
		[sealed, corrected].flatMap((answer) => expectValue<{ id: string }[]>(answer)).map(({ id }) => id)
	);
	const hashes = new Map(
		expectValue<{ inspection_id: string; content_sha256: string }[]>(signed).map((row) => [
			row.inspection_id,
			row.content_sha256
		])
	);
	return offers
		.filter(({ inspection_id }) => !isSealed.has(inspection_id))
		.map((row) => ({
			inspectionId: row.inspection_id,
			contentSha256: row.content_sha256,
			offeredAt: new Date(row.offered_at).toISOString(),
			content: inspectionContentSchema.parse(JSON.parse(row.content_text)),
			isSigned: hashes.get(row.inspection_id) === row.content_sha256
		}));
}

/** @returns `not_found` when it is not, or no longer, offered to this person. */
export async function pendingOffer(
	client: Client,
	userId: string,
	inspectionId: string
): Promise<Result<PendingOffer>> {
	const offer = (await pendingOffers(client, userId)).find((one) => one.inspectionId === inspectionId);
	return offer ? success(offer) : failure('not_found');
}
