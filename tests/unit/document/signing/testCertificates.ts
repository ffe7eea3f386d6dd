import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** Real certificates, made by openssl and signed by themselves: 示例街道办事处. Nobody trusts them, which is the point of the tests. */

const openssl = (folder: string, ...options: string[]): Buffer =>
	execFileSync('openssl', options, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });

export const password = 'sample-p12';

interface Wanted {
	key?: 'rsa:2048' | 'rsa:1024' | 'ec' | 'sm2';
	/** As certificate authorities and Windows still export: triple DES and SHA-1. */
	isOld?: boolean;
	extension?: string;
}

const keyOptions = {
	'rsa:2048': ['-newkey', 'rsa:2048'],
	'rsa:1024': ['-newkey', 'rsa:1024'],
	ec: ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'],
	sm2: ['-newkey', 'sm2']
};

function makePair(folder: string, name: string, { key = 'rsa:2048', extension }: Wanted): void {
	openssl(
		folder,
		...[
			'req',
			'-x509',
			'-nodes',
			'-utf8',
			'-days',
			'365',
			...keyOptions[key],
			...(key === 'sm2' ? ['-sm3'] : [])
		],
		...[
			'-subj',
			`/C=CN/O=示例街道办事处/CN=示例街道办事处 ${name}`,
			...(extension ? ['-addext', extension] : [])
		],
		...['-keyout', `${name}.key`, '-out', `${name}.crt`]
	);
}

/** @returns the path of a PKCS#12 file of its own key and certificate. */
export function makePkcs12(folder: string, name: string, wanted: Wanted = {}): string {
	makePair(folder, name, wanted);
	return packPkcs12(folder, name, `${name}.key`, `${name}.crt`, wanted.isOld);
}

export function packPkcs12(
	folder: string,
	name: string,
	key: string,
	certificate: string,
	isOld = false
): string {
	const old = ['-certpbe', 'PBE-SHA1-3DES', '-keypbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'];
	openssl(
		folder,
		...['pkcs12', '-export', '-inkey', key, '-in', certificate, ...(isOld ? old : [])],
		...['-passout', `pass:${password}`, '-out', `${name}.p12`]
	);
	return join(folder, `${name}.p12`);
}

/** A timestamp authority of this machine: openssl's own, behind a port. */
export async function startTimestampServer(folder: string): Promise<{ url: string; server: Server }> {
	makePair(folder, 'tsa', { extension: 'extendedKeyUsage=critical,timeStamping' });
	writeFileSync(
		join(folder, 'tsa.cnf'),
		'[tsa]\nserial=tsa.serial\nsigner_digest=sha256\ndefault_policy=1.2.3.4.1\ndigests=sha256\nordering=no\ntsa_name=no\ness_cert_id_alg=sha256\n'
	);
	const server = createServer((request, response) => {
		const parts: Buffer[] = [];
		request.on('data', (part: Buffer) => parts.push(part));
		request.on('end', () => {
			writeFileSync(join(folder, 'tsa.tsq'), Buffer.concat(parts));
			openssl(
				folder,
				...['ts', '-reply', '-config', 'tsa.cnf', '-section', 'tsa', '-queryfile', 'tsa.tsq'],
				...['-signer', 'tsa.crt', '-inkey', 'tsa.key', '-out', 'tsa.tsr']
			);
			response.writeHead(200, { 'content-type': 'application/timestamp-reply' });
			response.end(readFileSync(join(folder, 'tsa.tsr')));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server };
}

/** What poppler's pdfsig says of a file. */
export function pdfsig(folder: string, bytes: Uint8Array): string {
	const file = join(folder, 'asked.pdf');
	writeFileSync(file, bytes);
	try {
		return execFileSync('pdfsig', ['-nocert', file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
	} catch (error) {
		return (error as { stdout: string }).stdout;
	}
}
