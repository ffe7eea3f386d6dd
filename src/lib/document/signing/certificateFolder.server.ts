import { createPrivateKey, X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeDurably } from '#lib/backend/dataFolder.server.ts';
import { certificateFacts, type Credential } from './credential.server.ts';
import type { SigningCertificate } from './signer.ts';

/** A certificate that signs, or once signed, the papers of this folder. Of those before only the certificate stays. */
export interface KeptCertificate extends SigningCertificate {
	/** When it was put here: an instant. */
	from: string;
	/** When another took its place, or it was removed; null while it signs. */
	to: string | null;
}

const folderOf = (keysFolder: string): string => join(keysFolder, 'pdf-signing');
const historyFileOf = (keysFolder: string): string => join(folderOf(keysFolder), 'history.json');
const keyFileOf = (keysFolder: string, sha256: string): string =>
	join(folderOf(keysFolder), `${sha256}.key.pem`);
const chainFileOf = (keysFolder: string, sha256: string): string =>
	join(folderOf(keysFolder), `${sha256}.pem`);

/** Every certificate that was ever put into this folder, the first one first. */
export const keptCertificates = (keysFolder: string): KeptCertificate[] =>
	existsSync(historyFileOf(keysFolder)) ? JSON.parse(readFileSync(historyFileOf(keysFolder), 'utf8')) : [];

/** The one that signs now. */
export const currentCertificate = (keysFolder: string): KeptCertificate | null =>
	keptCertificates(keysFolder).find(({ to }) => to === null) ?? null;

/** Signs from now on. The private key of the one before is destroyed, as when the key of records is rotated. */
export function keepCertificate(keysFolder: string, credential: Credential, now: Date): KeptCertificate {
	const facts = certificateFacts(credential);
	mkdirSync(folderOf(keysFolder), { recursive: true, mode: 0o700 });
	const key = credential.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
	writeDurably(keyFileOf(keysFolder, facts.sha256), key, 0o600);
	writeDurably(chainFileOf(keysFolder, facts.sha256), credential.chain.map(String).join(''), 0o600);
	const kept: KeptCertificate = { ...facts, from: now.toISOString(), to: null };
	end(keysFolder, now, kept);
	return kept;
}

/** No paper is signed any more. @returns what signed until now; null: nothing did. */
export function removeCertificate(keysFolder: string, now: Date): KeptCertificate | null {
	const current = currentCertificate(keysFolder);
	if (current) end(keysFolder, now, null);
	return current;
}

/** The history is the switch: before it the old one signs, after it the next or none. */
function end(keysFolder: string, now: Date, next: KeptCertificate | null): void {
	const before = keptCertificates(keysFolder);
	const history = [
		...before.map((one) => ({ ...one, to: one.to ?? now.toISOString() })),
		...(next ? [next] : [])
	];
	writeDurably(historyFileOf(keysFolder), JSON.stringify(history, null, '\t') + '\n', 0o600);
	for (const { sha256 } of before)
		if (sha256 !== next?.sha256) rmSync(keyFileOf(keysFolder, sha256), { force: true });
}

/** Key and certificates of the one that signs now. */
export function openCertificate(
	keysFolder: string
): { kept: KeptCertificate; credential: Credential } | null {
	const kept = currentCertificate(keysFolder);
	if (!kept) return null;
	const chain = readFileSync(chainFileOf(keysFolder, kept.sha256), 'utf8').match(
		/-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----/g
	);
	const privateKey = createPrivateKey(readFileSync(keyFileOf(keysFolder, kept.sha256)));
	return { kept, credential: { privateKey, chain: (chain ?? []).map((pem) => new X509Certificate(pem)) } };
}
