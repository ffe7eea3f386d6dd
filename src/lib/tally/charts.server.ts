import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, MarkLineComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { DayFlow } from './overview.ts';

echarts.use([BarChart, LineChart, GridComponent, LegendComponent, MarkLineComponent, SVGRenderer]);

export interface ChartSize {
	widthPixels: number;
	heightPixels: number;
}

/** One bar of 治理情况: a community's hazards of the period. */
export interface GovernanceRow {
	label: string;
	closed: number;
	open: number;
	overdue: number;
}

/**
 * Charts are drawn as SVG on the server and shown as pictures: no script, and nothing of them in the page itself.
 * A picture does not see the page's tokens, so it carries the same values, for both themes; ECharts is given
 * stand-ins, which become these classes of colour.
 */
const palette = {
	ink: ['#1b2430', '#e8ecf1'],
	quiet: ['#5a6675', '#9ba7b5'],
	line: ['#d9dee4', '#2a313a'],
	found: ['#5a6675', '#9ba7b5'],
	closed: ['#2f7d4d', '#6cc08b'],
	stock: ['#1f5f8b', '#6db3e0'],
	overdue: ['#b42318', '#ff8178']
} as const;
type Tone = keyof typeof palette;
const tones = Object.keys(palette) as Tone[];
/** A colour that nothing else in the picture has. */
export const standIn = (tone: Tone): string => `#fe00${(0x10 + tones.indexOf(tone)).toString(16)}`;

const fontFamily = "system-ui, 'PingFang SC', 'Noto Sans SC', 'Microsoft YaHei', sans-serif";

/** Draws a picture; its colours are stand-ins (`standIn`) of the palette. */
export function drawSvg(option: echarts.EChartsCoreOption, { widthPixels, heightPixels }: ChartSize): string {
	const chart = echarts.init(null, undefined, {
		renderer: 'svg',
		ssr: true,
		width: widthPixels,
		height: heightPixels
	});
	try {
		chart.setOption({ animation: false, textStyle: { fontFamily }, ...option });
		const day = tones.map((tone) => `--${tone}:${palette[tone][0]}`).join(';');
		const night = tones.map((tone) => `--${tone}:${palette[tone][1]}`).join(';');
		const style = `<style>:root{${day}}@media (prefers-color-scheme:dark){:root{${night}}}</style>`;
		const svg = tones.reduce(
			(text, tone) => text.replaceAll(standIn(tone), `var(--${tone})`),
			chart.renderToSVGString()
		);
		return svg.replace('>', `>${style}`);
	} finally {
		chart.dispose(); // Otherwise its clock would keep the process alive.
	}
}

/** Draws a picture that stands in the page itself and wears its tokens. */
export function drawInline(
	option: echarts.EChartsCoreOption,
	{ widthPixels, heightPixels }: ChartSize
): string {
	const chart = echarts.init(null, undefined, {
		renderer: 'svg',
		ssr: true,
		width: widthPixels,
		height: heightPixels
	});
	try {
		chart.setOption({ animation: false, textStyle: { fontFamily }, ...option });
		return chart.renderToSVGString();
	} finally {
		chart.dispose();
	}
}

export const axisText = { color: standIn('quiet'), fontSize: 12 };
export const valueAxis = {
	type: 'value',
	minInterval: 1,
	axisLabel: axisText,
	splitLine: { lineStyle: { color: standIn('line') } }
};
const categoryAxis = {
	type: 'category',
	axisTick: { show: false },
	axisLine: { lineStyle: { color: standIn('line') } }
};
const legend = {
	top: 0,
	left: 0,
	itemWidth: 12,
	itemHeight: 8,
	textStyle: { color: standIn('ink'), fontSize: 12 }
};

/** 隐患动态: found and closed as bars, what is open as a line with its own scale. */
export function drawFlows(
	flows: readonly DayFlow[],
	names: { found: string; closed: string; stock: string },
	size: ChartSize
): string {
	const bar = (name: string, tone: Tone, data: number[]) => ({
		name,
		type: 'bar',
		data,
		itemStyle: { color: standIn(tone) },
		barGap: '10%',
		barMaxWidth: 10
	});
	return drawSvg(
		{
			legend,
			grid: { left: 34, right: 38, top: 34, bottom: 24 },
			xAxis: {
				...categoryAxis,
				data: flows.map(({ day }) => day.slice(5).replace('-', '/')),
				axisLabel: { ...axisText, hideOverlap: true }
			},
			yAxis: [valueAxis, { ...valueAxis, splitLine: { show: false }, min: 0 }],
			series: [
				bar(
					names.found,
					'found',
					flows.map(({ found }) => found)
				),
				bar(
					names.closed,
					'closed',
					flows.map(({ closed }) => closed)
				),
				{
					name: names.stock,
					type: 'line',
					yAxisIndex: 1,
					data: flows.map(({ open }) => open),
					symbol: 'none',
					lineStyle: { color: standIn('stock'), width: 2 },
					itemStyle: { color: standIn('stock') }
				}
			]
		},
		size
	);
}

/** 治理情况: what became of each community's hazards, side by side so that places with few are seen too. */
export function drawGovernance(
	rows: readonly GovernanceRow[],
	names: { closed: string; open: string; overdue: string },
	size: ChartSize
): string {
	const part = (name: string, tone: Tone, data: number[]) => ({
		name,
		type: 'bar',
		stack: 'all',
		data,
		itemStyle: { color: standIn(tone) },
		barMaxWidth: 14
	});
	return drawSvg(
		{
			legend,
			grid: {
				left: 8,
				right: 12,
				top: 34,
				bottom: 4,
				outerBoundsMode: 'same',
				outerBoundsContain: 'axisLabel'
			},
			xAxis: valueAxis,
			yAxis: {
				...categoryAxis,
				inverse: true,
				data: rows.map(({ label }) => label),
				axisLabel: { ...axisText, interval: 0 }
			},
			series: [
				part(
					names.closed,
					'closed',
					rows.map(({ closed }) => closed)
				),
				part(
					names.open,
					'found',
					rows.map(({ open }) => open)
				),
				part(
					names.overdue,
					'overdue',
					rows.map(({ overdue }) => overdue)
				)
			]
		},
		size
	);
}
