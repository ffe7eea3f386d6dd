import { shanghaiMinute } from '#lib/calendar.ts';
import type { PrintedReport, PrintedTable } from '#lib/document/renderReport.server.ts';
import type { Translate } from '#lib/messages/index.ts';
import { completePercent, type Dashboard } from '#lib/tally/dashboard/dashboard.ts';
import type { LineNames } from '#lib/tally/dashboard/dashboardSheets.ts';
import { inTimePercent } from '#lib/tally/overview.ts';
import { intervalPercent, type MeasuredRow } from './measure.ts';
import { perHundred, type Ranking, type RankingRow } from './ranking.ts';

/** A month as it was frozen, and what of it is counted anew each time: development, causes, items, pace. */
export interface MonthlyReportContent {
	place: string;
	isSample: boolean;
	/** Smoothed, so that each row has its interval; by count, the most first. */
	communities: Ranking & { rows: MeasuredRow[] };
	siteTypes: Ranking;
	dashboard: Dashboard;
	names: LineNames;
	/** Chance explains every difference between the communities. */
	isAllChance: boolean;
	/** Drawn with colours of its own. */
	chart: string;
}

const mostRows = 15;
const dash = '—';
const oneDecimal = (value: number | null): string => (value === null ? dash : value.toFixed(1));
const sumOf = (
	rows: readonly RankingRow[],
	figure: 'found' | 'foundMajor' | 'closed' | 'inspections' | 'sites' | 'open' | 'overdue'
) => rows.reduce((sum, row) => sum + row[figure], 0);

/** The report as it is printed. Many found may mean that many looked: every ranking has its checks and its interval beside it. */
export function monthlyReport(t: Translate, content: MonthlyReportContent): PrintedReport {
	const { communities, siteTypes, dashboard } = content;
	const { frozen } = communities;
	const { pace, previous, register } = dashboard;
	// Kinds of site add up to everything, also to what lies in no community.
	const all = siteTypes.rows;
	const month = communities.from.slice(0, 7);
	const percent = inTimePercent(pace);
	const figures = {
		found: sumOf(all, 'found'),
		major: sumOf(all, 'foundMajor'),
		closed: sumOf(all, 'closed'),
		inspections: sumOf(all, 'inspections'),
		open: sumOf(all, 'open'),
		overdue: sumOf(all, 'overdue')
	};
	const before = (value: string | number | null) =>
		value === null ? t('dashboard.before_none') : t('dashboard.before', { value });
	const percentBefore = inTimePercent(previous);
	return {
		title: t('dashboard.monthly.title', { place: content.place }),
		subtitle: t('dashboard.monthly.month', { month }),
		isSample: content.isSample,
		summary: t('dashboard.monthly.summary', { ...figures, sites: sumOf(all, 'sites') }),
		figures: [
			{ label: t('tally.found'), value: String(figures.found), note: before(previous.found) },
			{ label: t('tally.closed'), value: String(figures.closed), note: before(previous.closed) },
			{
				label: t('tally.in_time'),
				value: percent === null ? dash : `${percent}%`,
				note: before(percentBefore === null ? null : `${percentBefore}%`)
			},
			{
				label: t('dashboard.open_at_end'),
				value: String(figures.open),
				note: t('dashboard.of_them_overdue', { overdue: figures.overdue })
			},
			{
				label: t('dashboard.median_days'),
				value: oneDecimal(pace.medianDays),
				note: before(previous.medianDays === null ? null : oneDecimal(previous.medianDays))
			},
			{
				label: t('dashboard.coverage'),
				value: `${completePercent(register.seen, register.sites) ?? dash}%`,
				note: t('dashboard.coverage_note', { seen: register.seen, sites: register.sites })
			}
		],
		chart: { svg: content.chart, title: t('tally.flows'), note: t('dashboard.flows_meaning') },
		tables: [
			communityTable(t, communities),
			siteTypeTable(t, siteTypes),
			causeTable(t, content),
			itemTable(t, dashboard)
		],
		cautions: [
			t('tally.caution'),
			t('ranking.no_people'),
			t('dashboard.monthly.smoothed', { percent: intervalPercent }),
			...(content.isAllChance ? [t('ranking.all_chance')] : []),
			...(frozen ? [t('dashboard.monthly.frozen', { on: frozen.on })] : []),
			...(frozen && frozen.lateFound + frozen.lateInspections > 0
				? [t('ranking.late', { found: frozen.lateFound, inspections: frozen.lateInspections })]
				: []),
			t('dashboard.monthly.counted_anew')
		],
		madeOn: t('dashboard.monthly.made_on', { time: shanghaiMinute(dashboard.at) })
	};
}

function communityTable(t: Translate, { rows }: { rows: readonly MeasuredRow[] }): PrintedTable {
	return {
		title: t('ranking.community'),
		columns: [
			t('ranking.column.label.community'),
			t('ranking.column.found'),
			t('ranking.column.inspections'),
			t('ranking.column.per100'),
			t('ranking.measure.smoothed'),
			t('dashboard.monthly.interval'),
			t('ranking.column.open'),
			t('ranking.column.overdue')
		],
		rows: rows
			.slice(0, mostRows)
			.map((row) => [
				row.isSmall ? `${row.label}（${t('ranking.small')}）` : row.label,
				String(row.found),
				String(row.inspections),
				oneDecimal(perHundred(row)),
				oneDecimal(row.value),
				row.interval ? `${row.interval.low.toFixed(1)}–${row.interval.high.toFixed(1)}` : dash,
				String(row.open),
				String(row.overdue)
			]),
		note: rows.length > mostRows ? t('dashboard.monthly.first', { most: mostRows, all: rows.length }) : null
	};
}

function siteTypeTable(t: Translate, { rows }: Ranking): PrintedTable {
	return {
		title: t('ranking.site_type'),
		columns: [
			t('ranking.column.label.site_type'),
			t('ranking.column.found'),
			t('ranking.column.inspections'),
			t('ranking.column.per100'),
			t('ranking.column.open'),
			t('ranking.column.overdue')
		],
		rows: rows
			.slice(0, mostRows)
			.map((row) => [
				row.label,
				String(row.found),
				String(row.inspections),
				oneDecimal(perHundred(row)),
				String(row.open),
				String(row.overdue)
			]),
		note: rows.length > mostRows ? t('dashboard.monthly.first', { most: mostRows, all: rows.length }) : null
	};
}

function causeTable(t: Translate, { dashboard, names }: MonthlyReportContent): PrintedTable {
	const lines = (['causes', 'severities'] as const).flatMap((breakdown) =>
		dashboard[breakdown].map(({ key, found, open, overdue }) => [
			names[breakdown](key),
			String(found),
			String(open),
			String(overdue)
		])
	);
	return {
		title: t('dashboard.monthly.causes'),
		columns: [t('dashboard.by.causes'), t('tally.found'), t('tally.open'), t('ranking.column.overdue')],
		rows: lines,
		note: null
	};
}

function itemTable(t: Translate, { items }: Dashboard): PrintedTable {
	return {
		title: t('dashboard.items'),
		columns: [
			t('dashboard.item'),
			t('dashboard.item.found'),
			t('dashboard.item.sites'),
			t('dashboard.item.again')
		],
		rows: items.map(({ text, code, found, sites, again }) => [
			text ?? code,
			String(found),
			String(sites),
			String(again)
		]),
		note: null
	};
}
