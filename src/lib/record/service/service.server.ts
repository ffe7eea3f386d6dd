import { expectValue, readAnswer } from '#lib/backend/answer.ts';
import type { Backend, Client } from '#lib/backend/backend.server.ts';
import { deliveryHashes, deliveryTokens } from '#lib/document/deliveryTokens.server.ts';
import type { Result } from '#lib/problem.ts';
import type { PaperReceipt, Service, ServiceCodes } from './service.ts';

/** Null when there is none that the client may see. */
export const readService = async (client: Client, inspectionId: string): Promise<Service | null> =>
	expectValue<Service | null>(await client.rpc('delivery_of', { p_inspection: inspectionId }));

/** Null where nobody may show codes: not this person, or they were revoked and not issued again. */
export function serviceCodes(
	{ keys }: Backend,
	{ id, serial, revokedAt }: Service,
	publicUrl: string
): ServiceCodes | null {
	if (serial === null || revokedAt !== null) return null;
	const { screenToken, paperToken, code } = deliveryTokens(keys.deliverySecret, id, serial);
	return {
		screenUrl: new URL(`/o/${screenToken}`, publicUrl).href,
		paperUrl: new URL(`/o/${paperToken}`, publicUrl).href,
		code
	};
}

/**
 * 重新送达: new codes; those before open nothing from now on.
 * @param seen the serial that the page showed, so that two people do not replace each other's codes
 * @returns `delivery.state` when somebody was faster; `permission.role`.
 */
export async function reissueDelivery(
	backend: Backend,
	client: Client,
	{ deliveryId, seen, reason }: { deliveryId: string; seen: number; reason: string }
): Promise<Result<{ serial: number }>> {
	const serial = seen + 1;
	const { screenTokenSha256, paperTokenSha256, codeSha256 } = deliveryHashes(
		backend.keys.deliverySecret,
		deliveryId,
		serial
	);
	return readAnswer(
		await client.rpc('reissue_delivery', {
			p_delivery: deliveryId,
			p_codes: { serial, screenTokenSha256, paperTokenSha256, codeSha256 },
			p_reason: reason
		})
	);
}

/** Without new codes: nobody opens the page until some are issued. */
export const revokeDelivery = async (
	client: Client,
	deliveryId: string,
	reason: string
): Promise<Result<unknown>> =>
	readAnswer(await client.rpc('revoke_delivery', { p_delivery: deliveryId, p_reason: reason }));

/**
 * The signed paper, scanned back; counts as received by means `print` where nothing was received before.
 * @returns `delivery.paper_missing` without a file; `delivery.signed_on` for a day before the check or after today;
 *   `evidence.not_found` for a file that the client did not put.
 */
export const recordPaperReceipt = async (
	client: Client,
	deliveryId: string,
	paper: PaperReceipt
): Promise<Result<unknown>> =>
	readAnswer(await client.rpc('record_paper_receipt', { p_delivery: deliveryId, p_paper: { ...paper } }));
