import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import {
	evaluate,
	loadPack,
	provisional,
	type Account,
	type Fact,
	type Pack,
	type PackDocument
} from '#scoring';
import { ladderUp, loaded, streetBase } from './packs.ts';
import { aggravating } from './tied.ts';

// Many histories are tried; a busy machine may take its time.
vi.setConfig({ testTimeout: 30_000 });

const day = fc
	.integer({ min: Date.UTC(2024, 0, 1) / 86_400_000, max: Date.UTC(2027, 11, 31) / 86_400_000 })
	.map((number) => new Date(number * 86_400_000).toISOString().slice(0, 10));

const hazardId = fc.constantFrom('h1', 'h2', 'h3', 'h4', 'h5');
const severity = fc.constantFrom('general', 'general', 'general', 'major');

const happening = fc.oneof(
	fc.constant({ kind: 'inspection.completed', data: {} }),
	fc.record({
		kind: fc.constant('hazard.found'),
		data: fc.record({ severity, recurrence: fc.boolean(), hazardId })
	}),
	fc.record({ kind: fc.constant('hazard.corrected_on_spot'), data: fc.record({ hazardId }) }),
	fc.record({ kind: fc.constant('hazard.rectified'), data: fc.record({ hazardId, onTime: fc.boolean() }) }),
	fc.record({
		kind: fc.constantFrom('hazard.failed_recheck', 'hazard.overdue'),
		data: fc.record({ hazardId })
	}),
	fc.constant({ kind: 'entry.refused', data: {} }),
	fc.constant({ kind: 'complaint.received', data: {} })
);

const decision = fc.constantFrom(
	'decision.confirmed',
	'decision.appealed',
	'decision.upheld',
	'decision.reduced',
	'decision.reversed'
);

interface Draft {
	on: string;
	recorded: string;
}

const stamped = fc.record({ on: day, recorded: day });

const factAt = ({ on, recorded }: Draft, id: string, kind: string, data: Fact['data']): Fact => ({
	id,
	subject: '示例企业',
	kind,
	occurredOn: on,
	recordedAt: `${recorded}T08:00:00Z`,
	data
});

/** A history: things that happened, and decisions on some of them. */
const history = fc
	.record({
		happenings: fc.array(fc.tuple(stamped, happening), { maxLength: 40 }),
		decisions: fc.array(fc.tuple(stamped, decision, fc.nat(39), fc.integer({ min: 0, max: 300 })), {
			maxLength: 8
		})
	})
	.map(({ happenings, decisions }) => [
		...happenings.map(([at, { kind, data }], i) => factAt(at, `fact-${i}`, kind, data)),
		...decisions.map(([at, kind, target, points], i) =>
			factAt(at, `decision-${i}`, kind, { entry: `fact-${target}`, points: points / 100 })
		)
	]);

/** Order of the result apart, which follows the facts' own. */
const bearing = ({ balance, pendingBalance, band, pendingBand }: Account) => ({
	balance,
	pendingBalance,
	band: band?.key ?? null,
	pendingBand: pendingBand?.key ?? null
});

const packs: [string, Pack][] = [
	['rolling', streetBase],
	['aggravating', loaded(aggravating)],
	...(['calendar_year', 'none', 'first_entry'] as const).map((kind): [string, Pack] => {
		const end = { at_end: '失效' };
		const cycle =
			kind === 'none' ? { kind } : { kind, ...end, ...(kind === 'first_entry' && { months: 12 }) };
		return [kind, loaded({ ...streetBase.document, cycle: cycle as PackDocument['cycle'] })];
	})
];

describe.each(packs)('any history, cycle %s', (cycle, pack) => {
	it('the same facts in any order give the same account', () => {
		const shuffled = history.chain((facts) =>
			fc.tuple(
				fc.constant(facts),
				fc.shuffledSubarray(facts, { minLength: facts.length, maxLength: facts.length })
			)
		);
		fc.assert(
			fc.property(shuffled, day, ([facts, others], asOf) => {
				const account = evaluate(pack, facts, asOf, { trace: true });
				expect(evaluate(pack, others, asOf, { trace: true })).toEqual(account);
			})
		);
	});

	it('the balance is the start and what is in effect, in whole hundredths', () => {
		fc.assert(
			fc.property(history, day, (facts, asOf) => {
				const { balance, entries } = evaluate(pack, facts, asOf);
				const inEffect = entries.filter(({ counts }) => counts === 'effective');
				expect(Number.isSafeInteger(balance)).toBe(true);
				expect(balance).toBe(inEffect.reduce((sum, { points }) => sum + points, pack.start));
				for (const { counts, points } of entries) if (counts === 'no') expect(points).toBe(0);
			})
		);
	});

	it('what happens later, or is known later, changes nothing', () => {
		fc.assert(
			fc.property(history, day, day, (facts, asOf, known) => {
				const knownAt = `${known}T08:00:00Z`;
				const then = facts.filter(
					({ occurredOn, recordedAt }) => occurredOn <= asOf && recordedAt <= knownAt
				);
				expect(evaluate(pack, facts, asOf, { knownAt })).toEqual(evaluate(pack, then, asOf));
			})
		);
	});

	it('an entry reversed, or a fact withdrawn, is as if it had never been', () => {
		fc.assert(
			fc.property(history, fc.nat(39), day, (facts, target, asOf) => {
				const id = `fact-${target}`;
				const without = facts.filter((fact) => fact.id !== id && fact.data.entry !== id);
				const last = { on: asOf, recorded: '2029-12-31' };
				const reversed = [...facts, factAt(last, 'last', 'decision.reversed', { entry: id })];
				const withdrawn = [...facts, factAt(last, 'last', 'fact.withdrawn', { fact: id })];
				// Reversing takes points back; only a withdrawal also takes back that somebody was there.
				const isVisit = facts.some((fact) => fact.id === id && fact.kind === 'inspection.completed');
				if (!isVisit)
					expect(bearing(evaluate(pack, reversed, asOf))).toEqual(bearing(evaluate(pack, without, asOf)));
				expect(bearing(evaluate(pack, withdrawn, asOf))).toEqual(bearing(evaluate(pack, without, asOf)));
			})
		);
	});

	it('caps hold, whatever happened', () => {
		fc.assert(
			fc.property(history, day, (facts, asOf) => {
				const { entries } = evaluate(pack, facts, asOf);
				const inEffect = entries.filter(({ counts }) => counts === 'effective');
				const net = (isMeant: (clause: string) => boolean) =>
					inEffect
						.filter(({ clause }) => isMeant(clause))
						.reduce((sum, { fact, points }) => {
							const relief = inEffect.filter(({ reduces }) => reduces === fact);
							return sum + points + relief.reduce((total, entry) => total + entry.points, 0);
						}, 0);
				expect(net((clause) => clause === '1.1')).toBeLessThanOrEqual(600);
				expect(net((clause) => /^[25]\./.test(clause))).toBeLessThanOrEqual(600);
				for (const entry of inEffect) expect(entry.cut).toBeLessThanOrEqual(entry.nominal);
			})
		);
	});

	it('拟记 is what the account then shows', () => {
		fc.assert(
			fc.property(history, fc.nat(40), day, (facts, cut, asOf) => {
				const [known, draft] = [facts.slice(0, cut), facts.slice(cut)];
				const { points } = provisional(pack, known, draft, asOf);
				const change =
					evaluate(pack, facts, asOf).pendingBalance - evaluate(pack, known, asOf).pendingBalance;
				expect(points).toBe(change);
			})
		);
	});

	it('where a place lies changes nothing (swap test)', () => {
		fc.assert(
			fc.property(history, day, fc.constantFrom('示例社区一', '示例社区二'), (facts, asOf, community) => {
				const moved = facts.map((fact) => ({ ...fact, data: { ...fact.data, community } }));
				expect(evaluate(pack, moved, asOf)).toEqual(evaluate(pack, facts, asOf));
			})
		);
	});

	// From the first entry, an earlier entry moves the cycle and may end later ones sooner: no monotony there.
	const isMonotone = cycle !== 'first_entry';
	if (isMonotone)
		it('one more charge never makes an account better', () => {
			const charge = fc.tuple(stamped, fc.constantFrom('general', 'major'), fc.boolean(), hazardId);
			fc.assert(
				fc.property(history, charge, day, (facts, [at, kind, recurrence, id], asOf) => {
					const added = factAt(at, 'added', 'hazard.found', { severity: kind, recurrence, hazardId: id });
					const [before, after] = [evaluate(pack, facts, asOf), evaluate(pack, [...facts, added], asOf)];
					expect(after.balance).toBeGreaterThanOrEqual(before.balance);
					expect(after.pendingBalance).toBeGreaterThanOrEqual(before.pendingBalance);
					expect(after.band?.rank ?? 0).toBeGreaterThanOrEqual(before.band?.rank ?? 0);
				})
			);
		});

	it('two years after the last thing that happened, nothing counts any more', () => {
		fc.assert(
			fc.property(history, (facts) => {
				const { balance } = evaluate(pack, facts, '2030-01-01');
				if (cycle !== 'none') expect(balance).toBe(0);
			})
		);
	});
});

describe('any ladder', () => {
	const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 6 });

	it('puts every balance into exactly one band, and the distance to the next leads there', () => {
		fc.assert(
			fc.property(cuts, fc.integer({ min: 1, max: 5000 }), (points, balance) => {
				const edges = points.toSorted((a, b) => a - b).map((hundredths) => hundredths / 100);
				const bands = [0, ...edges].map((from, i) => ({
					...ladderUp.bands[0]!,
					key: `band${i}`,
					from,
					below: edges[i] ?? null
				}));
				const pack = loaded({ ...ladderUp, bands });
				const at = (hundredths: number) =>
					evaluate(
						pack,
						[
							factAt({ on: '2026-01-01', recorded: '2026-01-01' }, 'f', 'opinion', {
								points: hundredths / 100
							})
						],
						'2026-01-01'
					);
				const { band, next } = at(balance);
				expect(band!.from! <= balance && balance < (band!.below ?? Infinity)).toBe(true);
				if (!next || balance + next.distance > 5000) return;
				expect(at(balance + next.distance).band!.key).toBe(next.band.key);
				expect(at(balance + next.distance - 1).band!.key).toBe(band!.key);
			})
		);
	});

	it('anything that is not a pack is refused with a reason, and never throws', () => {
		fc.assert(
			fc.property(fc.anything(), (value) => {
				const outcome = loadPack(value);
				expect(outcome.ok || outcome.problems.length > 0).toBe(true);
				expect(outcome.ok).toBe(false);
			})
		);
	});
});
