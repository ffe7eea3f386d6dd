import { describe, expect, test } from 'vitest';
import { filterFrom } from '#lib/enterprise/mapIndex/mapFilter.ts';
import { loadTranslate } from '#lib/messages/index.ts';
import {
	completePercent,
	dashboardFilterFrom,
	dashboardQuery,
	firstCommunities,
	hazardsOf,
	withLine
} from '#lib/tally/dashboard/dashboard.ts';
import { flowsOption, tokenColours } from '#lib/tally/dashboard/flowsChart.ts';
import { briefText } from '#lib/tally/dashboard/briefText.ts';
import { drawInline } from '#lib/tally/charts.server.ts';

const read = (text: string) => dashboardFilterFrom(new URLSearchParams(text));
const written = (query: Record<string, string | null>) =>
	new URLSearchParams(Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== null));

describe('the filter of the dashboard', () => {
	test('goes into an address and comes back', () => {
		const filter = read('area=00010002&type=restaurant,mall&severity=major&cause=behaviour');
		expect(dashboardFilterFrom(written(dashboardQuery(filter)))).toEqual(filter);
	});
	test('is understood by the map', () => {
		const query = written(dashboardQuery(read('area=00010002&type=restaurant,mall')));
		expect(filterFrom(query)).toMatchObject({ scope: '00010002', siteTypes: ['restaurant', 'mall'] });
	});
	test('does not hear what is said badly', () =>
		expect(read("area=x&type=A,b'c&severity=huge&cause=luck")).toEqual(read('')));
	test('takes a line up, and lets it go when it is chosen again', () => {
		for (const [breakdown, key] of [
			['communities', '00010001'],
			['siteTypes', 'mall'],
			['severities', 'major'],
			['causes', 'object']
		] as const) {
			const chosen = withLine(read(''), breakdown, key);
			expect(chosen).not.toEqual(read(''));
			expect(withLine(chosen, breakdown, key)).toEqual(read(''));
		}
	});
	test('opens the rows behind a figure', () =>
		expect(hazardsOf(read('area=0001&severity=major'), { state: 'overdue' })).toBe(
			'/hazards?state=overdue&community=0001&severity=major'
		));
});

test("a city's page lists the first communities, and the chosen one wherever it stands", () => {
	const lines = Array.from({ length: 5_000 }, (_, at) => ({
		key: `0001${String(at).padStart(4, '0')}`,
		found: 5_000 - at,
		open: 1,
		overdue: 0
	}));
	const listed = firstCommunities(lines, read(''));
	expect(listed).toEqual(lines.slice(0, listed.length));
	expect(listed.length).toBeLessThan(100);
	expect(firstCommunities(lines, read('area=00014321'))).toEqual([...listed, lines[4321]]);
	expect(firstCommunities(lines.slice(0, 9), read(''))).toEqual(lines.slice(0, 9));
});

test('a goal of 100 % is reached by all, not by nearly all', () => {
	expect(completePercent(999, 1000)).toBe(99);
	expect(completePercent(1000, 1000)).toBe(100);
	expect(completePercent(0, 0)).toBeNull();
});

test('the picture of the server wears the tokens of the page and says what is what', async () => {
	const t = await loadTranslate('zh-CN');
	const names = { found: t('tally.found'), closed: t('tally.closed'), open: '未整改', overdue: '逾期' };
	const flows = [1, 2, 3].map((found) => ({
		from: `2026-11-0${found}`,
		to: `2026-11-0${found}`,
		found,
		closed: 1,
		open: 5,
		overdue: 1
	}));
	const svg = drawInline(flowsOption(flows, names, tokenColours), { widthPixels: 400, heightPixels: 240 });
	for (const text of ['新增', '销号', '未整改', '逾期', 'var(--success)', 'stroke-dasharray', '11/01'])
		expect(svg).toContain(text);
});

test('the brief names the places where most is overdue, the worst first, and no more than three', async () => {
	const t = await loadTranslate('zh-CN');
	const pace = { found: 9, closed: 4, onSpot: 1, due: 4, inTime: 3, medianDays: 5 };
	const line = (key: string, overdue: number) => ({ key, found: 5, open: 4, overdue });
	const text = briefText(
		t,
		{
			from: '2026-11-01',
			to: '2026-11-20',
			today: '2026-11-20',
			at: '2026-11-20T06:00:00Z',
			flows: [{ from: '2026-11-20', to: '2026-11-20', found: 1, closed: 0, open: 12, overdue: 6 }],
			pace,
			previous: pace,
			register: { sites: 9, seen: 5, inspections: 7, withType: 9, withDepartment: 9, withPosition: 9 },
			communities: [line('a', 1), line('b', 0), line('c', 3), line('d', 1), line('e', 1)],
			siteTypes: [],
			severities: [],
			causes: [],
			items: []
		},
		(key) => `${key}社区`
	);
	expect(text).toBe(
		'2026-11-01 至 2026-11-20，检查 7 家次，新增隐患 9 条，销号 4 条；期末未整改 12 条，其中逾期 6 条。按期整改率 75%。' +
			'逾期较多的社区：c社区 3 条、a社区 1 条、d社区 1 条，请抓紧督促整改。'
	);
});
