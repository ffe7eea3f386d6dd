/**
 * `npm run -s generate -- --scale street`: fills an empty DATA_DIR with the sample street and marks it demo. `--scale city`: fills
 * a PostgreSQL, for load.
 */
import { existsSync, readdirSync } from 'node:fs';
import { isIsoDate, shanghaiDate } from '#lib/calendar.ts';
import { samplePassword } from '#lib/identity/password.ts';
import type { Problem } from '#lib/problem.ts';
import { fillSampleFolder } from './server/fillSampleFolder.ts';
import { exitCodes, printProblem, readArguments, terminalTranslate, wrongUsage } from './terminal.ts';

const usage = `usage: generate --scale street [--seed N] [--until YYYY-MM-DD]    (into DATA_DIR, which must be empty)
       generate --scale city [--enterprises N] [--hazards N] [--until YYYY-MM-DD]
                (into the PostgreSQL of DATABASE_URL, which must be without enterprises)`;
const text = { type: 'string' } as const;
const t = await terminalTranslate(process.env);
const { values } = readArguments(
	{ scale: text, seed: text, until: text, enterprises: text, hazards: text },
	usage,
	t
);
if (values.until !== undefined && !isIsoDate(values.until)) wrongUsage(`--until ${values.until}`, usage, t);

/** A whole number of an option, or the end of the process. */
function count(name: 'seed' | 'enterprises' | 'hazards', otherwise: number): number {
	const number = Number(values[name] ?? otherwise);
	return Number.isSafeInteger(number) && number >= 0
		? number
		: wrongUsage(`--${name} ${values[name]}`, usage, t);
}
const seconds = (since: number) => Math.round((Date.now() - since) / 1000);
const refuse = (problem: Problem): never => {
	printProblem(problem, t);
	process.exit(exitCodes.refused);
};

async function makeStreet(): Promise<void> {
	const seed = count('seed', 1);
	const folder = process.env.DATA_DIR ?? 'data';
	if (existsSync(folder) && readdirSync(folder).length > 0)
		refuse({ code: 'folder.not_empty', details: { got: folder } });
	const started = Date.now();
	await fillSampleFolder(folder, samplePassword, { seed, ...(values.until && { until: values.until }) });
	console.log(t('command.generate.done', { folder, seconds: seconds(started) }));
}

async function makeCity(): Promise<void> {
	const { DATABASE_URL: databaseUrl } = process.env;
	if (!databaseUrl) return wrongUsage('DATABASE_URL', usage, t);
	const enterprises = count('enterprises', 1_000_000);
	const plan = {
		enterprises,
		hazards: count('hazards', enterprises * 10),
		until: values.until ?? shanghaiDate(new Date())
	};
	const { generateCity } = await import('./generateCity.server.ts');
	const started = Date.now();
	const made = await generateCity(databaseUrl, plan, (makes) =>
		console.log(`    ${makes} · ${seconds(started)} s`)
	);
	if (!made.ok) refuse(made.problem);
	console.log(t('command.generate.city_done', { enterprises, seconds: seconds(started) }));
}

if (values.scale === 'street') await makeStreet();
else if (values.scale === 'city') await makeCity();
else wrongUsage(`--scale ${values.scale ?? ''}`, usage, t);
