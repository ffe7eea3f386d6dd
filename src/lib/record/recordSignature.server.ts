import { sign, verify } from 'node:crypto';
import type { Keys } from '#lib/backend/keys.server.ts';
import { sha256Of } from '#lib/backend/evidenceStore.server.ts';
import type { SignedText } from './documentSource.ts';

/** Ed25519 over the text as UTF-8, with the server's current key. */
export const signText = ({ recordSigning }: Keys, text: string): Pick<SignedText, 'signature' | 'keyId'> => ({
	keyId: recordSigning.keyId,
	signature: sign(null, Buffer.from(text), recordSigning.privateKey).toString('base64url')
});

export type SignatureFault = 'hash' | 'unknown_key' | 'signature';

/** What is wrong with a signed text: its hash, a key this folder never had, or the signature; null when all hold. */
export function signatureFault({ signingKeys }: Keys, record: SignedText): SignatureFault | null {
	if (sha256Of(Buffer.from(record.text)) !== record.sha256) return 'hash';
	const key = signingKeys.get(record.keyId);
	if (!key) return 'unknown_key';
	const signature = Buffer.from(record.signature, 'base64url');
	// The last letter holds bits that no byte takes: another letter would be another text of the same signature.
	const isPlain = signature.toString('base64url') === record.signature;
	const holds = isPlain && verify(null, Buffer.from(record.text), key.publicKey, signature);
	return holds ? null : 'signature';
}
