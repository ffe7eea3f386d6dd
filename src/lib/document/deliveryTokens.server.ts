import { createHash, createHmac } from 'node:crypto';

/**
 * What opens the enterprise's page of one delivery. All three are HMACs of its id under the server's own secret,
 * so a phone may carry ready-made ids, nothing secret is stored, and a lost one can be shown again.
 */
export interface DeliveryTokens {
	/** In the QR on the inspector's own screen: whoever scans it stands there, so no second code is asked. */
	screenToken: string;
	/** In the QR on paper: a stranger may hold the paper, so names are masked until the 领取码 is given. */
	paperToken: string;
	/** 领取码: six digits, told by the inspector. */
	code: string;
}

/** What of them the database keeps. */
export interface DeliveryHashes {
	id: string;
	screenTokenSha256: string;
	paperTokenSha256: string;
	codeSha256: string;
}

/** 160 bits: nobody guesses it, and the QR stays coarse enough for a cheap camera. */
const tokenBytes = 20;

const mac = (secret: Buffer, ...parts: string[]): Buffer =>
	createHmac('sha256', secret).update(parts.join('\n')).digest();

export const tokenSha256 = (token: string): string => createHash('sha256').update(token).digest('hex');

export function deliveryTokens(secret: Buffer, deliveryId: string): DeliveryTokens {
	const token = (label: string) =>
		mac(secret, label, deliveryId).subarray(0, tokenBytes).toString('base64url');
	const digits = mac(secret, 'delivery/code', deliveryId).readUIntBE(0, 6) % 1_000_000;
	return {
		screenToken: token('delivery/screen'),
		paperToken: token('delivery/paper'),
		code: String(digits).padStart(6, '0')
	};
}

/** Keyed, because a million plain hashes of six digits are made in a second. */
export const codeSha256 = (secret: Buffer, deliveryId: string, code: string): string =>
	mac(secret, 'delivery/code-hash', deliveryId, code.trim()).toString('hex');

export function deliveryHashes(secret: Buffer, deliveryId: string): DeliveryHashes {
	const tokens = deliveryTokens(secret, deliveryId);
	return {
		id: deliveryId,
		screenTokenSha256: tokenSha256(tokens.screenToken),
		paperTokenSha256: tokenSha256(tokens.paperToken),
		codeSha256: codeSha256(secret, deliveryId, tokens.code)
	};
}
