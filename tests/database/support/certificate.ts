import { createPrivateKey, X509Certificate } from 'node:crypto';
import { generate } from 'selfsigned';
import type { Credential } from '#lib/document/signing/credential.server.ts';

/** A certificate of 示例街道办事处, signed by itself, for the real clock of this machine. */
export async function sampleCertificate(): Promise<Credential> {
	const made = await generate(
		[
			{ name: 'commonName', value: '示例街道办事处' },
			{ name: 'organizationName', value: '示例街道办事处' }
		],
		{ keyType: 'ec', algorithm: 'sha256', notAfterDate: new Date(Date.now() + 365 * 86_400_000) }
	);
	return { privateKey: createPrivateKey(made.private), chain: [new X509Certificate(made.cert)] };
}
