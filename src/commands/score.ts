/**
 * `npm run -s score`: scores facts under a pack from the command line, checks a pack, or holds a pack against
 * official scores. Results go to standard output, one JSON line each; what is refused goes to standard error as
 * `FILE:LINE: reason`. Exit codes: 0 done, 1 something was refused (then nothing is scored), 2 wrong usage.
 */
import { parseArgs } from 'node:util';
import { evaluate, type Pack } from '#scoring';
import { accountLine } from './score/accountLine.ts';
import { comparisonOf, scoreLives } from './score/compareLives.ts';
import { readFactsBySubject } from './score/factsFile.ts';
import { readPack } from './score/packFile.ts';
import { Refusal } from './score/refusal.ts';
import { unmatchedNote } from './score/unmatched.ts';

const usage = `usage: score --pack ID|FILE --facts FILE.ndjson|- --as-of YYYY-MM-DD [--known-at INSTANT] [--trace]
       score --pack ID|FILE --lives FOLDER [--compare]
       score --check ID|FILE`;

/** The engine says itself which days and instants it takes; an empty account asks it before any file is read. */
function assertDates(pack: Pack, asOf: string, knownAt: string | null): void {
	try {
		evaluate(pack, [], asOf, { knownAt });
	} catch (error) {
		if (!(error instanceof RangeError)) throw error;
		throw new Refusal(error.message);
	}
}

/** What is worth knowing beside the results, on standard error. */
function tell(note: string | null): void {
	if (note !== null) console.error(note);
}

async function score(pack: Pack, file: string, asOf: string, knownAt: string | null, trace: boolean) {
	assertDates(pack, asOf, knownAt);
	const facts = await readFactsBySubject(pack, file);
	tell(unmatchedNote(pack, facts.values()));
	for (const subject of [...facts.keys()].sort()) {
		const account = evaluate(pack, facts.get(subject)!, asOf, { knownAt, trace });
		process.stdout.write(`${accountLine(subject, account)}\n`);
	}
}

/** One line for all of them, or one an inspection. */
function lives(pack: Pack, folder: string, isSummary: boolean): void {
	const { compared, notes } = scoreLives(pack, folder);
	for (const note of notes) tell(note);
	if (isSummary) return console.log(JSON.stringify(comparisonOf(compared)));
	for (const { business, day, officialScore, points, band, officialBand } of compared) {
		const line = { business, day, points, band: band.name };
		const official = { points: officialScore, band: officialBand.name };
		process.stdout.write(`${JSON.stringify({ ...line, official })}\n`);
	}
}

function check(name: string): void {
	const { id, version, clauses, bands } = readPack(name);
	console.log(`${id} ${version}: ok, ${clauses.length} clauses, ${bands.length} bands`);
}

function readArguments() {
	return parseArgs({
		options: {
			pack: { type: 'string' },
			facts: { type: 'string' },
			'as-of': { type: 'string' },
			'known-at': { type: 'string' },
			trace: { type: 'boolean', default: false },
			lives: { type: 'string' },
			compare: { type: 'boolean', default: false },
			check: { type: 'string' }
		}
	}).values;
}

/** Does what the arguments ask for; false when they ask for nothing there is. */
async function run(values: ReturnType<typeof readArguments>): Promise<boolean> {
	const { pack, facts, lives: folder, 'as-of': asOf } = values;
	if (values.check !== undefined) check(values.check);
	else if (pack && folder) lives(readPack(pack), folder, values.compare);
	else if (pack && facts && asOf)
		await score(readPack(pack), facts, asOf, values['known-at'] ?? null, values.trace);
	else return false;
	return true;
}

async function main(): Promise<number> {
	let values: ReturnType<typeof readArguments>;
	try {
		values = readArguments();
	} catch (error) {
		console.error(`${(error as Error).message}\n${usage}`);
		return 2;
	}
	try {
		if (await run(values)) return 0;
		console.error(usage);
		return 2;
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		console.error(error.message);
		return 1;
	}
}

process.exitCode = await main();
