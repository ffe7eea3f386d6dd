/** 试算: what an address supposes, and what would become of an account. */
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { parsePack, type Fact, type Pack } from '#scoring';
import {
	supposableClauses,
	supposed,
	suppositionFrom,
	type Supposition
} from '#lib/assessment/account/supposition.ts';

const today = '2026-11-22';
const packs = new Map<string, Pack>();
const shipped = ['chongming-2020', 'jinshan-2019', 'changzhou-2021', 'songjiang-2024', 'street-base'];

beforeAll(async () => {
	for (const id of shipped) {
		const text = await readFile(new URL(`../../../scoring/packs/${id}.yaml`, import.meta.url), 'utf8');
		const outcome = parsePack(text);
		if (!outcome.ok) throw new Error(`${id}: got problems, expected a pack`);
		packs.set(id, outcome.pack);
	}
});

const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const hazard = (n: number, occurredOn: string, data: Fact['data'] = {}): Fact => ({
	id: uuid(n),
	subject: 'site',
	kind: 'hazard.found',
	occurredOn,
	recordedAt: `${occurredOn}T02:00:00Z`,
	data: { hazardId: uuid(n), severity: 'general', ...data }
});
const nothing: Supposition = { day: today, confirmed: [], reversed: [], clause: null, points: null };
const outcomeOf = (pack: string, facts: Fact[], more: Partial<Supposition>) => {
	const outcome = supposed(packs.get(pack)!, facts, { ...nothing, ...more }, today);
	if (!outcome.ok) throw new Error(outcome.problem.code);
	return outcome.value;
};

describe('an address', () => {
	const from = (query: string) => suppositionFrom(new URLSearchParams(query), today);

	test('without a supposition supposes nothing', () => {
		expect(from('page=2')).toBeNull();
	});
	test('supposes what its form says', () => {
		expect(
			from(`suppose=1&day=2027-01-01&reverse=${uuid(1)}&reverse=${uuid(2)}&clause=10.1&points=`)
		).toEqual({
			ok: true,
			value: { day: '2027-01-01', confirmed: [], reversed: [uuid(1), uuid(2)], clause: '10.1', points: null }
		});
	});
	test.each([
		['a day before today', 'day=2026-11-21', 'day'],
		['a day beyond every cycle', 'day=2035-01-01', 'day'],
		['no day at all', 'day=2026-02-30', 'day'],
		['an entry that is none', 'reverse=x', 'reversed'],
		['points that are none', 'points=viel', 'points']
	])('is refused with its field: %s', (_what, query, field) => {
		expect(from(`suppose=1&${query}`)).toMatchObject({ problem: { code: 'request.invalid', path: field } });
	});
});

describe('supposed', () => {
	const facts = () => [hazard(1, '2026-11-01'), hazard(2, '2026-11-10')];

	test('nothing: before and after are the same', () => {
		const { before, after, added, lapsed, measures } = outcomeOf('street-base', facts(), {});
		expect(after).toEqual(before);
		expect([added, lapsed, measures]).toEqual([[], 0, []]);
	});

	test('a far day: what counts today has lapsed', () => {
		const { before, after, lapsed } = outcomeOf('street-base', facts(), { day: '2028-11-22' });
		expect(before.points).toBeGreaterThan(0);
		expect([after.points, lapsed]).toEqual([0, 2]);
	});

	test('an entry reversed counts no more; one that is none of the account is not heard', () => {
		const { before, after } = outcomeOf('street-base', facts(), { reversed: [uuid(1), uuid(9)] });
		expect(after.points).toBe(before.points / 2);
	});

	test('崇明 10.1: half a point more, nothing written', () => {
		const all = [hazard(1, '2026-11-01', { severity: 'general' })];
		const { before, after, added } = outcomeOf('chongming-2020', all, { clause: '10.1' });
		expect(added).toMatchObject([{ clause: '10.1', points: 50 }]);
		expect(after.pendingPoints - before.pendingPoints).toBe(50);
		expect(all).toHaveLength(1);
	});

	test('every clause that is offered, of every shipped scheme, writes an entry of its own code', () => {
		for (const pack of packs.values()) {
			for (const { code, points } of supposableClauses(pack, today)) {
				const wanted = points!.min === points!.max ? null : points!.max / 100;
				const outcome = supposed(pack, [], { ...nothing, clause: code, points: wanted }, today);
				expect([pack.id, code, outcome.ok && outcome.value.added.map(({ clause }) => clause)]).toEqual([
					pack.id,
					code,
					[code]
				]);
			}
		}
	});

	test('points outside of the range, and a clause that is none, are refused', () => {
		const pack = packs.get('jinshan-2019')!;
		expect(supposed(pack, [], { ...nothing, clause: '0.1', points: 2000 }, today)).toMatchObject({
			problem: { path: 'points' }
		});
		expect(supposed(pack, [], { ...nothing, clause: '99.9' }, today)).toMatchObject({
			problem: { path: 'clause' }
		});
	});
});
