import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate } from 'selfsigned';

interface Certificate {
	cert: string;
	key: string;
}

const validDays = 365;

/**
 * A certificate of our own making for the local network. Browsers warn about it once per device; it is kept, so
 * that they do so only once.
 */
export async function localCertificate(folder: string, hosts: string[]): Promise<Certificate> {
	const file = join(folder, `lan-${hosts.join('_').replaceAll(/[^\w.-]/g, '-')}.json`);
	if (existsSync(file)) {
		const kept = JSON.parse(readFileSync(file, 'utf8')) as Certificate & { until: string };
		if (Date.parse(kept.until) > Date.now()) return kept;
	}
	const until = new Date(Date.now() + validDays * 86_400_000);
	const altNames = hosts.map((host) =>
		/^[\d.]+$/.test(host) ? ({ type: 7, ip: host } as const) : ({ type: 2, value: host } as const)
	);
	const made = await generate([{ name: 'commonName', value: hosts[0]! }], {
		keyType: 'ec',
		algorithm: 'sha256',
		notAfterDate: until,
		extensions: [{ name: 'subjectAltName', altNames }]
	});
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	writeFileSync(file, JSON.stringify({ cert: made.cert, key: made.private, until: until.toISOString() }), {
		mode: 0o600
	});
	return { cert: made.cert, key: made.private };
}
