import type { Translate } from '#lib/messages/index.ts';
import type { Sheet } from '#lib/ui/sheet.ts';
import { inTimePercent } from '../overview.ts';
import { breakdowns, type Breakdown, type Dashboard } from './dashboard.ts';

/** What the keys of a breakdown are called. */
export type LineNames = Record<Breakdown, (key: string) => string>;

/** The dashboard as sheets of a workbook; the first one is the development over time. */
export function dashboardSheets(t: Translate, dashboard: Dashboard, names: LineNames): [Sheet, ...Sheet[]] {
	const notes = [t('tally.period.range', { from: dashboard.from, to: dashboard.to }), t('tally.caution')];
	const { pace, previous, register } = dashboard;
	const flows: Sheet = {
		name: t('tally.flows'),
		columns: [
			t('tally.period.from'),
			t('tally.period.to'),
			t('tally.found'),
			t('tally.closed'),
			t('dashboard.open_at_end'),
			t('dashboard.overdue_at_end')
		],
		rows: dashboard.flows.map(({ from, to, found, closed, open, overdue }) => [
			from,
			to,
			found,
			closed,
			open,
			overdue
		]),
		notes
	};
	const figures: Sheet = {
		name: t('tally.figures'),
		columns: [t('dashboard.figure'), t('dashboard.this_period'), t('dashboard.period_before')],
		rows: [
			[t('tally.found'), pace.found, previous.found],
			[t('tally.closed'), pace.closed, previous.closed],
			[t('dashboard.on_spot'), pace.onSpot, previous.onSpot],
			[`${t('tally.in_time')} %`, inTimePercent(pace), inTimePercent(previous)],
			[`${t('dashboard.median_days')} (${t('dashboard.unit.days')})`, pace.medianDays, previous.medianDays],
			[t('ranking.column.inspections'), register.inspections, null],
			[t('ranking.column.sites'), register.seen, null],
			[t('dashboard.sites'), register.sites, null],
			[t('dashboard.goal.type'), register.withType, null],
			[t('dashboard.goal.department'), register.withDepartment, null],
			[t('dashboard.goal.position'), register.withPosition, null]
		],
		notes
	};
	const lists = breakdowns.map((breakdown): Sheet => ({
		name: t(`dashboard.by.${breakdown}`),
		columns: [t(`dashboard.by.${breakdown}`), t('tally.found'), t('tally.open'), t('ranking.column.overdue')],
		rows: dashboard[breakdown].map(({ key, found, open, overdue }) => [
			names[breakdown](key),
			found,
			open,
			overdue
		]),
		notes
	}));
	const items: Sheet = {
		name: t('dashboard.items'),
		columns: [
			t('dashboard.item'),
			t('dashboard.item.found'),
			t('dashboard.item.sites'),
			t('dashboard.item.again')
		],
		rows: dashboard.items.map(({ code, text, found, sites, again }) => [text ?? code, found, sites, again]),
		notes
	};
	return [flows, figures, ...lists, items];
}
