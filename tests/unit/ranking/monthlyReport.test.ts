import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { renderReport } from '#lib/document/renderReport.server.ts';
import { loadTranslate, type Locale } from '#lib/messages/index.ts';
import { measureRanking, withIntervals } from '#lib/ranking/measureRanking.ts';
import { monthlyReport } from '#lib/ranking/monthlyReport.ts';
import type { RankingRow } from '#lib/ranking/ranking.ts';
import { drawInline } from '#lib/tally/charts.server.ts';
import { flowsOption, printColours } from '#lib/tally/dashboard/flowsChart.ts';

const folder = mkdtempSync(join(tmpdir(), 'mingcha-report-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function hasPdftotext(): boolean {
	try {
		execFileSync('pdftotext', ['-v'], { stdio: 'ignore' });
		return true;
	} catch {
		return false;
	}
}

const row = (key: string, label: string, found: number, inspections: number): RankingRow => ({
	key,
	label,
	found,
	foundMajor: 1,
	closed: 2,
	inspections,
	sites: inspections,
	open: 3,
	overdue: 1,
	previous: null
});
const frozen = { month: '2026-10-01', on: '2026-11-01', lateFound: 2, lateInspections: 1 };
const period = { from: '2026-10-01', to: '2026-10-31', frozen };
const pace = { found: 33, closed: 6, onSpot: 4, due: 20, inTime: 17, medianDays: 6.5 };

async function reportIn(locale: Locale) {
	const t = await loadTranslate(locale);
	const places = [row('00010001', '示例一社区', 30, 40), row('00010002', '示例二社区', 3, 4)];
	const { rows, prior } = measureRanking(places, 'smoothed');
	const flows = [{ from: '2026-10-01', to: '2026-10-31', found: 33, closed: 6, open: 6, overdue: 2 }];
	const names = {
		found: t('tally.found'),
		closed: t('tally.closed'),
		open: t('tally.open'),
		overdue: '逾期'
	};
	return monthlyReport(t, {
		place: '示例街道',
		isSample: true,
		isAllChance: false,
		communities: { by: 'community', ...period, rows: withIntervals(rows, prior) },
		siteTypes: { by: 'site_type', ...period, rows: [row('restaurant', '餐饮店', 33, 44)] },
		dashboard: {
			...period,
			today: '2026-11-20',
			at: '2026-11-20T06:00:00.000Z',
			flows,
			pace,
			previous: { ...pace, found: 20, due: 0, inTime: 0, medianDays: null },
			register: {
				sites: 100,
				seen: 44,
				inspections: 44,
				withType: 100,
				withDepartment: 90,
				withPosition: 80
			},
			communities: [],
			siteTypes: [],
			severities: [{ key: 'general', found: 32, open: 5, overdue: 1 }],
			causes: [{ key: 'object', found: 20, open: 3, overdue: 1 }],
			items: [{ code: 'GAS-01', text: '燃气间未装可燃气体报警装置', found: 5, sites: 5, again: 1 }]
		},
		names: {
			communities: (key) => key,
			siteTypes: (key) => key,
			severities: () => '一般隐患',
			causes: () => '物的状态'
		},
		chart: drawInline(flowsOption(flows, names, printColours), { widthPixels: 640, heightPixels: 250 })
	});
}

const bytesOf = async (locale: Locale): Promise<Uint8Array> => {
	const made = renderReport(await reportIn(locale));
	if (!made.ok) throw new Error(made.problem.code);
	return made.value;
};

test.skipIf(!hasPdftotext())('the monthly report says what was frozen, and how it must be read', async () => {
	const bytes = await bytesOf('zh-CN');
	const file = join(folder, 'report.pdf');
	writeFileSync(file, bytes);
	const text = execFileSync('pdftotext', ['-raw', file, '-']).toString().replace(/\s/g, '');
	for (const golden of [
		'示例街道安全生产隐患月报',
		'本月检查44家次、44家，新增隐患33条，其中重大1条；销号2条；月末未整改3条，其中逾期1条。',
		'按期整改率85%上期无',
		'示例一社区304075.0',
		'示例二社区（数量少）3475.0',
		'燃气间未装可燃气体报警装置551',
		'数量多可能因为查得多，请同看检查家次。',
		'只排地方和场所，不排检查人员。',
		'概述和两张排名按2026-11-01冻结的全月数字，以后不变。',
		'冻结后补入：隐患2条，检查1家次',
		'生成于2026-11-2014:00',
		// On the chart, as text.
		'新增'
	])
		expect(text).toContain(golden);
	expect(bytes.length).toBeLessThan(200_000);
});

test('made twice it is the same, byte for byte, and it can be had in English', async () => {
	expect(Buffer.from(await bytesOf('zh-CN')).equals(Buffer.from(await bytesOf('zh-CN')))).toBe(true);
	expect((await reportIn('en')).cautions.join(' ')).toContain('never inspectors');
	expect((await bytesOf('en')).length).toBeGreaterThan(5_000);
});
