/**
 * `npm run -s score`: scores facts under a pack from the command line, or checks a pack.
 * Results go to standard output, one JSON line a subject; what is refused goes to standard error as
 * `FILE:LINE: reason`. Exit codes: 0 done, 1 something was refused (then nothing is scored), 2 wrong usage.
 */
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import {
	checkFact,
	evaluate,
	fromHundredths,
	parseFactLine,
	parsePack,
	type Account,
	type Entry,
	type Fact,
	type Pack
} from '#scoring';

const usage = `usage: score --pack ID|FILE --facts FILE.ndjson|- --as-of YYYY-MM-DD [--known-at INSTANT] [--trace]
       score --check ID|FILE`;

/** Beyond this many refused lines the rest is counted, not told. */
const toldRefusals = 50;

class Refusal extends Error {}

const packsFolder = fileURLToPath(new URL('../../scoring/packs/', import.meta.url));

function packFile(name: string): string {
	const shipped = /^[a-z][a-z0-9_-]*$/.test(name) ? `${packsFolder}${name}.yaml` : null;
	const file = shipped && existsSync(shipped) ? shipped : name;
	if (!existsSync(file))
		throw new Refusal(`${name}: no such pack, expected the id of a shipped pack or a file`);
	return file;
}

function readPack(name: string): Pack {
	const file = packFile(name);
	const outcome = parsePack(readFileSync(file, 'utf8'));
	if (outcome.ok) return outcome.pack;
	const reasons = outcome.problems.map(({ line, path, message }) => {
		const place = path.length > 0 ? `${path.join('.')}: ` : '';
		return `${file}:${line}: ${place}${message}`;
	});
	throw new Refusal(reasons.join('\n'));
}

/** All facts of a file by subject, or a refusal that names every bad line. */
async function readFactsBySubject(pack: Pack, file: string): Promise<Map<string, Fact[]>> {
	if (file !== '-' && !existsSync(file)) throw new Refusal(`${file}: no such file`);
	const input = file === '-' ? process.stdin : createReadStream(file, 'utf8');
	const facts = new Map<string, Fact[]>();
	const lineOfId = new Map<string, number>();
	const refused: string[] = [];
	let number = 0;
	for await (const line of createInterface({ input, crlfDelay: Infinity })) {
		number++;
		if (line.trim() === '') continue;
		const outcome = parseFactLine(line);
		const reason = outcome.ok
			? (repeated(outcome.fact, lineOfId) ?? checkFact(pack, outcome.fact))
			: outcome.reason;
		if (reason !== null) refused.push(`${file}:${number}: ${reason}`);
		if (!outcome.ok || reason !== null) continue;
		lineOfId.set(outcome.fact.id, number);
		const known = facts.get(outcome.fact.subject);
		if (known) known.push(outcome.fact);
		else facts.set(outcome.fact.subject, [outcome.fact]);
	}
	if (refused.length === 0) return facts;
	const rest = refused.length - toldRefusals;
	throw new Refusal(
		[...refused.slice(0, toldRefusals), ...(rest > 0 ? [`… and ${rest} more`] : [])].join('\n')
	);
}

function repeated(fact: Fact, lineOfId: ReadonlyMap<string, number>): string | null {
	const earlier = lineOfId.get(fact.id);
	return earlier === undefined ? null : `id: got "${fact.id}" again, it stands on line ${earlier}`;
}

const ledgerLine = ({ fact, clause, points }: Entry) => ({ fact, clause, points: fromHundredths(points) });

/** The ledger holds what is in effect: its points and the start of the scheme make the balance. */
function accountLine(subject: string, account: Account): string {
	const { balance, band, measures, entries, pendingBalance, pendingBand, next, trace } = account;
	return JSON.stringify({
		subject,
		points: fromHundredths(balance),
		band: band?.name ?? null,
		measures: measures.map(({ name }) => name),
		entries: entries.filter(({ counts }) => counts === 'effective').map(ledgerLine),
		...(trace && {
			pack: account.pack,
			as_of: account.asOf,
			pending: { points: fromHundredths(pendingBalance), band: pendingBand?.name ?? null },
			next: next && { band: next.band.name, distance: fromHundredths(next.distance) },
			trace: trace.map(({ entry, occurredOn, ...line }) => ({
				...line,
				occurred_on: occurredOn,
				...(entry && {
					points: fromHundredths(entry.points),
					nominal: fromHundredths(entry.nominal),
					cut: fromHundredths(entry.cut),
					counts: entry.counts,
					silent: entry.silent,
					state: entry.state,
					reduces: entry.reduces,
					last_day: entry.lastDay,
					decided_by: entry.decidedBy
				})
			}))
		})
	});
}

/** The engine says itself which days and instants it takes; an empty account asks it before any file is read. */
function assertDates(pack: Pack, asOf: string, knownAt: string | null): void {
	try {
		evaluate(pack, [], asOf, { knownAt });
	} catch (error) {
		if (!(error instanceof RangeError)) throw error;
		throw new Refusal(error.message);
	}
}

async function score(pack: Pack, file: string, asOf: string, knownAt: string | null, trace: boolean) {
	assertDates(pack, asOf, knownAt);
	const facts = await readFactsBySubject(pack, file);
	for (const subject of [...facts.keys()].sort()) {
		const account = evaluate(pack, facts.get(subject)!, asOf, { knownAt, trace });
		process.stdout.write(`${accountLine(subject, account)}\n`);
	}
}

function readArguments() {
	return parseArgs({
		options: {
			pack: { type: 'string' },
			facts: { type: 'string' },
			'as-of': { type: 'string' },
			'known-at': { type: 'string' },
			trace: { type: 'boolean', default: false },
			check: { type: 'string' }
		}
	}).values;
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
		if (values.check !== undefined) {
			const { id, version, clauses, bands } = readPack(values.check);
			console.log(`${id} ${version}: ok, ${clauses.length} clauses, ${bands.length} bands`);
			return 0;
		}
		if (!values.pack || !values.facts || !values['as-of']) {
			console.error(usage);
			return 2;
		}
		const pack = readPack(values.pack);
		await score(pack, values.facts, values['as-of'], values['known-at'] ?? null, values.trace);
		return 0;
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		console.error(error.message);
		return 1;
	}
}

process.exitCode = await main();
