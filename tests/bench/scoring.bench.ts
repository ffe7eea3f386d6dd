/**
 * Scoring against json-rules-engine 7 and GoRules zen: the same 40 clauses asked about the same 10 facts of each
 * enterprise. A fact has a kind and a value; four clauses a kind, each about a range of values. Every engine says
 * which clauses hold and what they come to; where the peers stop, ours also reads days, cycle and band.
 */
import { Engine } from 'json-rules-engine';
import { ZenEngine, type ZenDecision } from '@gorules/zen-engine';
import {
	columnsOf,
	compile,
	factsOfSubject,
	loadPack,
	shaped,
	type AccountColumns,
	type Pack,
	type PlainColumns
} from '#scoring';
import { comparedRates, median, seconds, type Bench } from './bench.ts';

const enterprises = 1_000_000;
const kindCount = 10;
const clausesOfKind = 4;
const asOf = '2026-11-22';
/** By then about half of the facts have left the cycle, so that every row must be asked for its day. */
const laterDay = '2027-05-22';
/** Enterprises of one round: the peers take longer for each. */
const roundOf = { jsonRules: 2_000, zen: 20_000 };
const rounds = 5;
const zenInFlight = 64;

interface Rule {
	code: string;
	/** Which fact: 0 to 9. */
	kind: number;
	/** Included. */
	from: number;
	/** Not included. */
	below: number;
	hundredths: number;
}

const rules: Rule[] = Array.from({ length: kindCount * clausesOfKind }, (_, place) => {
	const [kind, step] = [Math.floor(place / clausesOfKind), place % clausesOfKind];
	const [from, below] = [10 + 20 * step, 30 + 20 * step];
	return { code: `${kind + 1}.${step + 1}`, kind, from, below, hundredths: 50 * (step + 1) + 5 * kind };
});

function packOfRules(): Pack {
	const colour = { light: '#000000', dark: '#FFFFFF' };
	const outcome = loadPack({
		format: 'mingcha.pack/1',
		id: 'bench',
		version: '1',
		name: '测量用规则',
		issuer: '测量',
		source: '测量',
		is_sample: true,
		basis: [{ text: '测量', from: '2020-01-01' }],
		valid: { from: '2020-01-01' },
		subject: 'enterprise',
		direction: 'up',
		start: 0,
		floor: 0,
		ceiling: null,
		cycle: { kind: 'rolling_months', months: 12, at_end: '清零' },
		decides: { proposes: '测量', confirms: '测量', people: 2 },
		evaluated_by: ['inspection.completed'],
		aspects: [{ key: 'all', name: '全部' }],
		clauses: rules.map(({ code, kind, from, below, hundredths }) => ({
			code,
			aspect: 'all',
			text: '测量',
			points: hundredths / 100,
			matches: [{ kind: `fact_${kind}`, where: { value: { at_least: from, below } } }],
			is_sample: true
		})),
		bands: [
			{ key: 'normal', name: '正常', level: 'normal', from: 0, below: 6, shape: 'circle', colour },
			{ key: 'warning', name: '预警', level: 'warning', from: 6, below: 9, shape: 'triangle', colour },
			{ key: 'highest', name: '最高', level: 'highest', from: 9, below: null, shape: 'square', colour }
		]
	});
	if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
	return outcome.pack;
}

/** Ten facts an enterprise, one of each kind, of days within the cycle; the same ones in every run. */
function generatedColumns(): PlainColumns {
	let state = 20_261_122;
	const below = (limit: number) => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 2 ** 32) * limit);
	};
	const rows = enterprises * kindCount;
	const firstDay = Date.UTC(2026, 0, 1) / 86_400_000;
	return {
		subjects: Array.from({ length: enterprises }, (_, place) => `示例企业${place}`),
		firstRow: Uint32Array.from({ length: enterprises + 1 }, (_, place) => place * kindCount),
		kind: Uint16Array.from({ length: rows }, (_, row) => row % kindCount),
		kinds: Array.from({ length: kindCount }, (_, kind) => `fact_${kind}`),
		occurredOn: Int32Array.from({ length: rows }, () => firstDay + below(300)),
		recordedAt: null,
		attributes: new Map([
			[
				'value',
				{
					values: [undefined, ...Array.from({ length: 100 }, (_, value) => value)],
					code: Uint32Array.from({ length: rows }, () => 1 + below(100))
				}
			]
		]),
		ids: null
	};
}

type Facts = Record<string, number>;

/** The same facts as the peers take them: a record an enterprise. */
function recordsOf({ attributes, firstRow }: PlainColumns, count: number): Facts[] {
	const { values, code } = attributes.get('value')!;
	return Array.from({ length: count }, (_, subject) => {
		const record: Facts = {};
		for (let kind = 0; kind < kindCount; kind++) {
			record[`fact_${kind}`] = values[code[firstRow[subject]! + kind]!] as number;
		}
		return record;
	});
}

/** What an engine says of an enterprise. */
interface Said {
	hundredths: number;
	codes: string[];
}

function assertEqual(peer: string, said: readonly Said[], accounts: AccountColumns, pack: Pack): void {
	said.forEach(({ hundredths, codes }, subject) => {
		const ours = accounts.codes.filter(
			(_, bit) => (accounts.evidence[subject * accounts.words + (bit >>> 5)]! >>> (bit & 31)) & 1
		);
		const band = pack.bands.findLast(({ from }) => hundredths >= from!)!;
		const isBand = codes.length === 0 ? accounts.band[subject] === -1 : accounts.band[subject] === band.rank;
		const isEqual =
			accounts.balance[subject] === hundredths && ours.toSorted().join() === codes.toSorted().join();
		if (isEqual && isBand) return;
		const got = `${accounts.balance[subject]} by ${ours.join()}`;
		throw new Error(
			`enterprise ${subject}: got ${got}, expected ${hundredths} by ${codes.join()} of ${peer}`
		);
	});
}

function jsonRules(): (record: Facts) => Promise<Said> {
	const engine = new Engine();
	for (const { code, kind, from, below, hundredths } of rules) {
		const fact = `fact_${kind}`;
		engine.addRule({
			conditions: {
				all: [
					{ fact, operator: 'greaterThanInclusive', value: from },
					{ fact, operator: 'lessThan', value: below }
				]
			},
			event: { type: code, params: { hundredths } }
		});
	}
	return async (record) => {
		const { events } = await engine.run(record);
		const hundredths = events.reduce((sum, { params }) => sum + (params!.hundredths as number), 0);
		return { hundredths, codes: events.map(({ type }) => type) };
	};
}

/** A decision table that collects every rule that holds. */
function zenDecision(): ZenDecision {
	const position = { x: 0, y: 0 };
	const everyInput = Object.fromEntries(Array.from({ length: kindCount }, (_, kind) => [`in_${kind}`, '']));
	const content = {
		hitPolicy: 'collect',
		inputs: Array.from({ length: kindCount }, (_, kind) => ({
			id: `in_${kind}`,
			name: `fact_${kind}`,
			type: 'expression',
			field: `fact_${kind}`
		})),
		outputs: ['code', 'hundredths'].map((field) => ({ id: field, name: field, type: 'expression', field })),
		rules: rules.map(({ code, kind, from, below, hundredths }) => ({
			_id: code,
			...everyInput,
			[`in_${kind}`]: `[${from}..${below})`,
			code: `"${code}"`,
			hundredths: String(hundredths)
		}))
	};
	const nodes = [
		{ id: 'in', type: 'inputNode', name: 'in', position },
		{ id: 'table', type: 'decisionTableNode', name: 'table', position, content },
		{ id: 'out', type: 'outputNode', name: 'out', position }
	];
	const edges = [
		{ id: 'a', sourceId: 'in', targetId: 'table', type: 'edge' },
		{ id: 'b', sourceId: 'table', targetId: 'out', type: 'edge' }
	];
	return new ZenEngine().createDecision(Buffer.from(JSON.stringify({ nodes, edges })));
}

async function zen(decision: ZenDecision, records: readonly Facts[]): Promise<Said[]> {
	const said: Said[] = [];
	let next = 0;
	const worker = async () => {
		while (next < records.length) {
			const subject = next++;
			const { result } = await decision.evaluate(records[subject]);
			const lines = result as { code: string; hundredths: number }[];
			said[subject] = {
				hundredths: lines.reduce((sum, { hundredths }) => sum + hundredths, 0),
				codes: lines.map(({ code }) => code)
			};
		}
	};
	await Promise.all(Array.from({ length: zenInFlight }, worker));
	return said;
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
const rate = (count: number, time: number) => `${Math.round(count / time).toLocaleString('en')}/s`;

async function run(say: (line: string) => void) {
	const pack = packOfRules();
	const plain = generatedColumns();
	let columns = shaped(plain);
	const shaping = await seconds(() => (columns = shaped(plain)));
	const sample = Array.from({ length: roundOf.zen }, (_, subject) => factsOfSubject(columns, subject)).flat();
	const reading = await seconds(() => columnsOf(sample));
	let records: Facts[] = [];
	const recording = await seconds(() => (records = recordsOf(plain, roundOf.zen)));
	say(`${rules.length} clauses, ${kindCount} facts each, ${enterprises.toLocaleString('en')} enterprises`);
	say(
		`conversion of ours: columns to shapes ${rate(enterprises, shaping)} (${shaping.toFixed(2)} s in all),`
	);
	say(`  facts as objects to columns ${rate(roundOf.zen, reading)}`);
	say(`conversion of the peers: columns to records ${rate(roundOf.zen, recording)}`);

	const score = compile(pack);
	const runJsonRules = jsonRules();
	const decision = zenDecision();
	const times = { ours: [] as number[], jsonRules: [] as number[], zen: [] as number[] };
	let accounts!: AccountColumns;
	const fresh = await seconds(() => (accounts = score(columns, asOf)));
	say(
		`first pass, not yet compiled and into fresh memory: ${rate(enterprises, fresh)}; the further ones write over it`
	);
	let bySaidRules: Said[] = [];
	let bySaidZen: Said[] = [];
	for (let round = 0; round < rounds; round++) {
		times.ours.push(await seconds(() => (accounts = score(columns, asOf, { into: accounts }))));
		bySaidRules = [];
		times.jsonRules.push(
			await seconds(async () => {
				for (const record of records.slice(0, roundOf.jsonRules))
					bySaidRules.push(await runJsonRules(record));
			})
		);
		times.zen.push(await seconds(async () => (bySaidZen = await zen(decision, records))));
	}
	assertEqual('json-rules-engine', bySaidRules, accounts, pack);
	assertEqual('zen', bySaidZen, accounts, pack);
	say(`equal: ${bySaidRules.length} enterprises with json-rules-engine, ${bySaidZen.length} with zen`);
	const lapsing: number[] = [];
	for (let round = 0; round < rounds; round++) {
		lapsing.push(await seconds(() => (accounts = score(columns, laterDay, { into: accounts }))));
	}
	say(`the same on a day when half of the facts have lapsed: ${rate(enterprises, median(lapsing))}`);
	const { rss, arrayBuffers } = process.memoryUsage();
	const evidence = accounts.evidence.byteLength;
	say(
		`memory of the process ${megabytes(rss)}, columns ${megabytes(arrayBuffers)}, evidence ${megabytes(evidence)}`
	);

	const ours = enterprises / median(times.ours);
	const unit = 'enterprises/s';
	const ofRules = { ours, peer: roundOf.jsonRules / median(times.jsonRules), goal: 3000 };
	const ofZen = { ours, peer: roundOf.zen / median(times.zen), goal: 500 };
	return [
		comparedRates('scoring', 'json-rules-engine', ofRules, unit),
		comparedRates('scoring', 'GoRules zen', ofZen, unit)
	];
}

export const bench: Bench = { name: 'scoring', run };
