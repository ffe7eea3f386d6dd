/**
 * `npm run -s recount`: counts everything again and shows where the tallies behind the rankings differ. Repairs them
 * when told to. Frozen months are counted again too, and never repaired: they are append-only. Exit code 1 when
 * something differs and was not repaired.
 */
import { readAnswer } from '#lib/backend/answer.ts';
import type { Backend } from '#lib/backend/backend.server.ts';
import { exitCodes, printProblem, readArguments, terminalTranslate } from './terminal.ts';
import { withBackend } from './withBackend.server.ts';

interface Drift {
	table: string;
	key: (string | number | object)[];
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
	const frozen = readAnswer<{ drift: Drift[]; months: number }>(
		await backend.asService('start-up').rpc('recount_months')
	);
	if (!frozen.ok) {
		printProblem(frozen.problem, t);
		return exitCodes.refused;
	}
	const { drift, repaired } = answer.value;
	if (values.json) console.log(JSON.stringify({ ...answer.value, frozen: frozen.value }));
	else {
		print(drift, repaired);
		printFrozen(frozen.value);
	}
	return (drift.length === 0 || repaired) && frozen.value.drift.length === 0
		? exitCodes.done
		: exitCodes.refused;
}

function printRow({ table, key, counted, expected }: Drift): void {
	const place = key.map((part) => (typeof part === 'object' ? JSON.stringify(part) : part)).join('/');
	const row = { table, key: place, counted: figure(counted), expected: figure(expected) };
	console.log(`  ${t('command.recount.row', row)}`);
}

function print(drift: Drift[], repaired: boolean): void {
	if (drift.length === 0) return console.log(t('command.recount.agrees'));
	console.log(t('command.recount.drift', { count: drift.length }));
	drift.forEach(printRow);
	console.log(t(repaired ? 'command.recount.repaired' : 'command.recount.hint'));
}

function printFrozen({ drift, months }: { drift: Drift[]; months: number }): void {
	if (drift.length === 0) return console.log(t('command.recount.frozen_agrees', { count: months }));
	console.log(t('command.recount.frozen_drift', { count: drift.length }));
	drift.forEach(printRow);
}

function figure(value: unknown): string {
	return [value].flat().every((each) => each === null) ? '—' : JSON.stringify(value);
}
