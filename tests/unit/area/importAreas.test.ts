import type { Position } from 'geojson';
import { describe, expect, test } from 'vitest';
import { readAreas, type AreaImportOptions } from '#lib/area/importAreas.ts';
import { kinksOf, multiPolygon, readShape } from '#lib/area/importGeometry.ts';
import type { ImportRow, ImportTable } from '#lib/area/importTable.ts';
import { fromWgs84 } from '#lib/spatial/coordinateSystem.ts';

const square = (x: number, y: number, size = 0.01): Position[] => [
	[x, y],
	[x + size, y],
	[x + size, y + size],
	[x, y + size],
	[x, y]
];
const row = (line: number, cells: Record<string, string>, ring?: Position[]): ImportRow => ({
	line,
	cells,
	geometry: ring ? { type: 'Polygon', coordinates: [ring] } : null
});
const tableOf = (...rows: ImportRow[]): ImportTable => ({
	format: 'geojson',
	columns: [...new Set(rows.flatMap(({ cells }) => Object.keys(cells)))],
	rows
});
const read = (table: ImportTable, options: Partial<AreaImportOptions> = {}) => {
	const result = readAreas(table, { crs: 'wgs84', level: 'community', ...options });
	if (!result.ok) throw new Error(JSON.stringify(result.problem));
	return result.value;
};

const north = { 社区: '示例北社区', 街道: '示例街道', 社区编码: 'SL-1', 街道编码: 'SL' };

describe('a file of communities', () => {
	test('finds its columns by the level: 街道编码 is the code of what lies above', () => {
		const { areas } = read(tableOf(row(1, north, square(120, 30))), { codePrefix: '示例-' });
		expect(areas).toMatchObject([
			{
				name: '示例北社区',
				localCode: '示例-SL-1',
				officialCode: null,
				parentName: '示例街道',
				parentCode: '示例-SL'
			}
		]);
	});

	test('several polygons of one community become one', () => {
		const { areas, faults } = read(
			tableOf(
				row(1, north, square(120, 30)),
				row(2, north, square(120.1, 30)),
				row(3, { ...north, 社区: '示例南社区', 社区编码: 'SL-2' }, square(120.2, 30))
			),
			{ codePrefix: '' }
		);
		expect(faults).toEqual([]);
		expect(areas.map(({ name, lines, geometry }) => [name, lines, geometry?.coordinates.length])).toEqual([
			['示例北社区', [1, 2], 2],
			['示例南社区', [3], 1]
		]);
	});

	test('one code for two names is for a person to sort out', () => {
		const { faults } = read(
			tableOf(row(1, north, square(120, 30)), row(2, { ...north, 社区: '示例南社区' }, square(120.2, 30))),
			{ codePrefix: '' }
		);
		expect(faults).toEqual([{ lines: [2], name: '示例南社区', reason: 'repeated', got: 'SL-1 = 1' }]);
	});

	test('keeps official codes, and makes none up', () => {
		const official = { 社区: '示例北社区', 社区编码: '990101001001', 街道编码: '990101001000' };
		expect(read(tableOf(row(1, official))).areas[0]).toMatchObject({
			officialCode: '990101001001',
			parentCode: '990101001',
			localCode: null
		});
		const { faults } = read(tableOf(row(1, north)));
		expect(faults).toEqual([{ lines: [1], name: '示例北社区', reason: 'code_prefix', got: 'SL-1' }]);
	});

	test('loads parents first when levels are mixed', () => {
		const mixed = tableOf(
			row(1, { 名称: '示例北社区', 级别: '社区', 上级名称: '示例街道' }),
			row(2, { 名称: '示例街道', 级别: '街道' })
		);
		const result = readAreas(mixed, { crs: 'wgs84' });
		expect(result.ok && result.value.areas.map(({ name }) => name)).toEqual(['示例街道', '示例北社区']);
	});

	test('without a level, says which column is missing and what is there', () => {
		const result = readAreas(tableOf(row(1, { 名称: '示例北社区' })), { crs: 'wgs84' });
		expect(result).toEqual({
			ok: false,
			problem: { code: 'import.columns', details: { column: '级别', got: '名称' }, path: 'level' }
		});
	});
});

describe('a boundary', () => {
	test('arrives in WGS-84 from the system that was stated', () => {
		const moved = square(120, 30).map((position) => fromWgs84(position as [number, number], 'bd09'));
		const { areas } = read(tableOf(row(1, { 社区: '示例北社区' }, moved)), { crs: 'bd09' });
		const [longitude, latitude] = areas[0]!.geometry!.coordinates[0]![0]![0]!;
		expect(longitude).toBeCloseTo(120, 6);
		expect(latitude).toBeCloseTo(30, 6);
	});

	test('with latitude before longitude refuses the whole file', () => {
		const swapped = square(120, 30).map(([x, y]) => [y!, x!]);
		const result = readAreas(tableOf(row(1, { 社区: '示例北社区' }, swapped)), {
			crs: 'wgs84',
			level: 'community'
		});
		expect(!result.ok && result.problem).toEqual({ code: 'import.swapped', details: { number: 1 } });
	});

	test.each([
		['a point', { type: 'Point', coordinates: [120, 30] }, 'Point'],
		['three corners', { type: 'Polygon', coordinates: [square(120, 30).slice(0, 3)] }, '3 positions'],
		['an open ring', { type: 'Polygon', coordinates: [square(120, 30).slice(0, 4)] }, '120,30.01 ≠ 120,30'],
		[
			'no numbers',
			{ type: 'Polygon', coordinates: [[...square(120, 30).slice(0, 4), [null, 30]]] },
			'[null,30]'
		],
		['off the earth', { type: 'Polygon', coordinates: [square(500, 30)] }, '500,30']
	])('that is %s is refused by name', (_, geometry, got) => {
		expect(readShape(geometry as never, 'wgs84')).toMatchObject({ ok: false, got });
	});

	test('that crosses itself is named with the place', () => {
		const bow: Position[] = [
			[120, 30],
			[120.02, 30.02],
			[120.02, 30],
			[120, 30.02],
			[120, 30]
		];
		expect(kinksOf(multiPolygon([[bow]]))).toContain('120.010000,30.010000');
		expect(kinksOf(multiPolygon([[square(120, 30)]]))).toEqual([]);
	});
});
