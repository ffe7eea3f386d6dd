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
import webPush from 'web-push';
import { writeDurably } from './dataFolder.server.ts';

/** Verifies what was signed while it was in use. Stays in the folder for good. */
export interface VerifyingKey {
	/** First 16 hex digits of the sha-256 of the public key (SPKI, DER). */
	keyId: string;
	publicKey: KeyObject;
	/** When it began to sign: an instant; null for a key that was put there by hand. */
	from: string | null;
	/** When the next one took over; null while it signs. */
	to: string | null;
}

export interface SigningKey extends VerifyingKey {
	privateKey: KeyObject;
}

/** Says to push services who sends (VAPID, RFC 8292); base64url. A browser takes notices of the one it was switched on with. */
export interface PushKeys {
	publicKey: string;
	privateKey: string;
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
	push: PushKeys;
	/** Signs new records (Ed25519). */
	recordSigning: SigningKey;
	/** Every signing key the folder ever had, by key id, the first one first. */
	signingKeys: ReadonlyMap<string, VerifyingKey>;
}

/** Reads the keys of a data folder; what is missing is made. Files are readable by their owner only. */
export function openKeys(folder: string): Keys {
	const random = (bytes: number) => randomBytes(bytes).toString('base64url');
	return {
		jwtSecret: readOrMake(join(folder, 'jwt-secret'), () => random(48)),
		publishableKey: readOrMake(join(folder, 'publishable-key'), () => `sb_publishable_${random(24)}`),
		secretKey: readOrMake(join(folder, 'secret-key'), () => `sb_secret_${random(32)}`),
		deliverySecret: Buffer.from(
			readOrMake(join(folder, 'delivery-secret'), () => random(32)),
			'base64url'
		),
		push: JSON.parse(
			readOrMake(join(folder, 'push-keys'), () => JSON.stringify(webPush.generateVAPIDKeys()))
		),
		...openSigningKeys(folder)
	};
}

type SigningKeys = Pick<Keys, 'recordSigning' | 'signingKeys'>;

const signingFolderOf = (folder: string): string => join(folder, 'record-signing');
const historyFileOf = (folder: string): string => join(signingFolderOf(folder), 'history.json');

function openSigningKeys(folder: string): SigningKeys {
	const signingFolder = signingFolderOf(folder);
	mkdirSync(signingFolder, { recursive: true, mode: 0o700 });
	const currentId = readOrMake(join(signingFolder, 'current'), () => makeSigningKey(folder, new Date()));
	const signingKeys = readVerifyingKeys(folder, currentId);
	const known = signingKeys.get(currentId);
	if (!known)
		throw new Error(
			`keys: got no ${currentId}.pem in ${signingFolder}, expected the key that "current" names`
		);
	const privateKey = createPrivateKey(readFileSync(join(signingFolder, `${currentId}.pem`)));
	return { recordSigning: { ...known, privateKey }, signingKeys };
}

/**
 * From now on a new key signs records, bundles and the head. Of the old one only the public half stays: it proves
 * what it signed, and nobody who gets hold of the folder later can sign anything in its name.
 * Done over `keys` in place, because a running server holds them in many hands.
 * @returns the id of the key that signed until now.
 */
export function rotateSigningKey(keys: Keys, folder: string, now: Date): { retired: string } {
	const signingFolder = signingFolderOf(folder);
	const retired = keys.recordSigning;
	const keyId = makeSigningKey(folder, now);
	// The switch: before it the old key signs, after it the new one, and both are there.
	writeDurably(join(signingFolder, 'current'), keyId + '\n', 0o600);
	writeDurably(
		join(signingFolder, `${retired.keyId}.pem`),
		retired.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
		0o600
	);
	Object.assign(keys, openSigningKeys(folder));
	return { retired: retired.keyId };
}

function readOrMake(path: string, make: () => string): string {
	if (!existsSync(path)) writeDurably(path, make() + '\n', 0o600);
	return readFileSync(path, 'utf8').trim();
}

interface HistoryEntry {
	keyId: string;
	from: string;
}

const readHistory = (folder: string): HistoryEntry[] =>
	existsSync(historyFileOf(folder)) ? JSON.parse(readFileSync(historyFileOf(folder), 'utf8')) : [];

function makeSigningKey(folder: string, now: Date): string {
	const { privateKey, publicKey } = generateKeyPairSync('ed25519');
	const keyId = keyIdOf(publicKey);
	const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
	writeDurably(join(signingFolderOf(folder), `${keyId}.pem`), pem, 0o600);
	const history: HistoryEntry[] = [...readHistory(folder), { keyId, from: now.toISOString() }];
	writeDurably(historyFileOf(folder), JSON.stringify(history, null, '\t') + '\n', 0o600);
	return keyId;
}

/** One that was made and never became the current one (a crash in between) has signed nothing and is no part of it. */
function readVerifyingKeys(folder: string, currentId: string): Map<string, VerifyingKey> {
	const signingFolder = signingFolderOf(folder);
	const history = readHistory(folder);
	const began = history.findIndex(({ keyId }) => keyId === currentId);
	const used = began === -1 ? history : history.slice(0, began + 1);
	const keys = readdirSync(signingFolder)
		.filter((name) => name.endsWith('.pem'))
		.map((name): VerifyingKey => {
			const publicKey = createPublicKey(readFileSync(join(signingFolder, name)));
			const keyId = keyIdOf(publicKey);
			const at = used.findIndex((entry) => entry.keyId === keyId);
			return {
				keyId,
				publicKey,
				from: used[at]?.from ?? null,
				to: at === -1 ? null : (used[at + 1]?.from ?? null)
			};
		})
		.sort((a, b) => ((a.from ?? '') < (b.from ?? '') ? -1 : 1));
	return new Map(keys.map((key) => [key.keyId, key]));
}

/** Sha-256 of the public key (SPKI, DER), hex: what an agency publishes and people compare. */
export const fingerprintOf = ({ publicKey }: Pick<VerifyingKey, 'publicKey'>): string =>
	createHash('sha256')
		.update(publicKey.export({ type: 'spki', format: 'der' }))
		.digest('hex');

const keyIdOf = (publicKey: KeyObject): string => fingerprintOf({ publicKey }).slice(0, 16);
