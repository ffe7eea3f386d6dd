import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import {
	ledgerCells,
	ledgerHeading,
	ledgerSheet,
	type LedgerLine,
	type LedgerWords
} from '#lib/hazard/ledger/ledger.ts';
import { ledgerCsv } from '#lib/hazard/ledger/ledger.server.ts';
import { loadTranslate } from '#lib/messages/index.ts';

const line: LedgerLine = {
	id: '01890000-0000-7000-8000-000000000001',
	enterpriseName: '示例餐饮店',
	community: '东一社区',
	siteType: 'restaurant',
	part: '燃气间',
	description: '=HYPERLINK("x")，未装可燃气体报警装置',
	severity: 'major',
	cause: 'object',
	legalBasis: '《安全生产法》第三十六条第四款',
	acceptance: null,
	measure: 'deadline',
	deadline: '2026-11-10',
	principal: '钱老板',
	state: 'open',
	isOverdue: true,
	stopped: null,
	funds: null,
	foundOn: '2026-11-03',
	closedOn: null,
	foundBy: '王检查、李检查',
	acceptedBy: '',
	orderNumber: '（示例）安检改〔2026〕1号',
	supervisedBy: null,
	supervisor: null
};
const words: LedgerWords = {
	t: await loadTranslate('zh-CN'),
	siteTypeNames: { restaurant: '餐饮' }
};
/** Cell by heading. */
const read = (of: LedgerLine) => {
	const cells = ledgerCells(of, 1, words);
	return Object.fromEntries(ledgerHeading(words.t).map((name, at) => [name, cells[at]]));
};

test('a line says in words what stands in it, and that it is overdue', () => {
	expect(read(line)).toMatchObject({
		序号: 1,
		单位名称: '示例餐饮店',
		场所类型: '餐饮',
		等级: '重大',
		类型: '物的状态',
		整改措施: '限期整改',
		整改责任人: '钱老板',
		完成情况: '待整改（逾期）',
		验收人: null,
		销号日期: null,
		文书编号: '（示例）安检改〔2026〕1号'
	});
	expect(read({ ...line, stopped: 'production', funds: '两万元，自筹' })).toMatchObject({
		完成情况: '待整改（逾期） · 停产停业中',
		整改资金: '两万元，自筹'
	});
	expect(read({ ...line, state: 'closed', isOverdue: false, acceptedBy: '王检查' })).toMatchObject({
		完成情况: '已销号',
		验收人: '王检查'
	});
});

test('every line has a cell under every heading, in the workbook and in the text', () => {
	const sheet = ledgerSheet([line, line], '2026-11-20', words);
	for (const row of sheet.rows) expect(row).toHaveLength(sheet.columns.length);
	expect(sheet.rows.map(([number]) => number)).toEqual([1, 2]);
});

test('as text it opens as UTF-8, counts on over its parts, and no line is taken for a formula', async () => {
	async function* parts() {
		yield [line, line];
		yield [line];
	}
	let text = '';
	for await (const part of ledgerCsv(parts(), '2026-11-20', words)) text += part;
	expect(text.startsWith('\uFEFF')).toBe(true);
	const rows: string[][] = parse(text, { bom: true, relax_column_count: true, skip_empty_lines: true });
	expect(rows.slice(1, 4).map(([number]) => number)).toEqual(['1', '2', '3']);
	expect(rows[1]![5]).toBe(`'${line.description}`);
	expect(rows.at(-2)![0]).toContain('2026-11-20');
});
