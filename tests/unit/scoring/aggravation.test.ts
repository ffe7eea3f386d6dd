import { describe, expect, it } from 'vitest';
import { evaluate, provisional, type Fact } from '#scoring';
import { fact, found, loaded } from './packs.ts';
import { aggravating, perInspection } from './tied.ts';

const pack = loaded(aggravating);
const asOf = '2026-12-31';
const failed = (day: string, hazardId: string) => fact('hazard.failed_recheck', day, { hazardId });

describe('加处 of one entry', () => {
	it('adds its share of the entry with the same hazard, and says which', () => {
		const hazard = found('2026-03-01', { hazardId: 'h' });
		const { balance, entries } = evaluate(pack, [hazard, failed('2026-03-20', 'h')], asOf);
		expect(balance).toBe(75);
		expect(entries[1]).toMatchObject({ clause: '9.1', points: 25, aggravates: hazard.id, reduces: null });
	});

	it('is taken of what the entry gives by itself: on-time rectification of another part does not lower it', () => {
		const facts = [
			found('2026-03-01', { hazardId: 'h' }),
			failed('2026-03-20', 'h'),
			fact('hazard.rectified', '2026-03-25', { hazardId: 'h', onTime: true })
		];
		expect(evaluate(pack, facts, asOf).balance).toBe(50);
	});

	it('adds fixed points where the clause says so', () => {
		const facts = [
			found('2026-03-01', { hazardId: 'h' }),
			fact('hazard.overdue', '2026-03-09', { hazardId: 'h' })
		];
		expect(evaluate(pack, facts, asOf).balance).toBe(75);
	});

	it('of nothing adds nothing, and says so', () => {
		const { balance, entries } = evaluate(pack, [failed('2026-03-20', 'nobody-knows')], asOf);
		expect([balance, entries[0]!.silent]).toEqual([0, 'nothing_to_aggravate']);
	});

	it('waits with the entry, falls with it and ends with it', () => {
		const major = found('2026-03-01', { severity: 'major', hazardId: 'm' });
		const facts = [major, failed('2026-06-20', 'm')];
		expect(evaluate(pack, facts, asOf)).toMatchObject({ balance: 0, pendingBalance: 450 });
		const confirmed = [...facts, fact('decision.confirmed', '2026-03-02', { entry: major.id })];
		expect(evaluate(pack, confirmed, asOf).balance).toBe(450);
		expect(evaluate(pack, confirmed, '2027-03-02').balance).toBe(0);
		const reversed = [...confirmed, fact('decision.reversed', '2026-07-01', { entry: major.id })];
		expect(evaluate(pack, reversed, asOf).balance).toBe(0);
	});

	it('fills the cap of its aspect as a charge does', () => {
		const hazards = Array.from({ length: 8 }, (_, i) =>
			found('2026-03-01', { severity: 'major', hazardId: `m${i}` })
		);
		const facts: Fact[] = hazards.flatMap((hazard, i) => [
			hazard,
			fact('decision.confirmed', '2026-03-02', { entry: hazard.id }),
			failed('2026-03-20', `m${i}`)
		]);
		expect(evaluate(pack, facts, asOf).balance).toBe(8 * 300 + 600);
	});
});

describe('repeated within a cycle', () => {
	it('costs more from the second on, and the ledger says how much', () => {
		const facts = [found('2026-03-01'), found('2026-04-01'), found('2026-05-01')];
		const { balance, entries } = evaluate(pack, facts, asOf);
		expect(balance).toBe(50 + 80 + 80);
		expect(entries.map(({ nominal, added }) => [nominal, added])).toEqual([
			[50, 0],
			[80, 30],
			[80, 30]
		]);
	});

	it('costs a share more where the clause says so', () => {
		const again = { recurrence: true };
		expect(evaluate(pack, [found('2026-03-01', again), found('2026-03-01', again)], asOf).balance).toBe(300);
	});

	it('is no repetition once the earlier entry counts no more, and stays one after it has ended', () => {
		const facts = [found('2025-03-01'), found('2026-03-01')];
		expect(evaluate(pack, facts, '2026-03-02').balance).toBe(80);
		const later = [found('2025-03-01'), found('2026-03-02')];
		expect(evaluate(pack, later, '2026-03-02').balance).toBe(50);
	});

	it('is undone when the earlier entry is reversed', () => {
		const first = found('2026-03-01');
		const facts = [first, found('2026-04-01'), fact('decision.reversed', '2026-05-01', { entry: first.id })];
		expect(evaluate(pack, facts, asOf).balance).toBe(50);
	});

	it('a full waiver waives what repetition added too', () => {
		const facts = [
			found('2026-03-01'),
			found('2026-04-01', { hazardId: 'h' }),
			fact('hazard.corrected_on_spot', '2026-04-01', { hazardId: 'h' })
		];
		expect(evaluate(pack, facts, asOf).balance).toBe(50);
	});

	it('a decision to reduce says what is left of it', () => {
		const second = found('2026-04-01');
		const facts = [
			found('2026-03-01'),
			second,
			fact('decision.reduced', '2026-05-01', { entry: second.id, points: 0.6 })
		];
		expect(evaluate(pack, facts, asOf).balance).toBe(110);
	});
});

describe('every inspection an account of its own', () => {
	const alone = loaded(perInspection);
	const visit = (day: string, inspectionId: string) => fact('inspection.completed', day, { inspectionId });
	const hazard = (day: string, inspectionId: string, hazardId = 'h') =>
		found(day, { inspectionId, hazardId, recurrence: true });

	it('the balance is that of the latest inspection', () => {
		const facts = [
			visit('2026-03-01', 'a'),
			hazard('2026-03-01', 'a'),
			hazard('2026-03-01', 'a'),
			visit('2026-05-01', 'b'),
			hazard('2026-05-01', 'b')
		];
		expect(evaluate(alone, facts, '2026-04-30').balance).toBe(9800);
		const account = evaluate(alone, facts, '2026-05-01');
		expect(account.balance).toBe(9900);
		expect(account.entries.map(({ silent, lastDay }) => [silent, lastDay])).toEqual([
			['lapsed', '2026-04-30'],
			['lapsed', '2026-04-30'],
			[null, null]
		]);
	});

	it('an inspection without findings starts anew', () => {
		const facts = [visit('2026-03-01', 'a'), hazard('2026-03-01', 'a'), visit('2026-03-02', 'b')];
		expect(evaluate(alone, facts, '2026-03-02').balance).toBe(10000);
	});

	it('two inspections of one day: the later one', () => {
		const at = (hour: string) => ({ recordedAt: `2026-03-01T${hour}:00:00+08:00` });
		const facts = [
			fact('inspection.completed', '2026-03-01', { inspectionId: 'b' }, at('15')),
			fact('inspection.completed', '2026-03-01', { inspectionId: 'a' }, at('09')),
			{ ...hazard('2026-03-01', 'a'), ...at('09') }
		];
		expect(evaluate(alone, facts, '2026-03-01').balance).toBe(10000);
	});

	it('what is known late about an earlier inspection does not make it the latest', () => {
		const facts = [visit('2026-03-01', 'a'), visit('2026-04-01', 'b'), hazard('2026-04-02', 'a')];
		expect(evaluate(alone, facts, '2026-04-02').balance).toBe(10000);
	});

	it('a finding that names no inspection is refused, never counted nowhere', () => {
		const loose = found('2026-03-01', { recurrence: true });
		expect(() => evaluate(alone, [loose], '2026-03-01')).toThrow(
			/inspectionId: got nothing, expected the inspection/
		);
	});

	it('a rectification needs no inspection of its own: it follows the entry', () => {
		const facts = [
			visit('2026-03-01', 'a'),
			found('2026-03-01', { inspectionId: 'a', hazardId: 'x' }),
			fact('hazard.rectified', '2026-03-09', { hazardId: 'x', onTime: true })
		];
		expect(evaluate(alone, facts, '2026-03-09').balance).toBe(9975);
	});

	it('拟记 of a new inspection compares with the one before', () => {
		const known = [visit('2026-03-01', 'a'), hazard('2026-03-01', 'a')];
		const draft = [visit('2026-04-01', 'b'), hazard('2026-04-01', 'b'), hazard('2026-04-01', 'b')];
		expect(provisional(alone, known, draft, '2026-04-01').points).toBe(100);
	});
});
