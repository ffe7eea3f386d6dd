import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import {
	diff,
	draftPack,
	draftWeights,
	evaluate,
	loadPack,
	packDocument,
	parsePack,
	weightRule,
	type Occurrences,
	type Pack,
	type PackDocument
} from '#scoring';
import { found, loaded, shipped, streetBase } from './packs.ts';

const asOf = '2026-10-31';
const begins = '2027-01-01';
const words = { name: '示例（草稿）', source: '示例街道 2025年11月至2026年10月 月度汇总' };

/** Four charges of 0.5, 1, 2 and 6 points, told apart by the clause that is cited; steps of 0.5. */
const points = { a: 0.5, b: 1, c: 2, d: 6 } as const;
type Code = keyof typeof points;
const four = (change: (clause: PackDocument['clauses'][number]) => object = () => ({})): Pack => {
	const { cap: _, ...first } = streetBase.document.clauses[0]!;
	const clauses = Object.entries(points).map(([code, value]) => {
		const clause = {
			...first,
			code,
			points: value,
			matches: [{ kind: 'hazard.found', where: { clause: code } }]
		};
		return { ...clause, ...change(clause) };
	});
	const { aspects } = streetBase.document;
	return loaded({
		...streetBase.document,
		aspects: aspects.filter(({ key }) => key === first.aspect),
		clauses
	});
};

/** So many occurrences of each clause, at so many sites; `again` of them where it was before. */
const rows = (
	counts: Partial<Record<Code, number>>,
	again: Partial<Record<Code, number>> = {}
): Occurrences[] =>
	Object.entries(counts).map(([clause, occurrences]) => ({
		kind: 'hazard.found',
		attributes: { clause },
		occurrences,
		sites: occurrences - (again[clause as Code] ?? 0),
		again: again[clause as Code] ?? 0
	}));

const drafted = (pack: Pack, happened: Occurrences[]) =>
	Object.fromEntries(
		draftWeights(pack, happened, asOf, begins).clauses.map(({ code, drafted, reason }) => [
			code,
			`${drafted === null ? 'none' : drafted / 100} ${reason}`
		])
	);

describe('next year’s points, drafted from what happened', () => {
	const situations: [string, Parameters<typeof rows>, Record<Code, string>][] = [
		[
			'fewer than thirty occurrences change nothing',
			[{ a: 10, b: 10, c: 9 }],
			{ a: '0.5 few', b: '1 few', c: '2 few', d: '6 few' }
		],
		[
			'as much of each as its weight lets expect: all stays',
			[{ a: 120, b: 60, c: 30, d: 10 }],
			{ a: '0.5 usual', b: '1 usual', c: '2 usual', d: '6 usual' }
		],
		[
			// Loads 60, 400, 40, 60: the mean is 140.
			'one clause is broken most of the time: it rises',
			[{ a: 120, b: 400, c: 20, d: 10 }],
			{ a: '0.5 usual', b: '1.5 often', c: '2 usual', d: '6 usual' }
		],
		[
			// Loads 5, 10, 20, 600: d has 3.8 times the mean of 159.
			'a heavy clause that is broken often rises by a step',
			[{ a: 10, b: 10, c: 10, d: 100 }],
			{ a: '0.5 seldom', b: '1 seldom', c: '2 seldom', d: '6.5 often' }
		],
		[
			'what did not happen stays: it may only not have been looked for',
			[{ a: 100 }],
			{ a: '0.5 usual', b: '1 unseen', c: '2 unseen', d: '6 unseen' }
		],
		[
			'what comes back at the same sites rises by a step more',
			[{ a: 120, b: 60, c: 30, d: 10 }, { c: 10 }],
			{ a: '0.5 usual', b: '1 usual', c: '2.5 usual', d: '6 usual' }
		]
	];
	it.each(situations)('%s', (_, happened, expected) => {
		expect(drafted(four(), rows(...happened))).toEqual(expected);
	});

	it('four times the mean rises by two steps', () => {
		const pack = loaded({
			...packDocument(four()),
			clauses: [1, 2, 3, 4, 5, 6].map((value) => ({
				...packDocument(four()).clauses[0]!,
				code: `x${value}`,
				points: 2,
				matches: [{ kind: 'hazard.found', where: { clause: `x${value}` } }]
			}))
		});
		const happened = [1, 2, 3, 4, 5, 6].map((value) => ({
			...rows({ a: value === 1 ? 100 : 1 })[0]!,
			attributes: { clause: `x${value}` }
		}));
		const { clauses } = draftWeights(pack, happened, asOf, begins);
		// The only step there is, is two points: twice the present is as far as it goes.
		expect(clauses[0]).toMatchObject({ drafted: 400, reason: 'very_often', isLimited: true });
	});

	it('says how much happened under each clause, and of what share', () => {
		const { clauses, occurrences, step } = draftWeights(
			four(),
			rows({ a: 30, b: 10 }, { a: 6 }),
			asOf,
			begins
		);
		expect([occurrences, step]).toEqual([40, 50]);
		expect(clauses[0]).toMatchObject({ occurrences: 30, sites: 24, again: 6, share: 0.75 });
	});

	it('a cap keeps it where it is, and that is said', () => {
		const capped = four((clause) => (clause.code === 'b' ? { cap: 1 } : {}));
		const [, b] = draftWeights(capped, rows({ a: 120, b: 400, c: 20, d: 10 }), asOf, begins).clauses;
		expect(b).toMatchObject({ drafted: 100, reason: 'often', isLimited: true });
	});

	it('where people decide the points, or the clause ends before, nothing is drafted', () => {
		const pack = four((clause) =>
			clause.code === 'b'
				? { points: { min: 0.5, max: 2 } }
				: clause.code === 'c'
					? { valid: { from: '2024-01-01', to: '2026-12-31' } }
					: {}
		);
		expect(drafted(pack, rows({ a: 120, b: 400, c: 20, d: 10 }))).toMatchObject({
			b: 'none range',
			c: 'none ends'
		});
	});

	it('what a pack has no clause for counts nowhere, and a window that lost more than it had counts nothing', () => {
		const foreign = { ...rows({ a: 90 })[0]!, kind: 'meeting.absent' };
		const lost = { ...rows({ a: 90 })[0]!, occurrences: -90, sites: -90 };
		expect(draftWeights(four(), [foreign, lost], asOf, begins).occurrences).toBe(0);
	});
});

const counts = fc.record({
	a: fc.integer({ min: 0, max: 300 }),
	b: fc.integer({ min: 0, max: 300 }),
	c: fc.integer({ min: 0, max: 300 }),
	d: fc.integer({ min: 30, max: 300 })
});

describe('whatever happened', () => {
	it('a draft rises by whole steps, at most two, never beyond twice the present; what is heavier stays so', () => {
		fc.assert(
			fc.property(counts, counts, (happened, again) => {
				const { clauses, step } = draftWeights(four(), rows(happened, again), asOf, begins);
				for (const { points, drafted } of clauses) {
					const steps = (drafted! - points!.min) / step;
					expect(Number.isInteger(steps)).toBe(true);
					expect(steps).toBeGreaterThanOrEqual(0);
					expect(steps).toBeLessThanOrEqual(weightRule.mostSteps);
					expect(drafted!).toBeLessThanOrEqual(weightRule.most * points!.min);
				}
				const inOrder = clauses.map(({ drafted }) => drafted!);
				expect(inOrder).toEqual(inOrder.toSorted((one, other) => one - other));
			})
		);
	});

	it('the more often a clause is broken the more it weighs, everything else being equal', () => {
		fc.assert(
			fc.property(
				counts,
				fc.constantFrom<Code>('a', 'b', 'c', 'd'),
				fc.integer({ min: 1, max: 300 }),
				(happened, code, more) => {
					const of = (times: Record<Code, number>) =>
						draftWeights(four(), rows(times), asOf, begins).clauses.find((one) => one.code === code)!
							.drafted!;
					expect(of({ ...happened, [code]: happened[code] + more })).toBeGreaterThanOrEqual(of(happened));
				}
			)
		);
	});

	it('of two clauses broken as often, the heavier one does not move less in steps', () => {
		fc.assert(
			fc.property(counts, (happened) => {
				const same = { ...happened, b: happened.c };
				const { clauses, step } = draftWeights(four(), rows(same), asOf, begins);
				const [, b, c] = clauses.map(({ drafted, points }) => (drafted! - points!.min) / step);
				expect(c!).toBeGreaterThanOrEqual(b!);
			})
		);
	});
});

const ids = readdirSync(new URL('../../../scoring/packs/', import.meta.url)).map((name) =>
	name.replace(/\.yaml$/, '')
);

describe.each(ids)('a draft of %s', (id) => {
	const pack = shipped(id);
	const happened = pack.clauses.map((clause, index): Occurrences => {
		const where = clause.patterns[0]!.where ?? {};
		const attributes = Object.fromEntries(
			Object.entries(where).map(([name, condition]) => [
				name,
				Array.isArray(condition)
					? condition[0]!
					: condition !== null && typeof condition === 'object'
						? (condition.at_least ?? condition.below! - 1)
						: condition
			])
		);
		const kind = clause.patterns[0]!.kind;
		return { kind, attributes, occurrences: (index * 37) % 90, sites: 20, again: (index * 13) % 40 };
	});
	const draft = draftWeights(pack, happened, asOf, begins);
	const document = draftPack(pack, draft, begins, words);

	it('passes the check of packs, read from its YAML, and every value is a sample', () => {
		const outcome = parsePack(stringify(document));
		if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems, null, 1));
		const { clauses, bands, scales, aspects, decides } = outcome.pack;
		for (const part of [...clauses, ...bands, ...scales, ...aspects, decides, outcome.pack])
			expect(part.isSample).toBe(true);
		expect(outcome.pack).toMatchObject({ id, version: '2027.1', validFrom: begins, published: false });
		expect(outcome.pack.source).toBe(words.source);
	});

	it('reads from identity to clauses, whatever order a database kept', () => {
		const shuffled = Object.fromEntries(Object.entries(pack.document).toReversed()) as PackDocument;
		const outcome = loadPack(shuffled);
		if (!outcome.ok) throw new Error('refused');
		const [first, second, third] = Object.keys(draftPack(outcome.pack, draft, begins, words));
		expect([first, second, third]).toEqual(['format', 'id', 'version']);
	});

	it('has the drafted points and nothing else changed', () => {
		const outcome = loadPack(document);
		if (!outcome.ok) throw new Error('refused');
		const drafted = new Map(draft.clauses.map((clause) => [clause.code, clause]));
		for (const { code, points } of outcome.pack.clauses) {
			const one = drafted.get(code)!;
			expect(points).toEqual(
				one.drafted === null ? one.points : one.points && { min: one.drafted, max: one.drafted }
			);
		}
		expect(outcome.pack.bands.map(({ from, below }) => [from, below])).toEqual(
			pack.bands.map(({ from, below }) => [from, below])
		);
	});
});

it('a draft is a version of its scheme, so a dry run says who would change band', () => {
	const draft = draftWeights(four(), rows({ a: 120, b: 400, c: 20, d: 10 }), asOf, begins);
	const outcome = loadPack(draftPack(four(), draft, '2026-01-01', words));
	if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
	const facts = [1, 2, 3].map((day) => found(`2026-03-0${day}`, { clause: 'b', hazardId: `h${day}` }));
	expect(evaluate(four(), facts, '2026-06-30').balance).toBe(300);
	const { changes } = diff(four(), outcome.pack, new Map([[facts[0]!.subject, facts]]), '2026-06-30');
	expect(changes).toEqual([]);
	expect(evaluate(outcome.pack, facts, '2026-06-30').balance).toBe(450);
});
