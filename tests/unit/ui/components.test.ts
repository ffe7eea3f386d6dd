import jsQR from 'jsqr';
import { createRawSnippet, type Component } from 'svelte';
import { render } from 'svelte/server';
import { expect, test } from 'vitest';
import { loadTranslate } from '#lib/messages/index.ts';
import type { Problem } from '#lib/problem.ts';
import BarList from '#lib/ui/BarList.svelte';
import Button from '#lib/ui/Button.svelte';
import DataTable from '#lib/ui/DataTable.svelte';
import Figure from '#lib/ui/Figure.svelte';
import Pager from '#lib/ui/Pager.svelte';
import ProblemNotice from '#lib/ui/ProblemNotice.svelte';
import ProgressBar from '#lib/ui/ProgressBar.svelte';
import QrCode from '#lib/ui/QrCode.svelte';
import Shape from '#lib/ui/Shape.svelte';
import TextField from '#lib/ui/TextField.svelte';
import Page from './Page.svelte';

const translate = await loadTranslate('zh-CN');

/** The HTML that a person without script gets. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- components of any props
const html = (component: Component<any>, props: Record<string, unknown>): string =>
	render(Page, { props: { component, props, translate } }).body.replaceAll(/<!--.*?-->/g, '');
const words = (text: string) => createRawSnippet(() => ({ render: () => `<span>${text}</span>` }));

test('a button that cannot be used says why and stays reachable by keyboard', () => {
	const body = html(Button, { disabledReason: '还剩 7 项没有结论', children: words('完成检查') });
	expect(body).toMatch(/aria-disabled="true"/);
	expect(body).not.toMatch(/ disabled/);
	const reasonId = body.match(/aria-describedby="([^"]+)"/)![1];
	expect(body).toMatch(new RegExp(`<small id="${reasonId}"[^>]*>还剩 7 项没有结论`));
});

test('a busy button says so to those who do not see it turn', () => {
	const body = html(Button, { busy: true, children: words('提交整改照片') });
	expect(body).toMatch(/aria-busy="true"/);
	expect(body).toContain('正在处理');
});

test('a field is tied to its label, hint and problem', () => {
	const body = html(TextField, { label: '名称', name: 'name', hint: '与执照一致', problem: '请填写' });
	const id = body.match(/<label for="([^"]+)"/)![1];
	expect(body).toMatch(new RegExp(`<input[^>]* id="${id}"`));
	expect(body).toContain(`aria-describedby="${id}-hint ${id}-problem"`);
	expect(body).toContain('aria-invalid="true"');
});

test('a problem is told with its next step, and nothing is shown without one', () => {
	const problem: Problem = { code: 'delivery.expired' };
	const body = html(ProblemNotice, { problem });
	expect(body).toContain('role="alert"');
	expect(body).toContain('这个二维码已过期。');
	expect(body).toContain('请向检查人员索取新码。');
	expect(html(ProblemNotice, { problem: null })).not.toContain('notice');
});

const columns = [
	{ key: 'name', label: '单位', text: (row: { name: string }) => row.name, sortable: true },
	{ key: 'open', label: '未整改', text: (row: { open: number }) => row.open, align: 'end', sortable: true }
];
const table = {
	caption: '单位',
	columns,
	rows: [{ name: '示例<b>餐饮店', open: 0 }],
	rowKey: (row: { name: string }) => row.name,
	sortHref: (key: string, direction: string) => `?sort=${key}&order=${direction}`
};

test('a table sorts by links: words from the first, numbers from the largest, the current one turned', () => {
	const body = html(DataTable, table);
	expect(body).toContain('?sort=name&amp;order=ascending');
	expect(body).toContain('?sort=open&amp;order=descending');
	const turned = html(DataTable, { ...table, sort: { key: 'open', direction: 'descending' } });
	expect(turned).toContain('?sort=open&amp;order=ascending');
	expect(turned).toMatch(/<th[^>]*aria-sort="descending"/);
});

test('a table shows a zero as zero, nothing as a dash, markup as text, and says when it is empty', () => {
	expect(html(DataTable, table)).toMatch(/data-label="未整改"[^>]*><span>0<\/span>/);
	expect(html(DataTable, table)).toContain('示例&lt;b>餐饮店');
	expect(html(DataTable, { ...table, rows: [{ name: '甲' }] })).toContain('—');
	expect(html(DataTable, { ...table, rows: [] })).toContain('没有符合条件的内容');
});

test('bars are measured against the longest, and a list of zeros has none', () => {
	const rows = [
		{ key: 1, label: '甲', value: 8 },
		{ key: 2, label: '乙', value: 2 }
	];
	const body = html(BarList, { label: '排名', rows });
	expect([...body.matchAll(/width: ?([\d.]+)%/g)].map((match) => Number(match[1]))).toEqual([100, 25]);
	expect(html(BarList, { label: '排名', rows: [{ key: 1, label: '甲', value: 0 }] })).toMatch(/width: ?0%/);
});

test('the first page has no previous and the last no next', () => {
	const href = (page: number) => `?page=${page}`;
	expect(html(Pager, { page: 1, pageCount: 3, href })).not.toContain('rel="prev"');
	expect(html(Pager, { page: 3, pageCount: 3, href })).not.toContain('rel="next"');
	expect(html(Pager, { page: 1, pageCount: 1, href })).not.toContain('<nav');
});

test('a figure leads to its rows; progress without a total is empty, not broken', () => {
	expect(html(Figure, { label: '未整改', value: 86, href: '/hazards' })).toMatch(/<a [^>]*href="\/hazards"/);
	expect(html(Figure, { label: '未整改', value: 86 })).not.toContain('<a ');
	expect(html(ProgressBar, { label: '上传', value: 0, max: 0 })).toMatch(/width: ?0%/);
});

test('a shape is silent beside its word and has a name when it stands alone', () => {
	expect(html(Shape, { shape: 'diamond' })).toContain('aria-hidden="true"');
	expect(html(Shape, { shape: 'diamond', label: '重点' })).toMatch(/role="img" aria-label="重点"/);
});

test('a QR code can be read back', () => {
	const text = 'https://mingcha.example/o/示例?t=abcdefghijklmnopqrstuvwxyz0123456789';
	const body = html(QrCode, { text, label: '二维码' });
	const size = Number(body.match(/viewBox="0 0 (\d+)/)![1]);
	const scale = 4;
	const pixels = new Uint8ClampedArray((size * scale) ** 2 * 4).fill(255);
	for (const [, x, y, run] of body.matchAll(/M(\d+) (\d+)h(\d+)v1H/g)) {
		for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row++) {
			for (let column = Number(x) * scale; column < (Number(x) + Number(run)) * scale; column++) {
				pixels.fill(0, (row * size * scale + column) * 4, (row * size * scale + column) * 4 + 3);
			}
		}
	}
	expect(jsQR(pixels, size * scale, size * scale)?.data).toBe(text);
});
