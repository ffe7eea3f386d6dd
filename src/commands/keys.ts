/**
 * `npm run -s keys -- list|rotate|certificate`: the keys that sign records, and the agency's certificate that signs PDFs.
 * A running server's are on its page /admin/keys.
 */
import { existsSync, readFileSync } from 'node:fs';
import type { Backend } from '#lib/backend/backend.server.ts';
import { shanghaiMinute } from '#lib/calendar.ts';
import { currentCertificate, type KeptCertificate } from '#lib/document/signing/certificateFolder.server.ts';
import { publishedKeys, rotateKey, type PublishedKey } from '#lib/record/rotateKey.server.ts';
import { dropCertificate, storeCertificate } from '#lib/record/storeCertificate.server.ts';
import { askPassword } from './askPassword.ts';
import { exitCodes, printProblem, readArguments, terminalTranslate, wrongUsage } from './terminal.ts';
import { withBackend } from './withBackend.server.ts';

const usage =
	'usage: keys list    keys rotate    keys certificate FILE.p12 (PDF_CERTIFICATE_PASSWORD)    keys certificate --remove';
const t = await terminalTranslate(process.env);
const { positionals, values } = readArguments({ remove: { type: 'boolean', default: false } }, usage, t);
const [verb, file] = positionals;
const verbs: Record<string, (backend: Backend) => Promise<number>> = { list, rotate, certificate };
const work = verbs[verb ?? ''] ?? wrongUsage(verb ?? Object.keys(verbs).join(' | '), usage, t);
if (verb === 'certificate' && (file === undefined) !== values.remove)
	wrongUsage('FILE.p12 | --remove', usage, t);
if (file !== undefined && !existsSync(file)) wrongUsage(file, usage, t);

process.exitCode = await withBackend(process.env, t, '/admin/keys', work);

async function list(backend: Backend): Promise<number> {
	for (const key of publishedKeys(backend)) console.log(lineOf(key));
	const current = currentCertificate(backend.folder.keysFolder);
	if (current) console.log(certificateLine(current));
	return exitCodes.done;
}

async function rotate(backend: Backend): Promise<number> {
	const rotated = await rotateKey(backend, backend.asService('start-up'), new Date());
	if (!rotated.ok) {
		printProblem(rotated.problem, t);
		return exitCodes.refused;
	}
	const { retired, current, head } = rotated.value;
	console.log(t('keys.rotated', { retired, current }));
	if (head === 'forged') console.error(t('keys.head_forged'));
	return head === 'forged' ? exitCodes.refused : exitCodes.done;
}

async function certificate(backend: Backend): Promise<number> {
	const done = values.remove ? await dropCertificate(backend, new Date()) : await store(backend);
	if (!done.ok) {
		printProblem(done.problem, t);
		return exitCodes.refused;
	}
	const { subject, validUntil } = done.value;
	const until = shanghaiMinute(validUntil).slice(0, 10);
	console.log(t(values.remove ? 'keys.certificate.removed' : 'keys.certificate.kept', { subject, until }));
	return exitCodes.done;
}

async function store(backend: Backend) {
	const password = await askPassword(process.env.PDF_CERTIFICATE_PASSWORD, t('keys.certificate.password'));
	return storeCertificate(backend, readFileSync(file!), password, new Date());
}

function lineOf({ keyId, fingerprint, from, to, isCurrent }: PublishedKey): string {
	const state = isCurrent ? t('keys.current') : t('keys.retired');
	const days = [from, to].map((instant) => (instant ? shanghaiMinute(instant) : '…')).join(' – ');
	return `${keyId}  ${state}  ${days}  ${fingerprint}`;
}

function certificateLine({ subject, validUntil, sha256 }: KeptCertificate): string {
	const isOver = Date.parse(validUntil) < Date.now();
	const until = `– ${shanghaiMinute(validUntil).slice(0, 10)}`;
	return [t('keys.certificate'), subject, until, sha256, isOver ? t('keys.certificate.expired') : '']
		.filter(Boolean)
		.join('  ');
}
