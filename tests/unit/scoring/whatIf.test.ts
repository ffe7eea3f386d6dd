import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate, whatIf } from '#scoring';
import { anyDay, anyFacts, anyPack } from './anyPack.ts';
import { fact, found, ladderDown, loaded, opinion, streetBase } from './packs.ts';

const asOf = '2026-06-30';
const first = found('2026-03-01', { hazardId: 'h1' });
const major = found('2026-03-02', { hazardId: 'h2', severity: 'major' });
const facts = [first, major];

describe('what if, for one account', { timeout: 60_000 }, () => {
	it('nothing were otherwise: nothing changes', () => {
		const { before, after, ...rest } = whatIf(streetBase, facts, [], asOf);
		expect(after).toEqual(before);
		expect(rest).toEqual({ points: 0, pendingPoints: 0, isOtherBand: false, entries: [] });
	});

	it('a hazard were rectified in time: half of its points, and the reduction that does it', () => {
		const rectified = fact('hazard.rectified', '2026-03-10', { hazardId: 'h1', onTime: true });
		const { points, entries, isOtherBand } = whatIf(
			streetBase,
			facts,
			[{ what: 'added', fact: rectified }],
			asOf
		);
		expect([points, isOtherBand]).toEqual([-25, false]);
		expect(entries).toMatchObject([{ fact: rectified.id, before: null, after: { points: -25 } }]);
	});

	it('what waits were confirmed: the band that then stands', () => {
		const { points, pendingPoints, after } = whatIf(
			streetBase,
			facts,
			[{ what: 'confirmed', fact: major.id }],
			asOf
		);
		expect([points, pendingPoints, after.band!.key, after.pendingBand]).toEqual([300, 0, 'warning', null]);
	});

	it('an appeal reversed an entry, even one decided on later the same day', () => {
		const confirmed = fact(
			'decision.confirmed',
			asOf,
			{ entry: major.id },
			{ recordedAt: '2026-07-02T00:00:00Z' }
		);
		const { points, after } = whatIf(
			streetBase,
			[...facts, confirmed],
			[{ what: 'reversed', fact: major.id }],
			asOf
		);
		expect([points, after.balance]).toEqual([-300, 50]);
	});

	it('an entry were reduced, a fact had never been written', () => {
		const { after } = whatIf(
			streetBase,
			facts,
			[
				{ what: 'reduced', fact: major.id, points: 100 },
				{ what: 'withdrawn', fact: first.id }
			],
			asOf
		);
		expect([after.balance, after.entries.length]).toEqual([100, 1]);
	});

	it('points count as worse downwards too', () => {
		const pack = loaded(ladderDown);
		const { points, after } = whatIf(pack, [], [{ what: 'added', fact: opinion('2026-03-01', 4) }], asOf);
		expect([points, after.balance, after.band!.key]).toEqual([400, 800, 'warning']);
	});

	it('a change of a fact that is not there is refused', () => {
		expect(() => whatIf(streetBase, facts, [{ what: 'reversed', fact: 'nowhere' }], asOf)).toThrow(
			'got a change of fact "nowhere", expected one of the account'
		);
	});

	it('for any account: adding facts is evaluating with them', () => {
		const anything = anyPack.chain((pack) => fc.tuple(fc.constant(pack), anyFacts(pack), anyDay, fc.nat(40)));
		fc.assert(
			fc.property(anything, ([pack, all, day, cut]) => {
				const own = all.map((each) => ({ ...each, subject: '示例企业' }));
				const [known, more] = [own.slice(0, cut), own.slice(cut)];
				const changes = more.map((each) => ({ what: 'added' as const, fact: each }));
				const { before, after } = whatIf(pack, known, changes, day);
				expect(before).toEqual(evaluate(pack, known, day));
				expect(after).toEqual(evaluate(pack, own, day));
			})
		);
	});
});
