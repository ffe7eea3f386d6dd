import { describe, expect, test } from 'vitest';
import { inTimePercent } from '#lib/tally/overview.ts';
import { firstMatters, matterHref, type Matter, type MatterKind } from '#lib/tally/matters.ts';
import { monthOf, periodFrom, periodQuery, previousPeriod } from '#lib/tally/period.ts';

const today = '2026-11-22';
const period = (query: string) => periodFrom(new URLSearchParams(query), today);

describe('the period of an address', () => {
	test.each([
		['', 'month', '2026-10-24', today],
		['period=week', 'week', '2026-11-16', today],
		['period=last_month', 'last_month', '2026-10-01', '2026-10-31'],
		['period=year', 'year', '2026-01-01', today],
		['from=2026-03-01&to=2026-03-31', 'custom', '2026-03-01', '2026-03-31'],
		['from=2026-03-31&to=2026-03-01', 'month', '2026-10-24', today],
		['from=1990-01-01&to=2026-01-01', 'month', '2026-10-24', today],
		['from=2026-02-31x&to=2026-03-01', 'month', '2026-10-24', today],
		['period=decade', 'month', '2026-10-24', today]
	])('%j', (query, kind, from, to) => expect(period(query)).toEqual({ kind, from, to }));

	test.each(['', 'period=week', 'period=last_month', 'from=2026-03-01&to=2026-03-31'])(
		'%j goes into links and comes back',
		(query) => {
			const said = Object.entries(periodQuery(period(query))).filter(
				(entry): entry is [string, string] => !!entry[1]
			);
			expect(period(new URLSearchParams(said).toString())).toEqual(period(query));
		}
	);
});

test.each([
	['2026-10-01', '2026-10-31', '2026-10-01'],
	['2024-02-01', '2024-02-29', '2024-02-01'],
	['2026-02-01', '2026-02-27', null],
	['2026-10-01', '2026-11-30', null],
	['2026-10-02', '2026-10-31', null],
	['2025-10-01', '2026-10-31', null]
])('%s to %s is the month %s', (from, to, month) => expect(monthOf({ from, to })).toBe(month));

test('where nothing fell due there is no rate', () => {
	expect(inTimePercent({ due: 0, inTime: 0 })).toBeNull();
	expect(inTimePercent({ due: 3, inTime: 2 })).toBe(67);
});

describe('what needs a leader', () => {
	const matter = (kind: MatterKind, enterpriseId: string): Matter => ({
		kind,
		enterpriseId,
		name: enterpriseId,
		community: null,
		count: 1,
		since: null,
		inspectionId: 'i1',
		supervision: null
	});
	const many = (kind: MatterKind, count: number) =>
		Array.from({ length: count }, (_, i) => matter(kind, `${kind}${i}`));

	test('five lines show each kind, also when one kind alone could fill them', () => {
		const rows = [...many('overdue', 9), ...many('pending', 1), ...many('report', 1)];
		const shown = firstMatters(rows, 5);
		expect(shown.map(({ kind }) => kind)).toEqual(['overdue', 'overdue', 'overdue', 'pending', 'report']);
	});
	test('a line leads to where it can be dealt with', () => {
		expect(matterHref(matter('pending', 'e1'), false)).toBe('/enterprises/e1/account');
		expect(matterHref(matter('report', 'e1'), true)).toBe('/reports#i1');
		expect(matterHref(matter('report', 'e1'), false)).toBe('/enterprises/e1');
	});
});

test.each([
	['2026-11-16', '2026-11-22', '2026-11-09', '2026-11-15'],
	['2026-11-22', '2026-11-22', '2026-11-21', '2026-11-21'],
	['2026-03-01', '2026-03-31', '2026-02-01', '2026-02-28'],
	['2026-01-01', '2026-01-30', '2025-12-02', '2025-12-31']
])('%s to %s is compared with %s to %s', (from, to, before, until) =>
	expect(previousPeriod({ from, to })).toEqual({ from: before, to: until })
);
