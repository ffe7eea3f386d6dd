/**
 * `npm run bench`: ours against its peers, each in one process run. `npm run bench -- scoring` runs one,
 * `--json` prints one JSON object a line and everything else to standard error. A goal that is missed is said and
 * fails nothing; results that are not equal end the run with exit code 1.
 */
import { readdirSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import type { Bench, Comparison } from './bench.ts';

const { values, positionals } = parseArgs({
	options: { json: { type: 'boolean', default: false } },
	allowPositionals: true
});
const names = readdirSync(import.meta.dirname)
	.filter((file) => file.endsWith('.bench.ts'))
	.map((file) => file.slice(0, -'.bench.ts'.length));
const unknown = positionals.filter((name) => !names.includes(name));
if (unknown.length > 0) {
	console.error(`got ${unknown.join(', ')}, expected of ${names.join(', ')}`);
	process.exit(2);
}

const say = (line: string) => (values.json ? console.error(line) : console.log(line));
const load = () => loadavg()[0]!.toFixed(2);

const lineOf = ({ peer_name, ours, peer, unit, ratio, goal, held }: Comparison) =>
	`  ${ours.toLocaleString('en')} ${unit}, ${peer_name} ${peer.toLocaleString('en')}: ` +
	`${ratio.toLocaleString('en')}× (goal ${goal.toLocaleString('en')}×: ${held ? 'held' : 'not held'})`;

for (const name of names.filter((each) => positionals.length === 0 || positionals.includes(each))) {
	const { bench } = (await import(`./${name}.bench.ts`)) as { bench: Bench };
	say(`${bench.name}: Node ${process.version}, ${cpus().length} cores, load ${load()} at start`);
	const comparisons = await bench.run((line) => say(`  ${line}`));
	for (const comparison of comparisons) {
		say(lineOf(comparison));
		if (values.json) console.log(JSON.stringify(comparison));
	}
	say(`  load ${load()} at end`);
}
// A peer may keep threads of its own waiting.
process.exit(0);
