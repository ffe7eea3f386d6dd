import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	proposeReduction,
	reductionRule,
	type RateBesideKind,
	type ReducibleLine
} from '#lib/assessment/account/reduction.ts';

const asOf = '2026-11-22';
const basis = (own: Partial<RateBesideKind['own']> = {}, others: Partial<RateBesideKind['others']> = {}) => ({
	from: '2025-11-01',
	to: '2026-10-31',
	months: 12,
	siteType: 'restaurant',
	own: { checks: 4, general: 1, major: 0, ...own },
	others: { checks: 100, general: 50, major: 0, ...others }
});
const line = (more: Partial<ReducibleLine> = {}): ReducibleLine => ({
	factId: 'f1',
	factKind: 'hazard.found',
	isCharge: true,
	points: 50,
	counts: 'effective',
	decisions: [],
	approvals: [],
	isAppealed: false,
	possible: ['reduced', 'reversed'],
	source: { elsewhere: null, hazard: { severity: 'general' } as never },
	...more
});
const none = new Set<string>();
const left = (record: RateBesideKind | null, lines = [line()], day = asOf) =>
	proposeReduction(record, lines, none, day)?.left ?? null;

describe('a reduction is proposed', () => {
	test.each<[string, RateBesideKind | null, Record<string, number> | null]>([
		['with half the hazards a check that the kind has', basis(), { f1: 25 }],
		['with none at all', basis({ general: 0 }), { f1: 25 }],
		['not above half', basis({ general: 2, checks: 7 }), null],
		['with three checks', basis({ checks: 3, general: 0 }), { f1: 25 }],
		['not with two', basis({ checks: 2, general: 0 }), null],
		['not where a major hazard weighs five', basis({ general: 0, major: 1, checks: 9 }), null],
		['not where the kind has no hazards either', basis({ general: 0 }, { general: 0 }), null],
		['not where hardly anybody of the kind was checked', basis({}, { checks: 9, general: 9 }), null],
		['not where nothing is frozen', null, null]
	])('%s', (_, record, expected) => expect(left(record)).toEqual(expected));

	test('not from numbers that are two months old', () => {
		expect(left(basis(), [line()], '2027-01-01')).toEqual({ f1: 25 });
		expect(left(basis(), [line()], '2027-01-02')).toBeNull();
	});

	test.each<[string, Partial<ReducibleLine>]>([
		['major hazards', { source: { elsewhere: null, hazard: { severity: 'major' } as never } }],
		['what lapsed', { counts: 'no' }],
		['what somebody decided on', { decisions: [{} as never] }],
		['what somebody has begun to decide on', { approvals: [{} as never] }],
		['what the enterprise has objected to', { isAppealed: true }],
		['penalties', { factKind: 'penalty.imposed' }],
		['what happened at another enterprise', { source: { elsewhere: { id: 'x', name: 'x' }, hazard: null } }],
		['what may not be reduced', { possible: ['confirmed', 'reversed'] }],
		['credits', { isCharge: false }]
	])('never for %s', (_, more) => expect(left(basis(), [line(more)])).toBeNull());

	test('never for a recurrence', () => {
		const lines = [line(), line({ factId: 'f2' })];
		expect(proposeReduction(basis(), lines, new Set(['f1']), asOf)?.left).toEqual({ f2: 25 });
	});

	test('for points that count downwards, and halves that do not come out, in the site’s favour', () => {
		expect(left(basis(), [line({ points: -75 })])).toEqual({ f1: 37 });
	});
});

test('more hazards of its own never bring a proposal about, more of its kind never take it away', () => {
	const record = fc.record({
		checks: fc.integer({ min: 0, max: 20 }),
		general: fc.integer({ min: 0, max: 40 }),
		major: fc.integer({ min: 0, max: 3 })
	});
	fc.assert(
		fc.property(record, record, fc.integer({ min: 1, max: 9 }), (own, others, more) => {
			const isProposed = (one: RateBesideKind) => left(one) !== null;
			if (!isProposed(basis(own, others)))
				expect(isProposed(basis({ ...own, general: own.general + more }, others))).toBe(false);
			else expect(isProposed(basis(own, { ...others, general: others.general + more }))).toBe(true);
		})
	);
	expect(reductionRule.mostShare).toBe(0.5);
});
