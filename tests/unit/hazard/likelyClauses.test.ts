import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { likelyClauses } from '#lib/hazard/likelyClauses.ts';
import { citable, parsePack } from '#scoring';

const parsed = parsePack(
	readFileSync(new URL('../../../scoring/packs/chongming-2020.yaml', import.meta.url), 'utf8')
);
if (!parsed.ok) throw new Error('chongming-2020: got problems, expected a pack');
const clauses = citable(parsed.pack, {
	id: 'f',
	subject: 'e',
	kind: 'hazard.found',
	occurredOn: '2026-11-20',
	recordedAt: '2026-11-20T00:00:00Z',
	data: { severity: 'general' }
});
const codes = (words: string, citedBefore?: string[]) =>
	likelyClauses(clauses, words, citedBefore).map(({ code }) => code);

test.each([
	['应急预案缺少卸料环节的现场处置措施', '10.1'],
	['疏散通道堵塞', '15.1'],
	['电工未持证上岗', '4.1'],
	['叉车超期未检验', '13.2'],
	['动火作业未办理审批', '14.1'],
	['出租方未签安全管理协议', '12.1'],
	['设备防护罩缺失', '14.2'],
	['未建立隐患排查台账', '6.1']
])('「%s」 is probably %s', (words, code) => {
	expect(codes(words)[0]).toBe(code);
});

test('what shares no word of its own with any clause is left to the person', () => {
	expect(codes('灭火器压力不足')).toEqual([]);
	expect(codes('')).toEqual([]);
	expect(codes('Gas hose is worn')).toEqual([]);
});

test('what was cited before comes first; it stays a short list', () => {
	expect(codes('灭火器压力不足', ['10.2'])).toEqual(['10.2']);
	expect(codes('叉车超期未检验', ['14.1'])).toEqual(['14.1', '13.2']);
	expect(codes('未建立应急预案、隐患排查制度、安全操作规程、责任制').length).toBeLessThanOrEqual(3);
});
