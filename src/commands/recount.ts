/**
 * `npm run -s recount`: counts everything again and shows where the tallies behind the rankings differ. Repairs them
 * when told to. Exit code 1 when something differs and was not repaired.
 */
import { readAnswer } from '#lib/backend/answer.ts';
import type { Backend } from '#lib/backend/backend.server.ts';
import { exitCodes, printProblem, readArguments, terminalTranslate } from './terminal.ts';
import { withBackend } from './withBackend.server.ts';

interface Drift {
	table: string;
	key: (string | number)[];
	/** `null`: there is no such row. */
	counted: unknown;
	expected: unknown;
}

const usage = 'usage: recount [--repair] [--json]';
const flag = { type: 'boolean', default: false } as const;
const t = await terminalTranslate(process.env);
const { values } = readArguments({ repair: flag, json: flag }, usage, t);

process.exitCode = await withBackend(process.env, t, '/admin', run);

async function run(backend: Backend): Promise<number> {
	const answer = readAnswer<{ drift: Drift[]; repaired: boolean }>(
		await backend.asService('start-up').rpc('recount_tallies', { p_repair: values.repair })
	);
	if (!answer.ok) {
		printProblem(answer.problem, t);
		return exitCodes.refused;
	}
	const { drift, repaired } = answer.value;
	if (values.json) console.log(JSON.stringify(answer.value));
	else print(drift, repaired);
	return drift.length === 0 || repaired ? exitCodes.done : exitCodes.refused;
}

function print(drift: Drift[], repaired: boolean): void {
	if (drift.length === 0) return console.log(t('command.recount.agrees'));
	console.log(t('command.recount.drift', { count: drift.length }));
	for (const { table, key, counted, expected } of drift)
		console.log(
			`  ${t('command.recount.row', { table, key: key.join('/'), counted: figure(counted), expected: figure(expected) })}`
		);
	console.log(t(repaired ? 'command.recount.repaired' : 'command.recount.hint'));
}

function figure(value: unknown): string {
	return [value].flat().every((each) => each === null) ? '—' : JSON.stringify(value);
}
