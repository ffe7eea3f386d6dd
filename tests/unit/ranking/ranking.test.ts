import { describe, expect, test } from 'vitest';
import { perHundred, sortRanking, type RankingRow } from '#lib/ranking/ranking.ts';

const row = (key: string, found: number, inspections: number): RankingRow => ({
	key,
	label: key,
	found,
	foundMajor: 0,
	closed: 0,
	inspections,
	sites: 0,
	open: 0,
	overdue: 0
});
const keys = (rows: RankingRow[]) => rows.map(({ key }) => key);

describe('a ranking', () => {
	const rows = [row('b', 3, 10), row('a', 3, 4), row('unseen', 0, 0), row('c', 9, 90)];

	test('many hazards may only be many checks: per hundred inspections turns the order round', () => {
		expect(keys(sortRanking(rows, 'found', 'descending', 'zh-CN'))).toEqual(['c', 'a', 'b', 'unseen']);
		expect(keys(sortRanking(rows, 'per100', 'descending', 'zh-CN'))).toEqual(['a', 'b', 'c', 'unseen']);
	});
	test('where nobody looked there is no rate, and it stands last either way', () => {
		expect(perHundred(row('x', 0, 0))).toBeNull();
		expect(keys(sortRanking(rows, 'per100', 'ascending', 'zh-CN')).at(-1)).toBe('unseen');
	});
	test('rates have one decimal', () => expect(perHundred(row('x', 20, 17))).toBe(117.6));
});
