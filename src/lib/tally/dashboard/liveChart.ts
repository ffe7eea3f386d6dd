import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { tokenColours, type ChartColours } from './flowsChart.ts';

echarts.use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

/** The tokens as they are worn now: a chart that is alive reckons with colours. */
export function wornColours(element: Element): ChartColours {
	const worn = getComputedStyle(element);
	return Object.fromEntries(
		Object.entries(tokenColours).map(([name, token]) => [
			name,
			worn.getPropertyValue(token.slice(4, -1)).trim()
		])
	) as unknown as ChartColours;
}

/** Draws a chart that answers to a finger, in place of its picture. Returns how to take it away. */
export function enliven(
	element: HTMLElement,
	option: (colours: ChartColours) => object,
	panel: string
): () => void {
	const chart = echarts.init(element, undefined, { renderer: 'svg' });
	const colours = wornColours(element);
	chart.setOption({
		...option(colours),
		tooltip: {
			trigger: 'axis',
			confine: true,
			backgroundColor: panel,
			borderColor: colours.line,
			textStyle: { color: colours.ink, fontSize: 13 }
		}
	});
	const watching = new ResizeObserver(() => chart.resize());
	watching.observe(element);
	return () => {
		watching.disconnect();
		chart.dispose();
	};
}

/** A drawn chart as a PNG, twice as fine as the screen. */
export async function pngOf(svg: SVGSVGElement, background: string): Promise<Blob> {
	const { width, height } = svg.getBoundingClientRect();
	const copy = svg.cloneNode(true) as SVGSVGElement;
	copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
	// Outside of the page there are no tokens.
	const colours = wornColours(svg);
	const text = Object.entries(tokenColours).reduce(
		(markup, [name, token]) => markup.replaceAll(token, colours[name as keyof ChartColours]),
		new XMLSerializer().serializeToString(copy)
	);
	const image = new Image();
	image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
	await image.decode();
	const canvas = Object.assign(document.createElement('canvas'), { width: width * 2, height: height * 2 });
	const context = canvas.getContext('2d')!;
	context.fillStyle = background;
	context.fillRect(0, 0, canvas.width, canvas.height);
	context.drawImage(image, 0, 0, canvas.width, canvas.height);
	return new Promise((resolve, reject) =>
		canvas.toBlob((blob) =>
			blob ? resolve(blob) : reject(new Error('canvas: got no picture, expected a PNG'))
		)
	);
}
