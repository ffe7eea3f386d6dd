/** `npm run -s keys -- list|rotate`: the keys that sign records. A running server's are on its page /admin/keys. */
import type { Backend } from '#lib/backend/backend.server.ts';
import { shanghaiMinute } from '#lib/calendar.ts';
import { publishedKeys, rotateKey, type PublishedKey } from '#lib/record/rotateKey.server.ts';
import { exitCodes, printProblem, readArguments, terminalTranslate, wrongUsage } from './terminal.ts';
import { withBackend } from './withBackend.server.ts';

const usage = 'usage: keys list    keys rotate';
const t = await terminalTranslate(process.env);
const verb = readArguments({}, usage, t).positionals[0];
if (verb !== 'list' && verb !== 'rotate') wrongUsage(verb ?? 'list | rotate', usage, t);

process.exitCode = await withBackend(process.env, t, '/admin/keys', verb === 'list' ? list : rotate);

async function list(backend: Backend): Promise<number> {
	for (const key of publishedKeys(backend)) console.log(lineOf(key));
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

function lineOf({ keyId, fingerprint, from, to, isCurrent }: PublishedKey): string {
	const state = isCurrent ? t('keys.current') : t('keys.retired');
	const days = [from, to].map((instant) => (instant ? shanghaiMinute(instant) : '…')).join(' – ');
	return `${keyId}  ${state}  ${days}  ${fingerprint}`;
}
