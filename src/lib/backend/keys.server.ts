import {
	createHash,
	createPrivateKey,
	createPublicKey,
	generateKeyPairSync,
	randomBytes,
	type KeyObject
} from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { writeDurably } from './dataFolder.server.ts';

/** Signs records. Old keys stay in the folder, so that every record of the past can be verified. */
export interface SigningKey {
	/** First 16 hex digits of the sha-256 of the public key (SPKI, DER). */
	keyId: string;
	privateKey: KeyObject;
	publicKey: KeyObject;
}

export interface Keys {
	/** Signs the sessions of the embedded backend (HS256). */
	jwtSecret: string;
	/** The embedded backend's key for requests without a session or with a user's token. */
	publishableKey: string;
	/** The embedded backend's key that passes row-level security. */
	secretKey: string;
	/** Makes delivery tokens: HMAC of a delivery id. */
	deliverySecret: Buffer;
	/** Signs new records (Ed25519). */
	recordSigning: SigningKey;
	/** Every signing key the folder ever had, by key id. */
	signingKeys: ReadonlyMap<string, SigningKey>;
}

/** Reads the keys of a data folder; what is missing is made. Files are readable by their owner only. */
export function openKeys(folder: string): Keys {
	const signingFolder = join(folder, 'record-signing');
	mkdirSync(signingFolder, { recursive: true, mode: 0o700 });
	const random = (bytes: number) => randomBytes(bytes).toString('base64url');
	const currentId = readOrMake(join(signingFolder, 'current'), () => makeSigningKey(signingFolder));
	const signingKeys = readSigningKeys(signingFolder);
	const recordSigning = signingKeys.get(currentId);
	if (!recordSigning)
		throw new Error(
			`keys: got no ${currentId}.pem in ${signingFolder}, expected the key that "current" names`
		);
	return {
		jwtSecret: readOrMake(join(folder, 'jwt-secret'), () => random(48)),
		publishableKey: readOrMake(join(folder, 'publishable-key'), () => `sb_publishable_${random(24)}`),
		secretKey: readOrMake(join(folder, 'secret-key'), () => `sb_secret_${random(32)}`),
		deliverySecret: Buffer.from(
			readOrMake(join(folder, 'delivery-secret'), () => random(32)),
			'base64url'
		),
		recordSigning,
		signingKeys
	};
}

function readOrMake(path: string, make: () => string): string {
	if (!existsSync(path)) writeDurably(path, make() + '\n', 0o600);
	return readFileSync(path, 'utf8').trim();
}

function makeSigningKey(folder: string): string {
	const { privateKey } = generateKeyPairSync('ed25519');
	const { keyId } = toSigningKey(privateKey);
	writeDurably(
		join(folder, `${keyId}.pem`),
		privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
		0o600
	);
	return keyId;
}

function readSigningKeys(folder: string): Map<string, SigningKey> {
	const keys = readdirSync(folder)
		.filter((name) => name.endsWith('.pem'))
		.map((name) => toSigningKey(createPrivateKey(readFileSync(join(folder, name)))));
	return new Map(keys.map((key) => [key.keyId, key]));
}

function toSigningKey(privateKey: KeyObject): SigningKey {
	const publicKey = createPublicKey(privateKey);
	const der = publicKey.export({ type: 'spki', format: 'der' });
	return { keyId: createHash('sha256').update(der).digest('hex').slice(0, 16), privateKey, publicKey };
}
