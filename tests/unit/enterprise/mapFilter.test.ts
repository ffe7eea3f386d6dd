import { describe, expect, test } from 'vitest';
import {
	countBands,
	filterFrom,
	filterQuery,
	inBounds,
	matchesFilter,
	noFilter,
	toggled,
	type MapFilter
} from '#lib/enterprise/mapFilter.ts';
import {
	compareByUrgency,
	unpackEnterprise,
	withState,
	type MapEnterprise
} from '#lib/enterprise/mapEnterprise.ts';

/** Names as a scheme has them: what is compared is the level. */
const bands = {
	normal: { level: 'normal', name: '正常' },
	warning: { level: 'warning', name: '预警值' },
	focus: { level: 'focus', name: '防护网' },
	highest: { level: 'highest', name: 'A' }
} as const;
const enterprise = (more: Partial<MapEnterprise> = {}): MapEnterprise => ({
	id: 'e1',
	longitude: 121,
	latitude: 31,
	name: '云溪小厨餐饮店',
	initials: 'yxxccyd',
	creditCode: '91000000MA1T00013A',
	siteType: 'restaurant',
	band: bands.normal,
	pendingBand: null,
	openHazards: 0,
	openMajor: 0,
	lastInspectedOn: '2026-11-01',
	isOverdue: false,
	scope: '00010001',
	address: '示例路1号',
	riskLevel: null,
	points: 0,
	...more
});
const finds = (filter: Partial<MapFilter>, more: Partial<MapEnterprise> = {}) =>
	matchesFilter({ ...noFilter, ...filter })(enterprise(more));

describe('searching', () => {
	test.each([
		['by a part of the name', '小厨', true],
		['by pinyin initials, in either case', 'YXXC', true],
		['by the credit code, typed in lower case', '91000000ma1t', true],
		['by the address', '示例路1', true],
		['by two words, both of which must be found', '云溪 餐饮', true],
		['by two words of which one is not found', '云溪 超市', false],
		['by nothing', '  ', true]
	])('%s', (_, q, expected) => expect(finds({ q })).toBe(expected));

	test('an enterprise without a credit code is not found by one', () =>
		expect(finds({ q: '9100' }, { creditCode: null })).toBe(false));
});

describe('narrowing', () => {
	test('未评估 is a choice of its own, not the mildest band', () => {
		expect(finds({ bands: ['none'] }, { band: null })).toBe(true);
		expect(finds({ bands: ['normal'] }, { band: null })).toBe(false);
	});
	test('several bands add up, different filters cut down', () => {
		expect(finds({ bands: ['normal', 'warning'] }, { band: bands.warning })).toBe(true);
		expect(finds({ bands: ['warning'], onlyOpen: true }, { band: bands.warning })).toBe(false);
	});
	test('a community does not find its neighbour', () => {
		expect(finds({ scope: '00010001' })).toBe(true);
		expect(finds({ scope: '00010002' })).toBe(false);
	});
	test('the legend counts what another band would add', () => {
		const street = [
			enterprise(),
			enterprise({ band: bands.warning, pendingBand: bands.focus }),
			enterprise({ band: null })
		];
		expect(countBands(street, { ...noFilter, bands: ['warning'] })).toEqual({
			highest: 0,
			focus: 0,
			warning: 1,
			normal: 1,
			none: 1,
			pending: 1
		});
	});
	test('what has no position is in no view but in the list', () => {
		const unplaced = enterprise({ longitude: null, latitude: null });
		expect(inBounds(unplaced, [-180, -90, 180, 90])).toBe(false);
		expect(matchesFilter(noFilter)(unplaced)).toBe(true);
	});
});

describe('the address', () => {
	test('holds every filter and gives it back', () => {
		const filter: MapFilter = {
			q: '小厨',
			siteTypes: ['restaurant'],
			bands: ['warning', 'none'],
			onlyOpen: true,
			onlyOverdue: true,
			onlyPending: true,
			scope: '00010001'
		};
		const query = new URLSearchParams(
			Object.entries(filterQuery(filter)).filter((entry): entry is [string, string] => entry[1] !== null)
		);
		expect(filterFrom(query)).toEqual(filter);
	});
	test('says nothing when nothing is filtered, and what it says badly is not heard', () => {
		expect(Object.values(filterQuery(noFilter)).every((value) => value === null)).toBe(true);
		expect(filterFrom(new URLSearchParams('band=purple&area=x;drop&open=yes'))).toEqual(noFilter);
	});
	test('a choice made twice is taken back', () => expect(toggled(toggled(['a'], 'b'), 'b')).toEqual(['a']));
});

describe('an enterprise on the map', () => {
	test('is unpacked from its row and changed by what the stream says', () => {
		const row = unpackEnterprise([
			'e1',
			121,
			31,
			'示例',
			'sl',
			null,
			'restaurant',
			null,
			null,
			0,
			0,
			null,
			false,
			'0001',
			'',
			'major',
			null,
			null,
			null
		]);
		expect(row).toMatchObject({ band: null, riskLevel: 'major', points: null });
		expect(
			withState(row, ['warning', 'focus', 3, 1, '2026-11-20', true, 350, '预警值', '防护网'])
		).toMatchObject({
			name: '示例',
			band: bands.warning,
			pendingBand: bands.focus,
			openHazards: 3,
			openMajor: 1,
			lastInspectedOn: '2026-11-20',
			isOverdue: true,
			points: 350
		});
	});
	test('stands in the list by urgency: major, overdue, band, number', () => {
		const order = [
			enterprise({ id: 'major', openMajor: 1, openHazards: 1 }),
			enterprise({ id: 'overdue', isOverdue: true, openHazards: 1 }),
			enterprise({ id: 'band', band: bands.highest }),
			enterprise({ id: 'many', openHazards: 4 }),
			enterprise({ id: 'few', openHazards: 1 }),
			enterprise({ id: 'unseen', band: null })
		];
		expect(
			order
				.toReversed()
				.toSorted(compareByUrgency)
				.map(({ id }) => id)
		).toEqual(order.map(({ id }) => id));
	});
});
