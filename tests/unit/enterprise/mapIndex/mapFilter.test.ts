import { describe, expect, test } from 'vitest';
import { unpackEnterprise, type MapEnterprise } from '#lib/enterprise/mapIndex/mapEnterprise.ts';
import {
	boundsFrom,
	filterFrom,
	filterText,
	isFiltered,
	isSearchedFor,
	noFilter,
	toggled,
	type MapFilter
} from '#lib/enterprise/mapIndex/mapFilter.ts';

describe('the address', () => {
	const full: MapFilter = {
		q: '小厨',
		siteTypes: ['restaurant'],
		bands: ['warning', 'none'],
		riskLevels: ['major', 'low'],
		tags: ['gas'],
		departments: ['示例应急办'],
		onlyOpen: true,
		onlyOverdue: true,
		onlyPending: true,
		seen: { from: '2026-10-01', to: '2026-10-31' },
		near: { longitude: 121.01234, latitude: 31, radiusMetres: 500 },
		within: [
			[121, 31],
			[121.1, 31],
			[121.05, 31.1]
		],
		scope: '00010001'
	};
	test('holds every filter and gives it back', () =>
		expect(filterFrom(new URLSearchParams(filterText(full)))).toEqual(full));
	test.each(['never', '2026-10-01..', '..2026-10-31'])('holds when it was last checked: %s', (seen) => {
		const filter = filterFrom(new URLSearchParams({ seen }));
		expect(filter.seen).not.toBeNull();
		expect(filterText(filter)).toBe(new URLSearchParams({ seen }).toString());
	});
	test('says nothing when nothing is filtered, and what it says badly is not heard', () => {
		expect(isFiltered(noFilter)).toBe(false);
		const bad = [
			'band=purple&area=x;drop&open=yes&risk=red&seen=2026-13-45..soon',
			'near=121,31&within=121,31;121.1,31',
			'near=121,31,99999999&within=121,31;121.1,31;x,y',
			`near=121,31,-5&within=${Array(61).fill('121,31').join(';')}`
		];
		for (const text of bad) expect(filterFrom(new URLSearchParams(text))).toEqual(noFilter);
	});
	test('a choice made twice is taken back', () => expect(toggled(toggled(['a'], 'b'), 'b')).toEqual(['a']));
	test('what is in sight is four numbers or nothing', () => {
		expect(boundsFrom('121,31,121.5,31.5')).toEqual([121, 31, 121.5, 31.5]);
		for (const text of [null, '', '1,2,3', '1,2,3,x']) expect(boundsFrom(text)).toBeNull();
	});
});

test('an enterprise is unpacked from its line', () => {
	const line = unpackEnterprise([
		'e1',
		7,
		121,
		31,
		'示例',
		'sl',
		null,
		'restaurant',
		'warning',
		'focus',
		3,
		1,
		'2026-11-20',
		true,
		'0001',
		'示例路1号',
		'major',
		350,
		'预警值',
		'防护网'
	]);
	expect(line).toMatchObject({
		ordinal: 7,
		band: { level: 'warning', name: '预警值' },
		pendingBand: { level: 'focus', name: '防护网' },
		openHazards: 3,
		openMajor: 1,
		isOverdue: true,
		address: '示例路1号',
		riskLevel: 'major',
		points: 350
	});
});

describe('a dot that changed while a search is open', () => {
	const shop = {
		name: '云溪小厨餐饮店',
		address: '示例路1号',
		creditCode: '91000000MA1T00013A',
		initials: 'yxxccyd',
		scope: '000100010001'
	} as MapEnterprise;
	test.each([
		['by a part of the name', { q: '小厨', scope: '' }, true],
		['by pinyin initials, in either case', { q: 'YXXC', scope: '' }, true],
		['by the credit code, typed in lower case', { q: '91000000ma1t', scope: '' }, true],
		['by two words, both of which must be found', { q: '云溪 示例路', scope: '' }, true],
		['not when one word is not found', { q: '云溪 超市', scope: '' }, false],
		['within its community', { q: '', scope: '000100010001' }, true],
		['not within the neighbour community', { q: '', scope: '000100010002' }, false]
	])('%s', (_, filter, expected) => expect(isSearchedFor(shop, filter)).toBe(expected));
	test('one without a credit code is not found by one', () =>
		expect(isSearchedFor({ ...shop, creditCode: null }, { q: '9100', scope: '' })).toBe(false));
});
