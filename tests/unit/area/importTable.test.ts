import { describe, expect, test } from 'vitest';
import writeExcel from 'write-excel-file/node';
import { cleanText, readDegrees } from '#lib/area/importText.ts';
import { readImportTable } from '#lib/area/importTable.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
/** 名称,地址⏎示例店,一路 as GB18030. */
const gb18030 = Uint8Array.from([
	0xc3, 0xfb, 0xb3, 0xc6, 0x2c, 0xb5, 0xd8, 0xd6, 0xb7, 0x0a, 0xca, 0xbe, 0xc0, 0xfd, 0xb5, 0xea, 0x2c, 0xd2,
	0xbb, 0xc2, 0xb7
]);

async function read(bytes: Uint8Array, encoding?: 'gb18030') {
	const table = await readImportTable(bytes, encoding);
	if (!table.ok) throw new Error(JSON.stringify(table.problem));
	return table.value;
}
const problemOf = async (bytes: Uint8Array, encoding?: 'gb18030') => {
	const table = await readImportTable(bytes, encoding);
	return table.ok ? null : table.problem;
};

describe('a list is read as people keep it', () => {
	test('CSV with a byte order mark, a title above the headings, and line breaks in cells', async () => {
		const table = await read(
			utf8('\ufeff示例街道企业台账,,\n名称,地址,电话\n"示例\n餐饮店",一路１２号,０５７１\n\n示例酒馆,二路,\n')
		);
		expect(table.columns).toEqual(['名称', '地址', '电话']);
		expect(table.rows).toEqual([
			{ line: 3, geometry: null, cells: { 名称: '示例餐饮店', 地址: '一路12号', 电话: '0571' } },
			{ line: 6, geometry: null, cells: { 名称: '示例酒馆', 地址: '二路' } }
		]);
	});

	test('tabs and semicolons separate too', async () => {
		expect((await read(utf8('名称\t地址\n示例店\t一路'))).rows[0]!.cells).toEqual({
			名称: '示例店',
			地址: '一路'
		});
		expect((await read(utf8('名称;地址\n示例店;一路'))).rows[0]!.cells).toEqual({
			名称: '示例店',
			地址: '一路'
		});
	});

	test('a workbook, whatever its name', async () => {
		const book = await writeExcel([
			[{ value: '名称' }, { value: '经度' }],
			[{ value: '示例店' }, { value: 121.5 }]
		]).toBuffer();
		const table = await read(new Uint8Array(book));
		expect(table.format).toBe('xlsx');
		expect(table.rows).toEqual([{ line: 2, geometry: null, cells: { 名称: '示例店', 经度: '121.5' } }]);
	});

	test('features with their properties, numbered', async () => {
		const feature = { type: 'Feature', id: 7, properties: { 名称: '示例店', 备注: null }, geometry: null };
		const table = await read(utf8(JSON.stringify({ type: 'FeatureCollection', features: [feature] })));
		expect(table.rows).toEqual([{ line: 1, geometry: null, cells: { id: '7', 名称: '示例店' } }]);
	});
});

describe('a file that cannot be read says why', () => {
	test('GB18030 is named, not guessed; stated, it is read', async () => {
		expect(await problemOf(gb18030)).toEqual({ code: 'import.encoding', details: { expected: 'gb18030' } });
		expect((await read(gb18030, 'gb18030')).rows[0]!.cells).toEqual({ 名称: '示例店', 地址: '一路' });
	});

	test('Unicode text of Excel (UTF-16) is named', async () => {
		const utf16 = Uint8Array.from([0xff, 0xfe, ...Buffer.from('名称,地址\n示例店,一路', 'utf16le')]);
		expect(await problemOf(utf16)).toEqual({ code: 'import.encoding', details: { expected: 'utf-16le' } });
	});

	test('what is no text at all', async () => {
		expect((await problemOf(Uint8Array.from([0, 1, 2, 3, 0xff])))?.code).toBe('import.encoding');
		expect((await problemOf(utf8('{"type":"FeatureCollection"')))?.code).toBe('import.unreadable');
		expect((await problemOf(utf8('{"type":"Topology"}')))?.code).toBe('import.unreadable');
		expect(await problemOf(utf8('名称,地址\n"示例店,一路'))).toMatchObject({ code: 'import.unreadable' });
		expect(await problemOf(Uint8Array.from([0x50, 0x4b, 3, 4, 0]))).toMatchObject({
			code: 'import.unreadable'
		});
	});

	test('a list without lines', async () => {
		expect(await problemOf(utf8('名称,地址\n'))).toEqual({ code: 'import.empty' });
		expect(await problemOf(utf8(''))).toEqual({ code: 'import.empty' });
	});
});

test('text is cleaned and names keep their brackets', () => {
	expect(cleanText('  示例　（集团）\r\n有限公司\u200b ')).toBe('示例 （集团）有限公司');
	expect(cleanText('Golden\nGate ＡＢ１２')).toBe('Golden Gate AB12');
});

test('degrees are plain decimals', () => {
	expect(readDegrees(' １２０.５ ')).toBe(120.5);
	expect(readDegrees('120.5°')).toBe(120.5);
	expect(readDegrees('120°30′')).toBeNull();
	expect(readDegrees('')).toBeNull();
});
