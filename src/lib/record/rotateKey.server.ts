import { readAnswer } from '#lib/backend/answer.ts';
import type { Backend, Client } from '#lib/backend/backend.server.ts';
import { fingerprintOf, rotateSigningKey } from '#lib/backend/keys.server.ts';
import { success, type Result } from '#lib/problem.ts';
import { signHeadAgain, type KeptHead } from './chainHead.server.ts';

/** A key as everybody may know it. */
export interface PublishedKey {
	keyId: string;
	/** Sha-256 of the public key, hex. */
	fingerprint: string;
	/** SPKI, PEM. */
	publicKey: string;
	from: string | null;
	to: string | null;
	isCurrent: boolean;
}

/** Every key that ever signed here, the current one first. */
export const publishedKeys = ({ keys }: Backend): PublishedKey[] =>
	[...keys.signingKeys.values()]
		.map(({ keyId, publicKey, from, to }) => ({
			keyId,
			fingerprint: fingerprintOf({ publicKey }),
			publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
			from,
			to,
			isCurrent: keyId === keys.recordSigning.keyId
		}))
		.sort((a, b) => Number(b.isCurrent) - Number(a.isCurrent) || ((a.from ?? '') < (b.from ?? '') ? 1 : -1));

export interface Rotation {
	retired: string;
	current: string;
	/** `forged`: the file of the head is not what this server wrote; it was left alone, and `verify` names it. */
	head: KeptHead['state'];
}

/**
 * From now on a new key signs records, bundles and the head. Noted first: a rotation that nobody may have ordered
 * does not happen.
 * @param client of the administrator of everything, or with the secret key for the operator.
 * @returns `permission.role` for everybody else.
 */
export async function rotateKey(backend: Backend, client: Client, now: Date): Promise<Result<Rotation>> {
	const { keyId } = backend.keys.recordSigning;
	const noted = readAnswer(await client.rpc('note_key_rotation', { p_retired: keyId }));
	if (!noted.ok) return noted;
	const { retired } = rotateSigningKey(backend.keys, backend.folder.keysFolder, now);
	return success({ retired, current: backend.keys.recordSigning.keyId, head: signHeadAgain(backend) });
}
