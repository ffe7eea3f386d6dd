import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	columnsOf,
	compile,
	evaluate,
	factsOfSubject,
	type AccountColumns,
	type Fact,
	type Pack
} from '#scoring';
import { readPack } from '../../../src/commands/score/packFile.ts';
import { anyDay, anyFacts, anyPack } from './anyPack.ts';
import { fact, found, ladderUp, loaded, opinion, streetBase } from './packs.ts';

/** An account as its columns have it. */
const inColumns = (pack: Pack, columns: AccountColumns, subject: number) => ({
	balance: columns.balance[subject]! + 0,
	pendingBalance: columns.pendingBalance[subject]! + 0,
	band: pack.bands[columns.band[subject]!]?.key ?? null,
	pendingBand: pack.bands[columns.pendingBand[subject]!]?.key ?? null,
	evidence: columns.codes.filter(
		(_, bit) => (columns.evidence[subject * columns.words + (bit >>> 5)]! >>> (bit & 31)) & 1
	)
});

const evaluated = (pack: Pack, facts: readonly Fact[], asOf: string, knownAt: string | null) => {
	const { balance, pendingBalance, band, pendingBand, entries } = evaluate(pack, facts, asOf, { knownAt });
	const speaking = new Set(entries.filter(({ counts }) => counts !== 'no').map(({ clause }) => clause));
	return {
		balance: balance + 0,
		pendingBalance: pendingBalance + 0,
		band: band?.key ?? null,
		pendingBand: pendingBand?.key ?? null,
		evidence: [...new Set(pack.clauses.map(({ code }) => code))].filter((code) => speaking.has(code))
	};
};

function expectTheSame(pack: Pack, facts: readonly Fact[], asOf: string, knownAt: string | null) {
	const accounts = compile(pack)(columnsOf(facts), asOf, { knownAt });
	const bySubject = Map.groupBy(facts, ({ subject }) => subject);
	expect(accounts.subjects).toEqual([...bySubject.keys()]);
	accounts.subjects.forEach((subject, place) => {
		expect(inColumns(pack, accounts, place)).toEqual(evaluated(pack, bySubject.get(subject)!, asOf, knownAt));
	});
	return accounts;
}

const knownAt = fc.option(anyDay.map((day) => `${day}T08:00:00Z`));

describe('compile(pack) gives what evaluate gives', { timeout: 60_000 }, () => {
	it('for any pack, any facts and any day, known then or now', () => {
		const anything = anyPack.chain((pack) => fc.tuple(fc.constant(pack), anyFacts(pack), anyDay, knownAt));
		fc.assert(
			fc.property(anything, ([pack, facts, asOf, known]) => {
				expectTheSame(pack, facts, asOf, known);
			}),
			{ numRuns: 150 }
		);
	});

	const shipped = ['street-base', 'jinshan-2019', 'chongming-2020', 'changzhou-2021', 'songjiang-2024'];
	it.each(shipped)('for %s', (name) => {
		const pack = readPack(name);
		fc.assert(
			fc.property(anyFacts(pack), anyDay, knownAt, (facts, asOf, known) => {
				expectTheSame(pack, facts, asOf, known);
			}),
			{ numRuns: 30 }
		);
	});

	it('for entries that are tied to each other in every way', () => {
		const worse = {
			code: '9.9',
			aspect: 'rectification',
			kind: 'aggravation' as const,
			text: '测试',
			share_percent: 70,
			aggravates: { clauses: ['1.1', '1.3'], by: 'hazardId' },
			takes_effect: 'confirmation' as const,
			matches: [{ kind: 'hazard.overdue' }],
			is_sample: true
		};
		const { document } = streetBase;
		const pack = loaded({
			...document,
			clauses: [...document.clauses.filter(({ kind }) => kind !== 'aggravation'), worse]
		});
		const happening = fc.record({
			kind: fc.constantFrom(
				'hazard.found',
				'hazard.found',
				'hazard.rectified',
				'hazard.corrected_on_spot',
				'hazard.overdue'
			),
			severity: fc.constantFrom('general', 'major'),
			hazardId: fc.constantFrom('h1', 'h1', 'h2', null, undefined),
			day: fc.integer({ min: 1, max: 4 }),
			hour: fc.integer({ min: 8, max: 9 }),
			year: fc.constantFrom(2025, 2026, 2026, 2026)
		});
		const facts = fc.array(happening, { minLength: 4, maxLength: 16, size: 'max' }).map((rows) =>
			rows.map(({ kind, severity, hazardId, day, hour, year }, place): Fact => {
				const occurredOn = `${year}-03-0${day}`;
				const data = { severity, onTime: true, ...(hazardId !== undefined && { hazardId }) };
				const recordedAt = `${occurredOn}T0${hour}:00:00Z`;
				return { id: `f${(place * 7) % 17}`, subject: '示例企业', kind, occurredOn, recordedAt, data };
			})
		);
		fc.assert(
			fc.property(facts, fc.constantFrom('2026-03-03', '2026-06-01'), (own, asOf) => {
				expect(expectTheSame(pack, own, asOf, null).generalAccounts).toBe(0);
			}),
			{ numRuns: 300 }
		);
	});

	it('for values that are too many to be part of a shape', () => {
		const facts = Array.from({ length: 6000 }, (_, place) =>
			fact('opinion', '2026-03-01', { points: (1 + (place % 5000)) / 100 }, { subject: `示例${place % 900}` })
		);
		const sized = loaded({
			...ladderUp,
			clauses: [
				{
					...ladderUp.clauses[0]!,
					points: { min: 0.01, max: 10 },
					matches: [{ kind: 'opinion', where: { points: { below: 10 } } }]
				},
				{ ...ladderUp.clauses[1]!, matches: [{ kind: 'opinion', where: { points: { at_least: 20 } } }] }
			]
		});
		const accounts = expectTheSame(sized, facts, '2026-03-01', null);
		expect(accounts.generalAccounts).toBe(0);
	});

	it('for more subjects than one block, some blocks wholly within the cycle and some not', () => {
		const facts = Array.from({ length: 5000 }, (_, place) => {
			const day = place < 3000 ? '2026-03-0' : '2025-03-0';
			return found(`${day}${1 + (place % 9)}`, { severity: place % 3 ? 'general' : 'major' });
		});
		const own = facts.map((each, place) => ({ ...each, subject: `示例${place >>> 1}` }));
		for (const asOf of ['2026-03-04', '2026-03-31', '2027-03-05']) expectTheSame(streetBase, own, asOf, null);
	});

	it('for more clauses than fit into a few numbers of evidence', () => {
		const many = loaded({
			...ladderUp,
			clauses: Array.from({ length: 130 }, (_, place) => ({
				...ladderUp.clauses[0]!,
				code: `${place}`,
				points: 0.5,
				...(place % 7 === 0 && { cap: 1 }),
				matches: [{ kind: `k${place}` }]
			}))
		});
		const facts = Array.from({ length: 130 * 3 }, (_, place) =>
			fact(`k${(place * 31) % 130}`, '2026-03-01', {}, { subject: `示例${place % 11}` })
		);
		expect(expectTheSame(many, facts, '2026-03-31', null).words).toBe(5);
	});
});

describe('compile(pack)', { timeout: 60_000 }, () => {
	it('takes the general path only where an account has a decision or a repeated entry', () => {
		const of = (subject: string) => ({ subject });
		const sealed = { ...found('2026-03-01', { hazardId: 'h1' }), ...of('甲') };
		const facts = [
			sealed,
			{ ...found('2026-03-02', { severity: 'major' }), ...of('甲') },
			{ ...fact('inspection.completed', '2026-03-01'), ...of('乙') },
			{ ...found('2026-03-01', { hazardId: 'h2' }), ...of('丙') },
			{ ...fact('hazard.rectified', '2026-03-05', { hazardId: 'h2', onTime: true }), ...of('丙') },
			{ ...found('2026-03-01'), id: 'wrong', ...of('丁') },
			{ ...fact('decision.reversed', '2026-03-09', { entry: 'wrong' }), ...of('丁') }
		];
		const accounts = expectTheSame(streetBase, facts, '2026-03-31', null);
		expect(accounts.generalAccounts).toBe(1);
	});

	it('opens one account in full, with the facts as they came', () => {
		const facts = [found('2026-03-01', { hazardId: 'h1' }), found('2026-04-01', { severity: 'major' })];
		const columns = columnsOf(facts);
		expect(factsOfSubject(columns, 0).map(({ id, data }) => ({ id, data }))).toEqual(
			facts.map(({ id, data }) => ({ id, data }))
		);
		const accounts = compile(streetBase)(columns, '2026-03-31');
		expect(accounts.open(0)).toEqual(evaluate(streetBase, facts, '2026-03-31', { trace: true }));
	});

	it('refuses what evaluate refuses, in the same words', () => {
		const bad: [Pack, Fact[], string][] = [
			[loaded(ladderUp), [opinion('2026-03-01', 0.005)], '2026-03-31'],
			[loaded(ladderUp), [opinion('2026-03-01', 51)], '2026-03-31'],
			[loaded(ladderUp), [fact('opinion', '2026-03-01')], '2026-03-31'],
			[streetBase, [found('2026-02-30')], '2026-03-31'],
			[streetBase, [{ ...found('2026-02-01'), recordedAt: 'yesterday' }], '2026-03-31'],
			[streetBase, [found('2026-02-01')], '2026-02-29'],
			[streetBase, [fact('decision.confirmed', '2026-02-01')], '2026-03-31']
		];
		for (const [pack, facts, asOf] of bad) {
			const message = messageOf(() => evaluate(pack, facts, asOf));
			expect(message).not.toBeNull();
			expect(messageOf(() => compile(pack)(columnsOf(facts), asOf))).toBe(message);
		}
	});

	it('writes over accounts that are no longer needed, and only over its own', () => {
		const written = anyPack.chain((pack) =>
			fc.tuple(fc.constant(pack), anyFacts(pack), fc.array(anyDay, { minLength: 2, maxLength: 4 }))
		);
		fc.assert(
			fc.property(written, ([pack, facts, days]) => {
				const score = compile(pack);
				const columns = columnsOf(facts);
				let into: AccountColumns | null = null;
				for (const day of days) {
					const fresh = score(columns, day);
					const reused = score(columns, day, { into });
					for (const subject of fresh.subjects.keys()) {
						expect(inColumns(pack, reused, subject)).toEqual(inColumns(pack, fresh, subject));
					}
					into = reused;
				}
			}),
			{ numRuns: 50 }
		);
		const others = compile(streetBase)(columnsOf([found('2026-03-01')]), '2026-03-31');
		expect(() =>
			compile(streetBase)(columnsOf([found('2026-03-01')]), '2026-03-31', { into: others })
		).toThrow('into: got 1 accounts of another compiled pack, expected 1 of this one');
	});

	it('no facts, no accounts', () => {
		expect(compile(streetBase)(columnsOf([]), '2026-03-31').balance).toHaveLength(0);
	});
});

function messageOf(act: () => unknown): string | null {
	try {
		act();
	} catch (error) {
		return (error as Error).message;
	}
	return null;
}
