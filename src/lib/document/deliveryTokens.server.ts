import { createHash, createHmac } from 'node:crypto';

/**
 * What opens the enterprise's page of one delivery. All three are HMACs of its id under the server's own secret,
 * so a phone may carry ready-made ids, nothing secret is stored, and a lost one can be shown again. Issued anew
 * (重新送达) they are HMACs of the id and a serial; serial 0 is the id alone.
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

/** An id is a UUID, so no id with a serial is another id. */
const withSerial = (deliveryId: string, serial: number): string[] =>
	serial === 0 ? [deliveryId] : [deliveryId, String(serial)];

export function deliveryTokens(secret: Buffer, deliveryId: string, serial = 0): DeliveryTokens {
	const subject = withSerial(deliveryId, serial);
	const token = (label: string) =>
		mac(secret, label, ...subject)
			.subarray(0, tokenBytes)
			.toString('base64url');
	const digits = mac(secret, 'delivery/code', ...subject).readUIntBE(0, 6) % 1_000_000;
	return {
		screenToken: token('delivery/screen'),
		paperToken: token('delivery/paper'),
		code: String(digits).padStart(6, '0')
	};
}

/** Keyed, because a million plain hashes of six digits are made in a second. */
export const codeSha256 = (secret: Buffer, deliveryId: string, code: string): string =>
	mac(secret, 'delivery/code-hash', deliveryId, code.trim()).toString('hex');

/** What a browser keeps after the right 领取码: nobody else can make it, and it opens these codes only. */
export const unlockProof = (secret: Buffer, deliveryId: string, serial = 0): string =>
	mac(secret, 'delivery/unlocked', ...withSerial(deliveryId, serial)).toString('base64url');

export function deliveryHashes(secret: Buffer, deliveryId: string, serial = 0): DeliveryHashes {
	const tokens = deliveryTokens(secret, deliveryId, serial);
	return {
		id: deliveryId,
		screenTokenSha256: tokenSha256(tokens.screenToken),
		paperTokenSha256: tokenSha256(tokens.paperToken),
		codeSha256: codeSha256(secret, deliveryId, tokens.code)
	};
}
