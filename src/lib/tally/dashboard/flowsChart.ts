import { addDays } from '#lib/calendar.ts';
import type { FlowPart } from './dashboard.ts';

/** What a chart is drawn with: colours of the page, by meaning. */
export interface ChartColours {
	ink: string;
	quiet: string;
	line: string;
	found: string;
	closed: string;
	open: string;
	overdue: string;
}

/** The page's tokens: in a picture within the page they follow its theme. */
export const tokenColours: ChartColours = {
	ink: 'var(--ink)',
	quiet: 'var(--ink-2)',
	line: 'var(--line)',
	found: 'var(--ink-2)',
	closed: 'var(--success)',
	open: 'var(--accent)',
	overdue: 'var(--danger)'
};

/** On paper: the values of the light theme. */
export const printColours: ChartColours = {
	ink: '#1b2430',
	quiet: '#5a6675',
	line: '#d9dee4',
	found: '#5a6675',
	closed: '#2f7d4d',
	open: '#1f5f8b',
	overdue: '#b42318'
};

export type FlowNames = Record<'found' | 'closed' | 'open' | 'overdue', string>;

const isMonth = ({ from, to }: FlowPart): boolean => from.endsWith('-01') && addDays(to, 1).endsWith('-01');

function partLabel(part: FlowPart): string {
	if (isMonth(part)) return part.from.slice(0, 7);
	const [from, to] = [part.from, part.to].map((day) => day.slice(5).replace('-', '/'));
	return from === to ? from! : `${from}–${to}`;
}

/** Found and closed as bars, what stood open and overdue as lines on a scale of their own; dashes tell overdue without colour. */
export function flowsOption(flows: readonly FlowPart[], names: FlowNames, colours: ChartColours) {
	const text = { color: colours.quiet, fontSize: 12 };
	const axis = { type: 'value', minInterval: 1, min: 0, axisLabel: text };
	const bar = (name: 'found' | 'closed') => ({
		name: names[name],
		type: 'bar',
		data: flows.map((part) => part[name]),
		itemStyle: { color: colours[name] },
		barGap: '10%',
		barMaxWidth: 14
	});
	const line = (name: 'open' | 'overdue', type: 'solid' | 'dashed') => ({
		name: names[name],
		type: 'line',
		yAxisIndex: 1,
		data: flows.map((part) => part[name]),
		symbol: 'none',
		lineStyle: { color: colours[name], width: 2, type },
		itemStyle: { color: colours[name] }
	});
	return {
		animation: false,
		legend: {
			top: 0,
			left: 0,
			itemWidth: 14,
			itemHeight: 8,
			textStyle: { color: colours.ink, fontSize: 12 }
		},
		grid: { left: 36, right: 40, top: 36, bottom: 26 },
		xAxis: {
			type: 'category',
			axisTick: { show: false },
			axisLine: { lineStyle: { color: colours.line } },
			data: flows.map(partLabel),
			axisLabel: { ...text, hideOverlap: true }
		},
		yAxis: [
			{ ...axis, splitLine: { lineStyle: { color: colours.line } } },
			{ ...axis, splitLine: { show: false } }
		],
		series: [bar('found'), bar('closed'), line('open', 'solid'), line('overdue', 'dashed')]
	};
}
