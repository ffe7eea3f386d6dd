import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { clauseFor, evaluate, type Account, type Fact, type Pack } from '#scoring';
import { anyDay, anyFacts, anyPack } from './anyPack.ts';
import { shipped } from './packs.ts';

// Many histories are tried; a busy machine may take its time.
vi.setConfig({ testTimeout: 30_000 });

const ids = readdirSync(new URL('../../../scoring/packs/', import.meta.url)).map((name) =>
	name.replace(/\.yaml$/, '')
);
const published = fc.constantFrom(...ids.map(shipped));

/** Facts of one account. */
const anyHistory = (pack: Pack): fc.Arbitrary<Fact[]> =>
	anyFacts(pack).map((facts) => facts.map((fact) => ({ ...fact, subject: '示例企业' })));

/** Half the packs as they are shipped, half made up: every cycle, cap, credit, 减免 and 加处. */
const anything = fc
	.oneof(published, anyPack)
	.chain((pack) => fc.tuple(fc.constant(pack), anyHistory(pack), anyDay));

const law = (holds: (pack: Pack, facts: Fact[], asOf: string) => void) =>
	fc.assert(
		fc.property(anything, ([pack, facts, asOf]) => holds(pack, facts, asOf)),
		{ numRuns: 150 }
	);

const within = (pack: Pack, sum: number): number =>
	Math.min(Math.max(sum, pack.floor ?? -Infinity), pack.ceiling ?? Infinity);

const bearing = ({ balance, pendingBalance, band, pendingBand, scales }: Account) => ({
	balance,
	pendingBalance,
	band: band?.key ?? null,
	pendingBand: pendingBand?.key ?? null,
	scales: scales.map((scale) => scale.band?.key ?? null)
});

/** How much worse a balance is than the start. */
const harm = (pack: Pack, balance: number): number =>
	pack.direction === 'up' ? balance - pack.start : pack.start - balance;

const decided = (kind: string, on: string, data: Fact['data']): Fact => ({
	id: 'last',
	subject: '示例企业',
	kind,
	occurredOn: on,
	recordedAt: '2029-12-31T08:00:00Z',
	data
});

describe('for any pack and any history', () => {
	it('the order in which facts come changes nothing', () => {
		law((pack, facts, asOf) => {
			const turned = facts.toReversed();
			const half = [...facts.slice(facts.length / 2), ...facts.slice(0, facts.length / 2)];
			const account = evaluate(pack, facts, asOf, { trace: true });
			expect(evaluate(pack, turned, asOf, { trace: true })).toEqual(account);
			expect(evaluate(pack, half, asOf, { trace: true })).toEqual(account);
		});
	});

	it('the ledger adds up to the balance, in whole hundredths, between floor and ceiling', () => {
		law((pack, facts, asOf) => {
			const { balance, pendingBalance, entries } = evaluate(pack, facts, asOf);
			const inEffect = entries.filter(({ counts }) => counts === 'effective');
			expect(balance).toBe(
				within(
					pack,
					inEffect.reduce((sum, { points }) => sum + points, pack.start)
				)
			);
			expect([balance, pendingBalance].every(Number.isSafeInteger)).toBe(true);
			for (const { counts, points, nominal, added, cut } of entries) {
				expect([points, nominal, added, cut].every(Number.isSafeInteger)).toBe(true);
				expect(added >= 0 && added <= nominal && cut >= 0 && cut <= nominal).toBe(true);
				if (counts === 'no') expect(points).toBe(0);
				else expect(Math.abs(points)).toBeLessThanOrEqual(nominal);
			}
		});
	});

	it('what happens later, or is known later, changes nothing', () => {
		law((pack, facts, asOf) => {
			const knownAt = '2026-01-01T08:00:00Z';
			const then = facts.filter(({ occurredOn, recordedAt }) => occurredOn <= asOf && recordedAt <= knownAt);
			expect(evaluate(pack, facts, asOf, { knownAt })).toEqual(evaluate(pack, then, asOf));
		});
	});

	it('a fact withdrawn is as if it had never been; so is an entry reversed', () => {
		law((pack, facts, asOf) => {
			const target = facts.find(({ kind }) => !/^(decision|fact)\./.test(kind));
			if (!target) return;
			const { id } = target;
			const isOnIt = ({ kind, data }: Fact) => kind !== 'decision.band_confirmed' && data.entry === id;
			const without = facts.filter((fact) => fact.id !== id && !isOnIt(fact));
			const expected = bearing(evaluate(pack, without, asOf));
			const withdrawn = decided('fact.withdrawn', asOf, { fact: id });
			expect(bearing(evaluate(pack, [...facts, withdrawn], asOf))).toEqual(expected);
			if (pack.evaluatedBy.has(target.kind)) return;
			const reversed = decided('decision.reversed', asOf, { entry: id });
			expect(bearing(evaluate(pack, [...facts, reversed], asOf))).toEqual(expected);
		});
	});

	it('where a place lies changes no point, band or measure (swap test)', () => {
		law((pack, facts, asOf) => {
			const moved = facts.map((fact) => ({
				...fact,
				data: { ...fact.data, community: '示例社区二', scope: '/1/2/' }
			}));
			expect(evaluate(pack, moved, asOf)).toEqual(evaluate(pack, facts, asOf));
		});
	});

	it('one more charge never makes an account better, where a cycle does not begin with it', () => {
		law((pack, facts, asOf) => {
			// From the first entry, an earlier one moves the cycle; a new inspection is a new account.
			if (['first_entry', 'per_inspection'].includes(pack.cycle.kind)) return;
			const charge = facts.find((fact) => clauseFor(pack, fact)?.kind === 'charge');
			if (!charge) return;
			const { occurredOn } = facts.at(-1)!;
			const added = { ...charge, id: 'more', occurredOn };
			if (clauseFor(pack, added)?.kind !== 'charge') return;
			const more = [...facts, added];
			const [before, after] = [evaluate(pack, facts, asOf), evaluate(pack, more, asOf)];
			expect(harm(pack, after.balance)).toBeGreaterThanOrEqual(harm(pack, before.balance));
			expect(harm(pack, after.pendingBalance)).toBeGreaterThanOrEqual(harm(pack, before.pendingBalance));
			expect(after.band?.rank ?? 0).toBeGreaterThanOrEqual(before.band?.rank ?? 0);
		});
	});

	it('caps of clause, aspect and pack hold for what remains after reductions', () => {
		law((pack, facts, asOf) => {
			const inEffect = evaluate(pack, facts, asOf).entries.filter(({ counts }) => counts === 'effective');
			const net = (entry: (typeof inEffect)[number]) =>
				inEffect
					.filter(({ reduces }) => reduces === entry.fact)
					.reduce((sum, { points }) => sum + points, entry.points);
			const total = (entries: typeof inEffect) => Math.abs(entries.reduce((sum, one) => sum + net(one), 0));
			const charges = inEffect.filter(({ kind }) => kind === 'charge' || kind === 'aggravation');
			const caps: [number | null, typeof inEffect][] = [
				[pack.cap, charges],
				...pack.aspects.map(({ key, cap }): [number | null, typeof inEffect] => [
					cap,
					charges.filter(({ aspect }) => aspect === key)
				]),
				...pack.clauses
					.filter(({ kind }) => kind !== 'reduction')
					.map(({ code, cap }): [number | null, typeof inEffect] => [
						cap,
						inEffect.filter(({ clause }) => clause === code)
					])
			];
			for (const [cap, entries] of caps) if (cap !== null) expect(total(entries)).toBeLessThanOrEqual(cap);
		});
	});
});
