import { daysBetween } from '#lib/calendar.ts';
import { axisText, drawSvg, standIn, valueAxis, type ChartSize } from '#lib/tally/charts.server.ts';
import type { Pack } from '#scoring';
import type { HistoryPoint } from './history.ts';

/** A band with the balance at which it begins, seen from the milder side. */
export interface BandEdge {
	balance: number;
	name: string;
}

/** Where bands change, in points: going up the lower end of each further band, going down the upper one. */
export const bandEdges = ({ bands, direction }: Pack): { key: string; hundredths: number }[] =>
	bands.slice(1).map(({ key, from, below }) => ({ key, hundredths: (direction === 'up' ? from : below)! }));

/** Less than a quarter of a year is told by days, more by months: no label stands there twice. */
function dayFormat(points: readonly HistoryPoint[]): string {
	const [first, last] = [points[0], points.at(-1)];
	return first && last && daysBetween(first.day, last.day) < 90 ? '{MM}/{dd}' : '{yyyy}/{MM}';
}

/** 记分变化 as a picture: steps, because points come and go on a day; lines where a band begins. */
export function drawHistory(
	points: readonly HistoryPoint[],
	edges: readonly BandEdge[],
	name: string,
	size: ChartSize
): string {
	const highest = Math.max(...points.map(({ balance }) => balance / 100), 0);
	// A band far above what ever was would press the line to the ground: the next one up is enough.
	const shown = edges.filter(
		({ balance }) => balance <= (edges.find((edge) => edge.balance > highest)?.balance ?? highest)
	);
	return drawSvg(
		{
			useUTC: true,
			grid: { left: 34, right: 84, top: 14, bottom: 24 },
			xAxis: {
				type: 'time',
				axisLine: { lineStyle: { color: standIn('line') } },
				axisTick: { show: false },
				splitNumber: Math.max(2, Math.floor(size.widthPixels / 180)),
				axisLabel: { ...axisText, hideOverlap: true, formatter: dayFormat(points) }
			},
			yAxis: {
				...valueAxis,
				max: Math.max(1, Math.ceil(Math.max(highest, ...shown.map(({ balance }) => balance))))
			},
			series: [
				{
					name,
					type: 'line',
					step: 'end',
					symbol: 'none',
					data: points.map(({ day, balance }) => [`${day}T00:00:00Z`, balance / 100]),
					lineStyle: { color: standIn('stock'), width: 2 },
					areaStyle: { color: standIn('stock'), opacity: 0.08 },
					markLine: {
						symbol: 'none',
						silent: true,
						lineStyle: { color: standIn('quiet'), type: 'dashed', width: 1 },
						label: { position: 'end', color: standIn('ink'), fontSize: 12, formatter: '{b}' },
						data: shown.map((edge) => ({
							yAxis: edge.balance,
							name: edge.balance < 0.5 ? edge.name : `${edge.name} ${edge.balance}`
						}))
					}
				}
			]
		},
		size
	);
}
