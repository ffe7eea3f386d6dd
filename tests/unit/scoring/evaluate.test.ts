import { describe, expect, it } from 'vitest';
import { checkFact, evaluate, loadPack, packDocument, provisional, type Fact } from '#scoring';
import { fact, found, ladderDown, ladderUp, loaded, opinion, streetBase } from './packs.ts';

describe('when it was known', () => {
	const early = found('2026-03-01');
	const late = fact(
		'hazard.found',
		'2026-03-02',
		{ severity: 'general' },
		{ recordedAt: '2026-05-01T09:00:00+08:00' }
	);

	it('recomputes a past day with what was known then, and with what is known today', () => {
		const then = evaluate(streetBase, [early, late], '2026-03-31', { knownAt: '2026-03-31T23:59:59+08:00' });
		const today = evaluate(streetBase, [early, late], '2026-03-31');
		expect([then.balance, today.balance]).toEqual([50, 100]);
	});

	it.each(['2026-05-01', '2026-05-01T09:00:00', '1Z', 'nowZ', '2026-05-01T25:00:00Z', ''])(
		'takes no instant from %j',
		(knownAt) => expect(() => evaluate(streetBase, [late], '2026-05-31', { knownAt })).toThrow(/knownAt/)
	);

	it('compares instants, not their text: 09:00+08:00 is 01:00Z', () => {
		const at = (knownAt: string) => evaluate(streetBase, [late], '2026-05-31', { knownAt }).balance;
		expect([at('2026-05-01T00:59:59Z'), at('2026-05-01T01:00:00Z')]).toEqual([0, 50]);
		expect(at('2026-05-01 01:00:00.123+00')).toBe(50);
	});

	it('a withdrawal not yet known leaves the fact in place', () => {
		const withdrawal = fact(
			'fact.withdrawn',
			'2026-03-01',
			{ fact: early.id },
			{ recordedAt: '2026-06-01T00:00:00Z' }
		);
		const on = (knownAt: string | null) =>
			evaluate(streetBase, [early, withdrawal], '2026-03-31', { knownAt }).balance;
		expect([on('2026-05-31T00:00:00Z'), on(null)]).toEqual([50, 0]);
	});
});

describe('the ledger', () => {
	it('names fact, clause, state, days and what a cap took for every point', () => {
		const facts = Array.from({ length: 13 }, () => found('2026-03-01'));
		const { entries } = evaluate(streetBase, facts, '2026-03-31');
		expect(entries[12]).toMatchObject({
			clause: '1.1',
			points: 0,
			nominal: 50,
			cut: 50,
			counts: 'effective'
		});
		expect(entries[0]).toMatchObject({
			fact: facts[0]!.id,
			clause: '1.1',
			points: 50,
			state: 'sealed',
			lastDay: '2027-03-01',
			decidedBy: null
		});
	});

	it('keeps what no longer counts, with the reason', () => {
		const lapsed = found('2024-03-01');
		const reversed = found('2026-03-01');
		const decision = fact('decision.reversed', '2026-03-05', { entry: reversed.id });
		const loose = fact('hazard.rectified', '2026-03-06', { onTime: true, hazardId: 'nobody-knows' });
		const { entries } = evaluate(streetBase, [lapsed, reversed, decision, loose], '2026-03-31');
		expect(entries.map(({ points, counts, silent }) => [points, counts, silent])).toEqual([
			[0, 'no', 'lapsed'],
			[0, 'no', 'reversed'],
			[0, 'no', 'nothing_to_reduce']
		]);
		expect(entries[1]!.decidedBy).toBe(decision.id);
	});

	it('lets a reduction wait with the entry it reduces', () => {
		const facts = [
			found('2026-03-01', { severity: 'major', hazardId: 'm' }),
			fact('hazard.rectified', '2026-03-09', { onTime: true, hazardId: 'm' })
		];
		const account = evaluate(streetBase, facts, '2026-03-31');
		expect([account.balance, account.pendingBalance]).toEqual([0, 150]);
		expect(account.entries.map(({ counts, points }) => [counts, points])).toEqual([
			['pending', 300],
			['pending', -150]
		]);
	});

	it('traces every fact, also those that did nothing', () => {
		const facts = [
			fact('inspection.completed', '2026-03-01'),
			found('2026-03-01'),
			fact('complaint.received', '2026-03-02'),
			found('2026-04-01')
		];
		const { trace } = evaluate(streetBase, facts, '2026-03-31', { trace: true });
		expect(trace!.map(({ outcome, clause }) => [outcome, clause])).toEqual([
			['evaluated', null],
			['entry', '1.1'],
			['no_clause', null],
			['after_as_of', null]
		]);
		expect(evaluate(streetBase, facts, '2026-03-31').trace).toBeNull();
	});
});

describe('decisions', () => {
	const major = found('2026-03-01', { severity: 'major' });
	const decide = (kind: string, day: string, data: Fact['data'] = {}, hour = '12') =>
		fact(kind, day, { entry: major.id, ...data }, { recordedAt: `${day}T${hour}:00:00+08:00` });
	const after = (...decisions: Fact[]) => evaluate(streetBase, [major, ...decisions], '2026-03-31');

	it('the latest of a day stands, by the instant it was recorded', () => {
		const confirmed = decide('decision.confirmed', '2026-03-05', {}, '09');
		const reversed = decide('decision.reversed', '2026-03-05', {}, '15');
		expect(after(reversed, confirmed).balance).toBe(0);
		expect(after(confirmed).balance).toBe(300);
	});

	it('an appeal alone suspends nothing and confirms nothing', () => {
		const appealed = decide('decision.appealed', '2026-03-08');
		expect(after(decide('decision.confirmed', '2026-03-05'), appealed).balance).toBe(300);
		expect(after(appealed)).toMatchObject({ balance: 0, pendingBalance: 300 });
	});

	it('a reduction never gives more than before', () => {
		expect(after(decide('decision.reduced', '2026-03-05', { points: 7 })).balance).toBe(300);
		const twice = [
			decide('decision.reduced', '2026-03-05', { points: 1 }),
			decide('decision.reduced', '2026-03-06', { points: 2 })
		];
		expect(after(...twice).balance).toBe(100);
	});

	it('on an entry that does not exist changes nothing', () => {
		const account = evaluate(
			streetBase,
			[fact('decision.confirmed', '2026-03-01', { entry: 'nobody' })],
			'2026-03-31'
		);
		expect([account.balance, account.band, account.entries]).toEqual([0, null, []]);
	});
});

describe('what is refused', () => {
	const asOf = '2026-03-31';
	const refused: [string, Fact[], string, RegExp][] = [
		[
			'facts of two enterprises',
			[found('2026-03-01'), { ...found('2026-03-01'), subject: '另一家' }],
			asOf,
			/subject 另一家/
		],
		[
			'an id twice',
			[found('2026-03-01', {}), { ...found('2026-03-01'), id: 'x' }, { ...found('2026-03-02'), id: 'x' }],
			asOf,
			/twice/
		],
		['a day that does not exist', [found('2026-02-30')], asOf, /occurredOn: got "2026-02-30"/],
		[
			'an instant without offset',
			[{ ...found('2026-03-01'), recordedAt: '2026-03-01T00:00:00' }],
			asOf,
			/recordedAt/
		],
		[
			'a decision nobody knows',
			[fact('decision.pardoned', '2026-03-01', { entry: 'x' })],
			asOf,
			/decision.pardoned/
		],
		['a decision on nothing', [fact('decision.confirmed', '2026-03-01')], asOf, /no entry/],
		[
			'a reduction to NaN',
			[fact('decision.reduced', '2026-03-01', { entry: 'x', points: Number.NaN })],
			asOf,
			/at most two decimals/
		],
		['asOf that is not a day', [], '2026-3-1', /asOf/]
	];
	it.each(refused)('%s', (_, facts, day, message) => {
		expect(() => evaluate(streetBase, facts, day)).toThrow(message);
	});

	it('points outside a clause’s range, or none: never a silent zero', () => {
		const pack = loaded(ladderUp);
		for (const points of [0, 0.005, 50.01, -1, '3', null]) {
			expect(checkFact(pack, fact('opinion', '2026-03-01', { points }))?.message).toMatch(
				/points: got .* expected 0.01 to 50/
			);
		}
		expect(() => evaluate(pack, [fact('opinion', '2026-03-01')], asOf)).toThrow(/points: got nothing/);
		expect(checkFact(pack, opinion('2026-03-01', 0.01))).toBeNull();
	});
});

describe('拟记 on the phone', () => {
	it('three hazards, one put right on the spot: 1 point', () => {
		const draft = [
			fact('inspection.completed', '2026-03-01'),
			found('2026-03-01', { hazardId: 'a' }),
			found('2026-03-01', { hazardId: 'b' }),
			found('2026-03-01', { hazardId: 'c', measure: 'on_spot' }),
			fact('hazard.corrected_on_spot', '2026-03-01', { hazardId: 'c' })
		];
		const { points, entries, before, after } = provisional(streetBase, [], draft, '2026-03-01');
		expect([points, entries.length, before.band, after.band!.name]).toEqual([100, 4, null, '正常']);
	});

	it('counts what waits for confirmation: the most it can come to', () => {
		const draft = [found('2026-03-01', { severity: 'major' })];
		expect(provisional(streetBase, [], draft, '2026-03-01').points).toBe(300);
	});

	it('knows that a cap is nearly reached', () => {
		const known = Array.from({ length: 11 }, () => found('2026-02-01'));
		const draft = [found('2026-03-01'), found('2026-03-01'), found('2026-03-01')];
		expect(provisional(streetBase, known, draft, '2026-03-01').points).toBe(50);
	});

	it('is negative when a recheck relieves, and positive when a downward account loses', () => {
		const known = [found('2026-02-01', { hazardId: 'h' })];
		const rechecked = [fact('hazard.rectified', '2026-02-10', { hazardId: 'h', onTime: true })];
		expect(provisional(streetBase, known, rechecked, '2026-02-10').points).toBe(-25);
		expect(provisional(loaded(ladderDown), [], [opinion('2026-02-10', 2)], '2026-02-10').points).toBe(200);
	});
});

describe('a pack delivered as JSON', () => {
	it('gives the same account, and the same document again', () => {
		const document: unknown = JSON.parse(JSON.stringify(packDocument(streetBase)));
		const outcome = loadPack(document);
		if (!outcome.ok) throw new Error('refused');
		expect(packDocument(outcome.pack)).toEqual(packDocument(streetBase));
		const facts = [found('2026-03-01'), found('2026-03-02', { severity: 'major' })];
		expect(evaluate(outcome.pack, facts, '2026-03-31')).toEqual(evaluate(streetBase, facts, '2026-03-31'));
	});
});
