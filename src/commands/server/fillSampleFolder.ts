import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openBackend, type EmbeddedBackend } from '#lib/backend/backend.server.ts';
import { shanghaiDate, type IsoDate } from '#lib/calendar.ts';
import { assessBehind } from '#lib/assessment/account/assessment.server.ts';
import { freezeMonths } from '#lib/tally/freeze.server.ts';
import { loadSampleStreet, type SampleAccount } from '../loadSampleStreet.server.ts';
import { installDictionary } from '../installDictionary.server.ts';
import { installPacks } from '../installPacks.server.ts';

export type { SampleAccount };

const stepNames: Record<string, string> = {
	accounts: '示例帐号 accounts',
	enterprises: '企业 enterprises',
	history: '两年检查记录 two years of visits',
	scores: '记分 scores'
};

async function timedScores(backend: EmbeddedBackend): Promise<void> {
	const total = await assessBehind(backend, { quiet: true });
	printProgress('scores', total, total);
}

function printProgress(step: string, done: number, total: number): void {
	const name = stepNames[step] ?? step;
	if (process.stdout.isTTY)
		process.stdout.write(`\r    ${name} ${done}/${total}    ${done === total ? '\n' : ''}`);
	else if (done === total) console.log(`    ${name} ${total}`);
}

/**
 * Makes a data folder with the sample street. It is filled beside its place and moved there when it is whole, so
 * an interrupted fill is begun again, never continued. The sample's last day is today, unless said otherwise.
 */
export async function fillSampleFolder(
	folder: string,
	password: string,
	{ seed = 1, until = shanghaiDate(new Date()) }: { seed?: number; until?: IsoDate } = {}
): Promise<void> {
	if (existsSync(join(folder, 'database')))
		throw new Error(`${folder}: got a folder with a database, expected an empty one for the sample`);
	const filling = `${folder.replace(/\/+$/, '')}.filling`;
	rmSync(filling, { recursive: true, force: true });
	const opened = await openBackend({ dataFolder: filling });
	if (!opened.ok) throw new Error(`${filling}: got ${JSON.stringify(opened.problem)}`);
	const backend = opened.value;
	if (backend.kind !== 'embedded') throw new Error('sample: got a remote backend, expected an embedded one');
	try {
		backend.folder.markKind('demo');
		await installDictionary(backend);
		await installPacks(backend);
		const accounts = await loadSampleStreet(backend, {
			seed,
			until,
			password,
			progress: printProgress
		});
		await timedScores(backend);
		await freezeMonths(backend);
		writeFileSync(join(filling, 'sample-accounts.json'), JSON.stringify(accounts, null, '\t'));
	} finally {
		await backend.close();
	}
	rmSync(folder, { recursive: true, force: true });
	renameSync(filling, folder);
}
