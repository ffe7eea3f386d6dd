import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { stringify } from 'yaml';
import { checkFact, evaluate, loadPack, packDocument, parseFactLine, parsePack, type Pack } from '#scoring';
import { readFactsBySubject } from '../../../src/commands/score/factsFile.ts';
import { readPack } from '../../../src/commands/score/packFile.ts';
import { fact, shipped } from './packs.ts';

// Many histories are tried; a busy machine may take its time.
vi.setConfig({ testTimeout: 30_000 });

let folder = '';
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'mingcha-malformed-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function written(name: string, text: string): string {
	const file = join(folder, name);
	writeFileSync(file, text);
	return file;
}

type Path = (string | number)[];
type Json = unknown;

const isTree = (value: Json): value is Record<string, Json> => typeof value === 'object' && value !== null;

/** Every path of a document, with its value. */
function placesOf(value: Json, path: Path = []): { path: Path; value: Json }[] {
	const here = path.length > 0 ? [{ path, value }] : [];
	if (!isTree(value)) return here;
	const keys = Array.isArray(value) ? value.map((_, index) => index) : Object.keys(value);
	return [...here, ...keys.flatMap((key) => placesOf((value as Record<string, Json>)[key], [...path, key]))];
}

/** A copy with another value at a path; `undefined` takes the key away. */
function changedAt(document: Json, path: Path, value: Json): Json {
	const copy = structuredClone(document) as Record<string, Json>;
	const parent = path.slice(0, -1).reduce<Record<string, Json>>((tree, key) => tree[key] as never, copy);
	const last = path.at(-1)!;
	if (value === undefined) delete parent[last];
	else parent[last] = value;
	return copy;
}

const required = {
	pack: 'format id version name issuer source is_sample basis valid subject direction start floor ceiling cycle decides evaluated_by aspects clauses bands',
	clauses: 'code aspect text matches is_sample',
	bands: 'key name level from below shape colour',
	matches: 'kind',
	decides: 'proposes confirms people',
	cycle: 'kind at_end'
};

const isRequired = (path: Path): boolean => {
	const parent = path.slice(0, -1).findLast((key) => typeof key === 'string') ?? 'pack';
	const keys = required[parent as keyof typeof required] ?? '';
	return keys.split(' ').includes(String(path.at(-1)));
};

/** Ways to spoil a place of a good pack, each of which must be refused; null: not here. */
const spoilers: Record<string, (path: Path, value: Json) => Json> = {
	'an object where none belongs': (_, value) => (isTree(value) ? null : { unexpected: true }),
	'not a number': (_, value) => (typeof value === 'number' ? Number.NaN : null),
	infinity: (_, value) => (typeof value === 'number' ? -Infinity : null),
	'a number in words': (path, value) => (typeof value === 'number' && !path.includes('where') ? '一' : null),
	'words as a number': (path, value) => (typeof value === 'string' && !path.includes('where') ? 7 : null),
	'a third decimal': (path, value) =>
		typeof value === 'number' && !path.includes('where') ? value + 0.001 : null,
	'an empty list': (_, value) =>
		Array.isArray(value) && !['measures', 'basis', 'scales'].includes(String(_.at(-1))) ? [] : null,
	'an unknown field': (path, value) =>
		isTree(value) && !Array.isArray(value) && path.at(-1) !== 'where' ? { ...value, unexpected: 1 } : null,
	'a required field gone': (path) => (isRequired(path) ? undefined : null),
	'a boundary moved': (path, value) =>
		path.at(-1) === 'from' && typeof value === 'number' && path.at(-2) !== 0 && path.includes('bands')
			? value + 0.01
			: null,
	'a day that does not exist': (_, value) =>
		typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? '2026-02-29' : null
};

const ids = readdirSync(new URL('../../../scoring/packs/', import.meta.url)).map((name) =>
	name.replace(/\.yaml$/, '')
);

describe.each(ids)('%s, spoiled anywhere', (id) => {
	const document = packDocument(shipped(id));
	const places = placesOf(document);
	const spoiled = Object.entries(spoilers).flatMap(([what, spoil]) =>
		places.flatMap(({ path, value }) => {
			const other = spoil(path, value);
			return other === null ? [] : [{ what, path, other }];
		})
	);

	it('is refused by the line, with the reason', () => {
		fc.assert(
			fc.property(fc.constantFrom(...spoiled), (one) => {
				const file = written(`${id}.yaml`, stringify(changedAt(document, one.path, one.other)));
				const told = refusalOf(() => readPack(file));
				const about = `${one.what} at ${one.path.join('.')}`;
				expect(told, about).not.toBe('');
				for (const line of told.split('\n')) {
					expect(line, about).toMatch(/\.yaml:[1-9]\d*: .{8,}/);
					expect(line.slice(folder.length), about).not.toContain(': undefined');
				}
			}),
			{ numRuns: 12 }
		);
	});

	it('names the very place in what it refuses', () => {
		fc.assert(
			fc.property(fc.constantFrom(...spoiled), (one) => {
				const outcome = loadPack(changedAt(document, one.path, one.other));
				if (outcome.ok) throw new Error(`accepted: ${one.what} at ${one.path.join('.')}`);
				const top = outcome.problems.map(({ path }) => path[0]);
				const isJoint = ['an empty list', 'a required field gone'].includes(one.what);
				if (!isJoint) expect(top).toContain(one.path[0]);
			}),
			{ numRuns: 60 }
		);
	});
});

function refusalOf(read: () => unknown): string {
	try {
		read();
		return '';
	} catch (error) {
		return (error as Error).message;
	}
}

/** Values as people and machines get them wrong. */
const oddities = [Number.NaN, Infinity, -1, 0.005, 1e9, '', 'x', '2026-02-30', null, true, [], {}, undefined];

/** What a pack makes of facts of every kind it knows. */
function probe(pack: Pack): void {
	const kinds = new Set(pack.writers.flatMap(({ patterns }) => patterns.map(({ kind }) => kind)));
	const data = { hazardId: 'h', points: 1, clause: '10.1', severity: 'general', inspectionId: 'a' };
	const facts = [...kinds].map((kind) => fact(kind, '2026-03-01', data));
	const known = facts.filter((one) => checkFact(pack, one) === null);
	const account = evaluate(pack, known, '2026-03-31', { trace: true });
	const numbers = [account.balance, account.pendingBalance, ...account.entries.map(({ points }) => points)];
	for (const number of numbers) expect(Number.isSafeInteger(number)).toBe(true);
	expect(account.trace!.length).toBe(known.length);
}

describe('a pack changed anywhere by anything', () => {
	it('is either refused with a reason, or scores exactly: it never throws and never gives NaN', () => {
		const all = ids.map((id) => {
			const document = packDocument(shipped(id));
			return { document, places: placesOf(document) };
		});
		const changes = fc.constantFrom(...all).chain(({ document, places }) =>
			fc.record({
				document: fc.constant(document),
				place: fc.constantFrom(...places),
				value: fc.constantFrom(...oddities)
			})
		);
		fc.assert(
			fc.property(changes, ({ document, place, value }) => {
				const outcome = loadPack(changedAt(document, place.path, value));
				if (outcome.ok) return probe(outcome.pack);
				for (const { message } of outcome.problems) expect(message.length).toBeGreaterThan(4);
			}),
			{ numRuns: 400 }
		);
	});

	it('text cut off anywhere is refused or is a pack still', () => {
		const text = stringify(packDocument(shipped('jinshan-2019')));
		fc.assert(
			fc.property(fc.integer({ min: 0, max: text.length - 1 }), (length) => {
				const outcome = parsePack(text.slice(0, length));
				if (!outcome.ok) expect(outcome.problems[0]!.line).toBeGreaterThan(0);
				else probe(outcome.pack);
			}),
			{ numRuns: 20 }
		);
	});
});

const good = {
	id: 'f1',
	subject: '示例企业',
	kind: 'opinion',
	occurred_on: '2026-03-01',
	recorded_at: '2026-03-01T09:00:00+08:00',
	clause: '10.1',
	points: 0.5,
	attributes: { hazardId: 'h' }
};

/** A field, what stands there instead, and what must be told. */
const badFields: [string, unknown, RegExp][] = [
	['id', undefined, /id/],
	['id', '', /id/],
	['id', 7, /id/],
	['subject', undefined, /subject/],
	['subject', '', /subject/],
	['kind', undefined, /kind/],
	['kind', '', /kind/],
	['kind', 'decision.confirmed', /got no entry/],
	['kind', 'decision.pardoned', /a decision the engine knows/],
	['kind', 'decision.band_confirmed', /got no band/],
	['kind', 'fact.withdrawn', /got no fact/],
	['occurred_on', undefined, /occurred_on/],
	['occurred_on', '2026-02-29', /a day that exists/],
	['occurred_on', '2026/03/01', /a day that exists/],
	['occurred_on', 20260301, /occurred_on/],
	['recorded_at', '2026-03-01', /an instant with its offset/],
	['recorded_at', '2026-03-01T09:00:00', /an instant with its offset/],
	['recorded_at', '2026-03-01T25:00:00Z', /an instant with its offset/],
	['clause', 10.1, /clause/],
	['clause', '', /clause/],
	['points', undefined, /points: got nothing, expected/],
	['points', null, /points/],
	['points', '0.5', /points/],
	['points', 0.505, /at most two decimals/],
	['points', 1e9, /points/],
	['points', -1000.01, /points: got -1000.01, expected -1000 to -0.01/],
	['points', 1000.01, /points: got 1000.01, expected 0 to 1000/],
	['points', [0.5], /points/],
	['attributes', { hazard: { id: 'h' } }, /attributes/],
	['attributes', [1], /attributes/],
	['attributes', 'h', /attributes/],
	['occured_on', '2026-03-01', /unrecognized|unknown/i]
];

const brokenLines: [string, RegExp][] = [
	['{"id": "f1"', /not JSON/],
	[JSON.stringify(good).replace('0.5', 'NaN'), /not JSON/],
	[JSON.stringify(good).replace('0.5', '1e400'), /points/],
	['[]', /object/],
	['null', /object/],
	['"f1"', /object/],
	['f1;示例企业;opinion', /not JSON/],
	[`${JSON.stringify(good)},`, /not JSON/],
	[JSON.stringify(good).slice(0, -20), /not JSON/]
];

const malformed: [string, string, RegExp][] = [
	...badFields.map(([field, value, reason]): [string, string, RegExp] => [
		`${field}: ${JSON.stringify(value) ?? 'missing'}`,
		JSON.stringify({ ...good, [field]: value }),
		reason
	]),
	...brokenLines.map(([line, reason]): [string, string, RegExp] => [line.slice(0, 40), line, reason])
];

describe('a malformed fact', () => {
	const pack = shipped('chongming-2020');
	const fine = (id: string) => JSON.stringify({ ...good, id });

	it.each(malformed)('%s', async (_, line, reason) => {
		const file = written('facts.ndjson', [fine('a'), '', fine('b'), line, fine('c')].join('\n'));
		const told = await readFactsBySubject(pack, file).then(
			() => '',
			(error: Error) => error.message
		);
		expect(told).toMatch(reason);
		expect(told.split('\n')).toEqual([expect.stringContaining(`${file}:4: `)]);
	});

	it('spoiled anywhere by anything is refused, or gives exactly its points', () => {
		fc.assert(
			fc.property(
				fc.constantFrom(...placesOf(good)),
				fc.constantFrom(...oddities.filter((value) => !Number.isNaN(value))),
				({ path }, value) => {
					const outcome = parseFactLine(JSON.stringify(changedAt(good, path, value)));
					if (!outcome.ok) return void expect(outcome.reason.length).toBeGreaterThan(3);
					if (checkFact(pack, outcome.fact) !== null) return;
					const { entries } = evaluate(pack, [outcome.fact], '2026-12-31');
					const points = Number(outcome.fact.data.points) * 100;
					if (outcome.fact.kind === 'opinion') expect(entries.map((one) => one.points)).toEqual([points]);
				}
			),
			{ numRuns: 200 }
		);
	});
});
