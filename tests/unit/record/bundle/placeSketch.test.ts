import { expect, test } from 'vitest';
import { loadTranslate } from '#lib/messages/index.ts';
import { safe } from '#lib/record/bundle/markup.ts';
import { placeSketch, scaleBarMetres } from '#lib/record/bundle/placeSketch.ts';
import type { TracePoint } from '#lib/record/bundle/trace.ts';

const point = (kind: TracePoint['kind'], east: number, more: Partial<TracePoint> = {}): TracePoint => ({
	kind,
	longitude: 121 + east / 95_000,
	latitude: 31,
	accuracyMetres: null,
	at: null,
	about: 'x',
	number: 0,
	...more
});

test('the scale bar is a round length that fits', () => {
	expect([0.5, 1, 4, 10, 20].map(scaleBarMetres)).toEqual([200, 100, 20, 10, 5]);
});

test('everything lies inside the drawing: one point, points far apart, a poor fix', async () => {
	const t = await loadTranslate('zh-CN');
	for (const points of [
		[point('door', 0)],
		[point('door', 0), point('hazard', 900, { number: 1 }), point('photo', 900)],
		[point('door', 0), point('check_in', 18, { accuracyMetres: 480 })]
	]) {
		const svg = placeSketch(points, t);
		expect(svg).toContain('北');
		expect(svg).not.toMatch(/NaN|Infinity|undefined/);
		for (const [, x, y] of svg.matchAll(/c[xy]="([\d.-]+)" c[xy]="([\d.-]+)"/g))
			for (const value of [x, y]) expect(Number(value)).toBeGreaterThanOrEqual(0);
	}
});

test('what a person wrote is text', () => {
	expect(safe`<p title="${'"x"'}">${'<script>alert(1)</script>&'}</p>`.markup).toBe(
		'<p title="&quot;x&quot;">&lt;script&gt;alert(1)&lt;/script&gt;&amp;</p>'
	);
	expect(safe`${[safe`<b>${1}</b>`, null, false, '<']}`.markup).toBe('<b>1</b>&lt;');
});
