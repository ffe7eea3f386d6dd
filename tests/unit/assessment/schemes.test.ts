import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { comparePacks } from '#lib/assessment/scheme/schemeComparison.ts';
import {
	activationState,
	declarationSchema,
	schemesOf,
	versionName,
	versionNamed,
	type PackVersion
} from '#lib/assessment/scheme/schemes.ts';
import {
	byGravity,
	emptyTrial,
	levelCounts,
	tryRows,
	type TrialChange,
	type TrialRow
} from '#lib/assessment/scheme/schemeTrial.ts';
import type { StoredFact } from '#lib/assessment/account/assess.ts';
import { loadPack, packDocument, parsePack, type Pack, type PackDocument } from '#scoring';

function shipped(id: string): Pack {
	const text = readFileSync(new URL(`../../../scoring/packs/${id}.yaml`, import.meta.url), 'utf8');
	const outcome = parsePack(text);
	if (!outcome.ok) throw new Error(`${id}: got problems, expected a pack`);
	return outcome.pack;
}
function variant(pack: Pack, change: (document: PackDocument) => void): Pack {
	const document = structuredClone(packDocument(pack));
	change(document);
	const outcome = loadPack(document);
	if (!outcome.ok) throw new Error(`got ${outcome.problems[0]?.message}, expected a pack`);
	return outcome.pack;
}
const base = shipped('street-base');

describe('two packs side by side', () => {
	test('a pack compared with itself shows no difference', () => {
		const same = comparePacks(base, base);
		expect([same.clauses, same.unchangedClauses]).toEqual([[], base.clauses.length]);
		expect(same.bands.every(({ isChanged }) => !isChanged)).toBe(true);
	});

	test('of two versions the clauses added, gone and changed are named, with what differs', () => {
		const [first, second] = base.clauses;
		const changed = variant(base, (document) => {
			const [one, other, ...rest] = document.clauses;
			document.clauses = [{ ...one!, points: 5.5 }, { ...other!, code: '99.9' }, ...rest];
			document.bands[0]!.name = '良好';
		});
		const { matchedBy, clauses, bands } = comparePacks(base, changed);
		expect(matchedBy).toBe('code');
		expect(
			clauses.map(({ change, before, after, parts }) => [change, before?.code, after?.code, parts])
		).toEqual([
			['changed', first!.code, first!.code, ['points']],
			['gone', second!.code, undefined, []],
			['added', undefined, '99.9', []]
		]);
		expect(bands.map(({ isChanged }) => isChanged)).toEqual(base.bands.map((_, rank) => rank === 0));
	});

	test('every clause of both sides of different schemes is accounted for once', () => {
		for (const id of ['chongming-2020', 'songjiang-2024', 'changzhou-2021', 'jinshan-2019']) {
			const other = shipped(id);
			const { matchedBy, clauses, unchangedClauses, bands } = comparePacks(base, other);
			const [left, right] = [clauses.filter(({ before }) => before), clauses.filter(({ after }) => after)];
			expect(matchedBy).toBe('facts');
			expect(left.length + unchangedClauses).toBe(base.clauses.length);
			expect(right.length + unchangedClauses).toBe(other.clauses.length);
			expect(bands).toHaveLength(Math.max(base.bands.length, other.bands.length));
		}
	});
});

const asOf = '2026-11-02';
const found = (id: string, severity: 'general' | 'major'): StoredFact => ({
	id,
	kind: 'hazard.found',
	occurredOn: '2026-10-01',
	recordedAt: '2026-10-01T02:00:00.000Z',
	data: { severity, hazardId: id }
});
const site = (id: string, facts: StoredFact[], packSha256: string | null = 'now'): TrialRow => ({
	id,
	name: `示例${id}`,
	siteType: 'restaurant',
	longitude: 121,
	latitude: 31,
	packSha256,
	facts,
	factsAfter: null
});

describe('a dry run', () => {
	const packs = new Map([['now', base]]);
	const lower = variant(base, (document) => {
		const [first, second] = document.bands;
		first!.below = 0.5;
		second!.from = 0.5;
	});

	test('under the same pack nobody changes', () => {
		const trial = emptyTrial();
		tryRows(trial, packs, base, [site('a', [found('f', 'major')]), site('b', [])], asOf);
		expect([trial.changes, trial.unreadable, trial.sites.length]).toEqual([[], [], 2]);
	});

	test('who changes is named with the cause, who does not is counted, and the map has everybody', () => {
		const trial = emptyTrial();
		const rows = [site('a', [found('f', 'general')]), site('b', []), site('c', [])];
		tryRows(trial, packs, lower, rows, asOf);
		expect(trial.changes).toMatchObject([
			{ id: 'a', direction: 'worse', causes: ['bands'], entryCount: 0, after: { band: { level: 'warning' } } }
		]);
		expect(trial.sites.map(({ isChanged }) => isChanged).sort()).toEqual([false, false, true]);
		const counts = levelCounts(trial.flows);
		expect([counts.none, counts.normal, counts.warning]).toEqual([
			{ before: 2, after: 2 },
			{ before: 1, after: 0 },
			{ before: 0, after: 1 }
		]);
	});

	test('facts that the new pack cannot read are listed with the reason and stop nobody else', () => {
		const trial = emptyTrial();
		const perVisit = shipped('sf-lives');
		const nameless = {
			...found('f', 'general'),
			kind: 'violation.found',
			data: { risk_category: 'High Risk' }
		};
		tryRows(trial, packs, perVisit, [site('a', [nameless]), site('b', [])], asOf);
		expect(trial.unreadable).toEqual([
			{ id: 'a', name: '示例a', faults: [expect.objectContaining({ fact: 'f', reason: 'fact_inspection' })] }
		]);
		expect(trial.sites).toHaveLength(1);
	});

	test('a site without a declared pack breaks an invariant and is not passed over', () => {
		expect(() => tryRows(emptyTrial(), packs, base, [site('a', [], null)], asOf)).toThrow(/declared/);
	});

	test('the list begins with those that are supervised more', () => {
		const change = (name: string, direction: TrialChange['direction']) =>
			({ name, direction, after: { band: null } }) as TrialChange;
		const list = [change('甲', null), change('乙', 'better'), change('丙', 'worse')].sort(byGravity);
		expect(list.map(({ name }) => name)).toEqual(['丙', '乙', '甲']);
	});
});

describe('where a scheme counts', () => {
	const day = '2026-11-02';
	test.each([
		['2026-11-02', null, 'counts'],
		['2026-11-03', null, 'planned'],
		['2026-01-01', '2026-11-02', 'ended'],
		['2026-01-01', '2026-11-03', 'counts']
	])('from %s until %s: %s', (validFrom, validTo, state) => {
		expect(activationState({ validFrom, validTo }, day)).toBe(state);
	});

	const version = (id: string, sha256: string): PackVersion => ({
		id,
		sha256,
		version: '1',
		name: id,
		issuer: '示例',
		validFrom: '2024-01-01',
		validTo: null,
		subject: 'enterprise',
		isSample: true,
		installedOn: day
	});
	test('a version is found by its name, and never by the name of another', () => {
		const packs = [version('a', 'f'.repeat(64)), version('a', 'e'.repeat(64))];
		expect(versionNamed(packs, versionName(packs[1]!))).toBe(packs[1]);
		expect([versionNamed(packs, 'a'), versionNamed(packs, null), versionNamed(packs, 'b@ffffffff')]).toEqual([
			null,
			null,
			null
		]);
	});

	test('those that count somewhere are listed first, with all their versions', () => {
		const packs = [version('a', 'f'.repeat(64)), version('b', 'e'.repeat(64)), version('b', 'd'.repeat(64))];
		const activation = {
			id: '1',
			packId: 'b',
			packSha256: 'd'.repeat(64),
			scope: '',
			placeName: null,
			siteType: null,
			validFrom: '2024-01-01',
			validTo: null,
			declaredBy: null,
			mayWithdraw: false
		};
		const schemes = schemesOf({ today: day, packs, activations: [activation], places: [] });
		expect(schemes.map(({ newest, versions }) => [newest.id, versions.length])).toEqual([
			['b', 2],
			['a', 1]
		]);
	});

	test.each([
		[{ scope: '1' }, false],
		[{ scope: '0001' }, true],
		[{ from: '2026-02-30' }, false],
		[{ siteType: "x'; drop" }, false]
	])('a declaration with %j is read: %s', (more, isRead) => {
		const entered = { version: 'a@ffffffff', scope: '', siteType: '', from: day, ...more };
		expect(declarationSchema.safeParse(entered).success).toBe(isRead);
	});
});
