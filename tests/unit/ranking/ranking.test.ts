import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { changePercent, rankingMeasures, rankingQueryFrom, sortRanking } from '#lib/ranking/measure.ts';
import { measureRanking, withIntervals } from '#lib/ranking/measureRanking.ts';
import {
	firstPlaces,
	perHundred,
	rankingColumns,
	rankingKinds,
	type RankingRow
} from '#lib/ranking/ranking.ts';
import { rankingSheet } from '#lib/ranking/rankingSheet.ts';
import { loadTranslate } from '#lib/messages/index.ts';
import { csvOf } from '#lib/ui/sheet.ts';
import { xlsxOf } from '#lib/tally/sheet.server.ts';
import readXlsxFile from 'read-excel-file/node';

const row = (
	key: string,
	found: number,
	inspections: number,
	more: Partial<RankingRow> = {}
): RankingRow => ({
	key,
	label: key,
	found,
	foundMajor: 0,
	closed: 0,
	inspections,
	sites: Math.ceil(inspections / 2),
	open: 0,
	overdue: 0,
	previous: null,
	...more
});
const rows = [row('b', 3, 10), row('a', 3, 4), row('unseen', 0, 0), row('c', 9, 90)];
const ordered = (
	measure: (typeof rankingMeasures)[number],
	direction: 'ascending' | 'descending',
	of = rows
) =>
	sortRanking(measureRanking(of, measure).rows, { key: 'measure', direction }, 'zh-CN').map(({ key }) => key);

describe('a ranking', () => {
	test('a short list has those with the most hazards, in whatever order they come', () => {
		const ranking = { by: 'community', from: '2026-01-01', to: '2026-01-31', frozen: null, rows } as const;
		expect(firstPlaces({ ...ranking, rows }, 3).rows.map(({ key }) => key)).toEqual(['c', 'a', 'b']);
	});
	test('many hazards may only be many checks: per hundred inspections turns the order round', () => {
		expect(ordered('count', 'descending')).toEqual(['c', 'a', 'b', 'unseen']);
		expect(ordered('per_inspection', 'descending')).toEqual(['a', 'b', 'c', 'unseen']);
		expect(ordered('per_site', 'descending')).toEqual(['a', 'b', 'c', 'unseen']);
	});
	test('where nobody looked there is no rate, and it stands last either way', () => {
		expect(perHundred(row('x', 0, 0))).toBeNull();
		for (const measure of ['per_inspection', 'per_site', 'smoothed'] as const)
			expect(ordered(measure, 'ascending').at(-1)).toBe('unseen');
	});
	test('rates have one decimal', () => expect(perHundred(row('x', 20, 17))).toBe(117.6));

	test('smoothed, one unlucky look does not lead', () => {
		const places = [row('once', 2, 1), row('often', 90, 60), row('usual', 30, 60), row('quiet', 8, 60)];
		expect(ordered('per_inspection', 'descending', places)[0]).toBe('once');
		expect(ordered('smoothed', 'descending', places)[0]).toBe('often');
		const { rows: measured, prior } = measureRanking(places, 'smoothed');
		for (const { value, interval } of withIntervals(measured, prior)) {
			expect(interval!.low).toBeLessThan(value!);
			expect(interval!.high).toBeGreaterThan(value!);
		}
	});

	test('where chance explains every difference no place has bounds, and none stands before another', () => {
		const { rows: measured, prior } = measureRanking(
			[row('a', 5, 10), row('b', 6, 10), row('c', 4, 10)],
			'smoothed'
		);
		expect(prior!.variance).toBe(0);
		expect(new Set(measured.map(({ value }) => value)).size).toBe(1);
		expect(withIntervals(measured, prior).every(({ interval }) => interval === null)).toBe(true);
	});

	test('change is against the period before, and has no percentage where there was nothing', () => {
		const grown = row('grown', 12, 20, { previous: { found: 8, inspections: 20, sites: 9 } });
		const fresh = row('fresh', 5, 20, { previous: { found: 0, inspections: 0, sites: 0 } });
		expect(ordered('change', 'descending', [grown, fresh])).toEqual(['fresh', 'grown']);
		expect(changePercent(grown)).toBe(50);
		expect(changePercent(fresh)).toBeNull();
	});

	test.each([
		['count', row('x', 1, 1), false],
		['per_inspection', row('x', 5, 9), true],
		['per_inspection', row('x', 5, 10), false],
		['smoothed', row('x', 5, 9), true],
		['per_site', row('x', 5, 30, { sites: 9 }), true],
		['change', row('x', 9, 30, { previous: { found: 9, inspections: 9, sites: 9 } }), true],
		['change', row('x', 3, 30, { previous: { found: 12, inspections: 9, sites: 9 } }), false]
	] as const)('by %s, little is marked as little', (measure, one, isSmall) => {
		expect(measureRanking([one], measure).rows[0]!.isSmall).toBe(isSmall);
	});

	test('keeps every row once, whatever it is sorted by', () => {
		const anyRow = fc.record({
			found: fc.nat(50),
			inspections: fc.nat(50),
			key: fc.uuid()
		});
		fc.assert(
			fc.property(
				fc.uniqueArray(anyRow, { selector: ({ key }) => key }),
				fc.constantFrom(...rankingMeasures),
				fc.constantFrom('label' as const, 'measure' as const, ...rankingColumns),
				(some, measure, key) => {
					const all = some.map((each) => row(each.key, each.found, each.inspections));
					const { rows: measured } = measureRanking(all, measure);
					const sorted = sortRanking(measured, { key, direction: 'descending' }, 'en');
					expect(sorted.map((each) => each.key).sort()).toEqual(all.map((each) => each.key).sort());
				}
			)
		);
	});
});

test('nobody is ranked: what is ranked are places and kinds of site, and no column is a person’s', () => {
	const persons = /inspector|officer|user|person|worker|member|by_whom|name$/i;
	for (const key of [...rankingKinds, ...rankingColumns, ...rankingMeasures])
		expect(key).not.toMatch(persons);
	expect(rankingKinds).toEqual(['community', 'street', 'site_type']);
});

test('an address that says something badly is as if it did not', () => {
	const read = (text: string) => rankingQueryFrom(new URLSearchParams(text));
	expect(read('')).toEqual({ measure: 'count', sort: { key: 'measure', direction: 'descending' }, area: '' });
	expect(read('measure=quota&sort=inspector&order=up&area=1%25')).toEqual(read(''));
	expect(read('measure=smoothed&sort=open&order=ascending&area=00010002')).toEqual({
		measure: 'smoothed',
		sort: { key: 'open', direction: 'ascending' },
		area: '00010002'
	});
});

describe('saved', () => {
	const saved = async (label: string) => {
		const ranking = {
			by: 'community' as const,
			from: '2026-11-01',
			to: '2026-11-20',
			frozen: null,
			rows: [row('a', 12, 30, { label }), row('b', 3, 30)]
		};
		const { rows: measured, prior } = measureRanking(ranking.rows, 'smoothed');
		return rankingSheet(await loadTranslate('zh-CN'), ranking, withIntervals(measured, prior), 'smoothed');
	};
	test('as CSV it begins with the mark Excel needs, and a name is never a formula', async () => {
		const csv = csvOf(await saved('=HYPERLINK("x"),1'));
		expect(csv.startsWith('\uFEFF名次,社区,修匀后每百家次,区间下限,区间上限,数量少,隐患,')).toBe(true);
		expect(csv).toContain(`"'=HYPERLINK(""x""),1"`);
		expect(csv).toContain('数量多可能因为查得多');
	});
	test('as Excel numbers are numbers and what it means stands underneath', async () => {
		const [sheet] = await readXlsxFile(await xlsxOf([await saved('示例社区')]));
		expect(sheet!.data[1]!.slice(0, 2)).toEqual([1, '示例社区']);
		expect(sheet!.data[1]!.slice(6, 9)).toEqual([12, 0, 30]);
		expect(JSON.stringify(sheet!.data)).toContain('经验贝叶斯');
	});
});
