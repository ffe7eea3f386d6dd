import type { Translate } from '#lib/messages/index.ts';
import type { Sheet } from '#lib/ui/sheet.ts';
import { changePercent, intervalPercent, type MeasuredRow, type RankingMeasure } from './measure.ts';
import { rankingColumns, valueOf, type Ranking } from './ranking.ts';

const oneDecimal = (value: number | null | undefined): number | null =>
	value === null || value === undefined ? null : Math.round(value * 10) / 10;

/** A ranking as it is saved: every column of the page, the measure with its bounds, and what it means underneath. */
export function rankingSheet(
	t: Translate,
	ranking: Ranking,
	rows: readonly MeasuredRow[],
	measure: RankingMeasure
): Sheet {
	const ofMeasure: [string, (row: MeasuredRow) => Sheet['rows'][number][number]][] =
		measure === 'count'
			? []
			: [
					[t(`ranking.measure.${measure}`), (row) => oneDecimal(row.value)],
					...(measure === 'smoothed'
						? ([
								[t('ranking.interval_low'), (row) => oneDecimal(row.interval?.low)],
								[t('ranking.interval_high'), (row) => oneDecimal(row.interval?.high)]
							] satisfies [string, (row: MeasuredRow) => number | null][])
						: []),
					...(measure === 'change'
						? ([
								[t('ranking.previous'), (row) => row.previous?.found ?? null],
								[t('ranking.change_percent'), (row) => changePercent(row)]
							] satisfies [string, (row: MeasuredRow) => number | null][])
						: []),
					[t('ranking.small'), (row) => (row.isSmall ? t('ranking.small') : null)]
				];
	return {
		name: t(`ranking.by.${ranking.by}`),
		columns: [
			t('ranking.column.place'),
			t(`ranking.column.label.${ranking.by}`),
			...ofMeasure.map(([label]) => label),
			...rankingColumns.map((column) => t(`ranking.column.${column}`))
		],
		rows: rows.map((row, index) => [
			index + 1,
			row.label,
			...ofMeasure.map(([, valueFor]) => valueFor(row)),
			...rankingColumns.map((column) => valueOf(row, column))
		]),
		notes: [
			t('tally.period.range', { from: ranking.from, to: ranking.to }),
			t(`ranking.measure.${measure}.meaning`, { percent: intervalPercent }),
			t('tally.caution')
		]
	};
}
