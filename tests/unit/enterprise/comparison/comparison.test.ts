import { describe, expect, test } from 'vitest';
import type { BandLevel } from '#lib/enterprise/band.ts';
import {
	byBettering,
	byWorsening,
	changeOf,
	comparisonFilterFrom,
	comparisonQuery,
	daysCompared,
	isAsked,
	sumsOf,
	type Compared,
	type Standing
} from '#lib/enterprise/comparison/comparison.ts';

/** Hundredths under a scheme where points grow with what is wrong. */
const at = (level: BandLevel, points: number, scheme = 'street'): Standing => ({
	level,
	points,
	scheme,
	isMoreWorse: true
});
/** A scheme that takes away from a hundred. */
const left = (level: BandLevel, points: number): Standing => ({
	level,
	points,
	scheme: 'hundred',
	isMoreWorse: false
});

describe('which way an enterprise went between two days', () => {
	test.each<[string, Standing | null, Standing | null, object]>([
		['nobody looked on either day', null, null, { direction: 'same', points: null }],
		['looked at for the first time', null, at('focus', 800), { direction: 'first', steps: 0, points: null }],
		['no scheme speaks of it any more', at('focus', 800), null, { direction: 'lapsed', points: null }],
		[
			'into a band that is supervised more',
			at('normal', 100),
			at('focus', 600),
			{ direction: 'worse', steps: 2, points: 500 }
		],
		[
			'out of it again',
			at('focus', 600),
			at('normal', 100),
			{ direction: 'better', steps: -2, points: -500 }
		],
		[
			'more points within one band',
			at('normal', 100),
			at('normal', 150),
			{ direction: 'worse', steps: 0, points: 50 }
		],
		['fewer', at('normal', 150), at('normal', 100), { direction: 'better', points: -50 }],
		[
			'fewer of the hundred points one has',
			left('normal', 10_000),
			left('normal', 9_500),
			{ direction: 'worse', points: -500, worsening: 500 }
		],
		['as it was', at('normal', 100), at('normal', 100), { direction: 'same', points: 0, worsening: 0 }],
		[
			'other rules, the same band: points say nothing',
			at('normal', 100),
			left('normal', 9_500),
			{ direction: 'same', points: null, isOtherScheme: true }
		],
		[
			'other rules, another band',
			at('normal', 100),
			left('warning', 9_000),
			{ direction: 'worse', points: null, isOtherScheme: true }
		],
		[
			'the band says it, whatever the points do',
			at('normal', 300),
			at('warning', 200),
			{ direction: 'worse', points: -100 }
		]
	])('%s', (_, before, after, expected) => expect(changeOf(before, after)).toMatchObject(expected));
});

const compared = (ordinal: number, before: Standing | null, after: Standing | null): Compared => ({
	ordinal,
	before,
	after,
	change: changeOf(before, after)
});
const street = [
	compared(1, at('normal', 100), at('normal', 100)),
	compared(2, at('normal', 100), at('warning', 300)),
	compared(3, at('normal', 100), at('highest', 900)),
	compared(4, at('highest', 900), at('normal', 100)),
	compared(5, at('normal', 100), at('normal', 200)),
	compared(6, at('warning', 300), at('normal', 0)),
	compared(7, null, at('focus', 700)),
	compared(8, null, null)
];
const ordinals = (list: readonly Compared[]) => list.map(({ ordinal }) => ordinal);
const asked = (query: string) => {
	const filter = comparisonFilterFrom(new URLSearchParams(query));
	return ordinals(street.filter((each) => isAsked(each, filter)));
};

describe('the street between two days', () => {
	test('the worst first, or what got better first; nobody is lost', () => {
		expect(ordinals(street.toSorted(byWorsening))).toEqual([3, 2, 5, 7, 6, 4, 1, 8]);
		expect(ordinals(street.toSorted(byBettering))).toEqual([4, 6, 3, 2, 5, 7, 1, 8]);
	});
	test('sums add up to everybody, by direction and by band', () => {
		const { moved, bands } = sumsOf(street);
		expect(moved).toEqual({ worse: 3, better: 2, first: 1, lapsed: 0, same: 2 });
		expect(bands).toMatchObject({ 'normal.normal': 2, 'none.focus': 1, 'none.none': 1, 'highest.normal': 1 });
		expect(Object.values(bands).reduce((sum, count) => sum + count)).toBe(street.length);
	});
	test.each([
		['whatever changed, unless it is asked otherwise', '', [2, 3, 4, 5, 6, 7]],
		['only what went worse', 'moved=worse', [2, 3, 5]],
		['several ways', 'moved=first,better', [4, 6, 7]],
		['what stayed', 'moved=same', [1, 8]],
		['a number of the table shows all that it counts', 'step=normal.normal', [1, 5]],
		['and within it one direction', 'step=normal.normal&moved=worse', [5]],
		['never assessed at all', 'step=none.none', [8]],
		['nonsense asks for nothing', 'moved=sideways&step=normal.purple.x', [2, 3, 4, 5, 6, 7]]
	])('%s', (_, query, expected) => expect(asked(query)).toEqual(expected));
	test('what is asked for is the same again from its address', () => {
		const filter = comparisonFilterFrom(
			new URLSearchParams('moved=worse,first&step=none.focus&order=better')
		);
		const query = new URLSearchParams(comparisonQuery(filter) as Record<string, string>);
		expect(comparisonFilterFrom(query)).toEqual(filter);
	});
});

describe('the two days of an address', () => {
	test.each([
		[null, null, null],
		['2026-05-01', null, null],
		[null, '2026-05-01', ['2026-05-01', '2026-11-22']],
		['2026-06-01', '2026-05-01', ['2026-05-01', '2026-06-01']],
		['2026-05-01', '2026-06-01', ['2026-05-01', '2026-06-01']],
		['2026-05-01', '2026-05-01', ['2026-05-01', '2026-05-01']],
		['2027-01-01', '2026-05-01', ['2026-05-01', '2026-11-22']],
		[null, '2027-01-01', ['2026-11-22', '2026-11-22']]
	])('on %s against %s', (day, against, expected) => {
		const days = daysCompared(day, against, '2026-11-22');
		expect(days && [days.from, days.to]).toEqual(expected);
	});
});
