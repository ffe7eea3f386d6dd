import { createHmac } from 'node:crypto';

/** 160 bits: nobody guesses it, and the QR stays coarse enough for a cheap camera. */
const tokenBytes = 20;

/**
 * What opens the page of one 任务核验码 (`/t/{token}`): an HMAC of the inspection's id under the server's own secret, with a
 * label of its own, so that it opens no delivery and a delivery's token no task. Nothing secret is stored, and one that
 * was lost can be shown again.
 */
export const taskToken = (deliverySecret: Buffer, inspectionId: string): string =>
	createHmac('sha256', deliverySecret)
		.update(`task/code\n${inspectionId}`)
		.digest()
		.subarray(0, tokenBytes)
		.toString('base64url');
