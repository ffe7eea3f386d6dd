import { describe, expect, test } from 'vitest';
import { readMapping } from '#lib/area/importColumns.ts';
import type { ImportRow, ImportTable } from '#lib/area/importTable.ts';
import { readEnterprises, type EnterpriseImportOptions } from '#lib/enterprise/register/importEnterprises.ts';
import { enterpriseFields } from '#lib/enterprise/register/importFields.ts';
import { nameInitials } from '#lib/enterprise/register/nameInitials.ts';

const dictionary = {
	siteTypes: [
		{ code: 'restaurant', nameZh: '餐饮店', nameEn: 'Restaurant' },
		{ code: 'lodging', nameZh: '旅馆', nameEn: 'Lodging' }
	],
	riskTags: [{ code: 'gas', nameZh: '使用燃气', nameEn: 'Gas' }]
};
const tableOf = (...all: Record<string, string>[]): ImportTable => ({
	format: 'csv',
	columns: [...new Set(all.flatMap((cells) => Object.keys(cells)))],
	rows: all.map((cells, index): ImportRow => ({ line: index + 2, cells, geometry: null }))
});
const attempt = (table: ImportTable, options: Partial<EnterpriseImportOptions> = {}) =>
	readEnterprises(table, { crs: 'wgs84', siteType: 'restaurant', ...dictionary, ...options });
const read = (table: ImportTable, options: Partial<EnterpriseImportOptions> = {}) => {
	const result = attempt(table, options);
	if (!result.ok) throw new Error(JSON.stringify(result.problem));
	return result.value;
};
const diner = { 企业名称: '示例餐饮店', 统一社会信用代码: '91000000MA1T00013A', 经营地址: '示例路1号' };

test('a ledger in Chinese is understood by its headings', () => {
	const { enterprises, faults } = read(
		tableOf({
			序号: '1',
			...diner,
			'经度(°)': '121.001',
			纬度: '31.001',
			场所类型: '旅馆',
			法定代表人: '钱总',
			联系电话: '000-0001',
			风险等级: '橙色',
			行业代码: 'H6110',
			风险标签: '使用燃气'
		})
	);
	expect(faults).toEqual([]);
	expect(enterprises).toEqual([
		{
			line: 2,
			name: '示例餐饮店',
			nameInitials: 'slcyd',
			creditCode: '91000000MA1T00013A',
			address: '示例路1号',
			siteType: 'lodging',
			longitude: 121.001,
			latitude: 31.001,
			crs: 'wgs84',
			riskLevel: 'considerable',
			industryCode: '6110',
			tags: ['gas'],
			principalName: '钱总',
			contactPhone: '000-0001'
		}
	]);
});

test('and in English', () => {
	const { enterprises } = read(
		tableOf({
			Name: 'Sample Diner',
			'Credit Code': '91000000MA1T00013A',
			Address: '1 Sample Rd',
			Lng: '121',
			Lat: '31'
		})
	);
	expect(enterprises[0]).toMatchObject({
		name: 'Sample Diner',
		address: '1 Sample Rd',
		longitude: 121,
		latitude: 31
	});
});

test('columns can be said by hand', () => {
	const mapping = readMapping('name=招牌，address=门牌', enterpriseFields);
	if (!mapping.ok) throw new Error(mapping.problem.code);
	const table = tableOf({ 招牌: '示例店', 名称: '不是这个', 门牌: '一路' });
	const { enterprises } = read(table, { mapping: mapping.value, noCreditCode: '个体户' });
	expect(enterprises[0]).toMatchObject({ name: '示例店', address: '一路', creditCodeAbsence: '个体户' });
	expect(readMapping('nmae=招牌', enterpriseFields)).toMatchObject({
		ok: false,
		problem: { code: 'import.mapping', details: { got: 'nmae' } }
	});
	expect(attempt(table, { mapping: { name: '店名' } })).toMatchObject({
		problem: { code: 'import.columns', details: { column: '店名', got: '招牌、名称、门牌' } }
	});
});

test('a missing column is named together with those that are there', () => {
	expect(attempt(tableOf({ 店: '示例店', 地址: '一路' }))).toMatchObject({
		problem: { code: 'import.columns', details: { column: '企业名称', got: '店、地址' } }
	});
	expect(attempt(tableOf({ ...diner, 经度: '121' }))).toMatchObject({
		problem: { code: 'import.columns', details: { column: '纬度' } }
	});
	expect(readEnterprises(tableOf(diner), { crs: 'wgs84', ...dictionary })).toMatchObject({
		problem: { code: 'import.columns', details: { column: '场所类型' } }
	});
});

describe('a bad line is refused with its reason, and only that line', () => {
	test.each([
		[
			'a mistyped credit code',
			{ 统一社会信用代码: '91000000MA1T00013B' },
			'credit_code',
			'91000000MA1T00013B'
		],
		[
			'a code whose inner check is wrong',
			{ 统一社会信用代码: '91000000MA1T00014X' },
			'credit_code',
			'91000000MA1T00014X'
		],
		['no code and no reason', { 统一社会信用代码: '无' }, 'credit_code_reason', undefined],
		['an unknown kind of site', { 场所类型: '飞机场' }, 'site_type', '飞机场'],
		['a name of one character', { 企业名称: '店' }, 'name', '店'],
		['a position of zeros', { 经度: '0', 纬度: '0' }, 'position_zero', '0,0'],
		['half a position', { 经度: '121.1' }, 'position', '121.1,'],
		['degrees and minutes', { 经度: '121°3′', 纬度: '31°1′' }, 'position', '121°3′,31°1′'],
		['latitude before longitude', { 经度: '31.001', 纬度: '121.001' }, 'position_swapped', '31.001,121.001'],
		['an unknown risk level', { 风险等级: '特大' }, 'risk_level', '特大'],
		['a number used before', { 统一社会信用代码: '91000000MA1T000215' }, 'repeated', '3']
	] as [string, Record<string, string>, string, string | undefined][])('%s', (_, cells, reason, got) => {
		const other = {
			企业名称: '示例酒馆',
			统一社会信用代码: '91000000MA1T000215',
			经度: '121.1',
			纬度: '31.1'
		};
		const third = {
			...other,
			企业名称: '示例面馆',
			统一社会信用代码: '91000000MA1T00013A',
			场所类型: '餐饮店'
		};
		const table = tableOf(third, other, { ...diner, 统一社会信用代码: '', ...cells });
		const { enterprises, faults } = read(
			table,
			reason === 'credit_code_reason' ? {} : { noCreditCode: '未提供' }
		);
		expect(enterprises).toHaveLength(2);
		expect(faults).toEqual([
			{ lines: [4], name: cells.企业名称 ?? '示例餐饮店', reason, ...(got !== undefined && { got }) }
		]);
	});

	test('but latitude before longitude in most lines is a fault of the file', () => {
		const swapped = (name: string) => ({ 名称: name, 经度: '31.001', 纬度: '121.001' });
		const result = attempt(tableOf(swapped('示例店甲'), swapped('示例店乙')), { noCreditCode: '未提供' });
		expect(!result.ok && result.problem).toEqual({ code: 'import.swapped', details: { number: 2 } });
	});
});

test('the numbers of a list count only together with whose list it is', () => {
	const table = tableOf({ 名称: '示例店', 编号: '17' });
	expect(read(table, { noCreditCode: '未提供' }).enterprises[0]).not.toHaveProperty('ref');
	expect(read(table, { noCreditCode: '未提供', source: '示例台账' }).enterprises[0]).toMatchObject({
		ref: '17'
	});
});

test('positions are converted once, at the edge, and the stated system is kept', () => {
	const { enterprises, positions } = read(tableOf({ 名称: '示例店', 经度: '121.2326', 纬度: '31.0298' }), {
		crs: 'gcj02',
		noCreditCode: '未提供'
	});
	expect(positions).toEqual([[121.2326, 31.0298]]);
	expect(enterprises[0]!.crs).toBe('gcj02');
	expect(enterprises[0]!.longitude).toBeCloseTo(121.228, 3);
	expect(enterprises[0]!.latitude).toBeCloseTo(31.0319, 3);
});

test('initials are what people type', () => {
	expect(nameInitials('云溪小厨')).toBe('yxxc');
	expect(nameInitials('7-Eleven便利店')).toBe('7elevenbld');
});
