/** `npm run -s generate -- --scale street`: fills an empty DATA_DIR with the sample street and marks it demo. */
import { existsSync, readdirSync } from 'node:fs';
import { samplePassword } from '#lib/identity/password.ts';
import { fillSampleFolder } from './server/fillSampleFolder.ts';
import { exitCodes, printProblem, readArguments, terminalTranslate, wrongUsage } from './terminal.ts';

const usage =
	'usage: generate --scale street [--seed N] [--until YYYY-MM-DD]    (into DATA_DIR, which must be empty)';
const text = { type: 'string' } as const;
const t = await terminalTranslate(process.env);
const { values } = readArguments({ scale: text, seed: text, until: text }, usage, t);
if (values.scale !== 'street') wrongUsage(`--scale ${values.scale ?? ''}`, usage, t);
const seed = Number(values.seed ?? '1');
if (!Number.isSafeInteger(seed) || seed < 0) wrongUsage(`--seed ${values.seed}`, usage, t);
if (values.until !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(values.until))
	wrongUsage(`--until ${values.until}`, usage, t);

const folder = process.env.DATA_DIR ?? 'data';
if (existsSync(folder) && readdirSync(folder).length > 0) {
	printProblem({ code: 'folder.not_empty', details: { got: folder } }, t);
	process.exit(exitCodes.refused);
}
const started = Date.now();
await fillSampleFolder(folder, samplePassword, { seed, ...(values.until && { until: values.until }) });
console.log(t('command.generate.done', { folder, seconds: Math.round((Date.now() - started) / 1000) }));
