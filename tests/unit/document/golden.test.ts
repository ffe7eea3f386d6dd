/**
 * Golden documents: frozen content → PDF → text and pictures, compared with approved ones beside this file. They change
 * only by `UPDATE_GOLDEN=1 npx vitest run --config tests/vitest.config.ts --project unit tests/unit/document/golden.test.ts`,
 * and the diff of the texts is what a reviewer reads.
 */
import { execFileSync } from 'node:child_process';
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentKinds } from '#lib/document/document.ts';
import { renderRiskBoard } from '#lib/document/renderRiskBoard.server.ts';
import { success, type Result } from '#lib/problem.ts';
import { createPdfRenderer } from '#lib/document/renderPdf.server.ts';
import type { DocumentContent } from '#lib/document/content.ts';
import { differences, drawPages, fromPng, toPng } from './greyPicture.ts';
import {
	everySample,
	gasAlarm,
	sampleBoard,
	sampleOrder,
	sampleReminder
} from '#lib/document/sampleContent.ts';

const approved = new URL('./golden/', import.meta.url).pathname;
const isUpdating = process.env.UPDATE_GOLDEN === '1';
const renderer = createPdfRenderer();
let folder: string;
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'mingcha-golden-'));
	mkdirSync(approved, { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const hasPoppler = ['pdftotext', 'pdftoppm'].every((command) => {
	try {
		execFileSync(command, ['-v'], { stdio: 'ignore' });
		return true;
	} catch {
		return false;
	}
});
const needsPoppler = hasPoppler ? '' : ' (skipped: pdftotext and pdftoppm of poppler-utils are absent)';

const order = sampleOrder('A');
/** Sixty items over several pages, a name of three lines, and characters that few fonts have. */
const hardest: [string, DocumentContent][] = [
	[
		'order-sixty',
		{
			...order,
			enterprise: {
				...order.enterprise,
				name: `${'示例街道'.repeat(20)}䶮𬭊㐂商行（个人独资）有限责任公司`
			},
			hazards: Array.from({ length: 60 }, (_, i) => ({
				...gasAlarm,
				number: i + 1,
				deadline: ['2026-11-30', '2026-12-15', '2026-12-31'][i % 3]!,
				description: `第${i + 1}处燃气间未安装可燃气体报警装置，管线穿墙处未封堵`
			}))
		}
	],
	['preview', { ...sampleReminder(), number: '预览', isPreview: true }],
	[
		'order-corrected',
		{
			...order,
			number: '（示例）应急责改〔2026〕13号',
			onSite: null,
			correction: {
				ordinal: 1,
				replaces: order.number,
				isSameKind: true,
				reason: '整改期限录入错误',
				changes: [
					'隐患第1项（燃气间未安装可燃气体报警装置）整改期限：原记载“2026年11月27日”，更正为“2026年11月30日”。',
					'隐患第4项（配电箱门损坏）：予以撤销。'
				],
				officers: ['王检', '李检'],
				by: 'officer'
			}
		}
	],
	['order-replaced', { ...order, replacement: { number: '（示例）应急责改〔2026〕13号', on: '2026-11-23' } }]
];
type Print = () => Promise<Result<Uint8Array>>;
const documents: [string, Print][] = [
	...[...everySample(), ...hardest].map(([name, content]): [string, Print] => [name, () => printed(content)]),
	['risk-board-a4', () => renderRiskBoard(sampleBoard('a4'))],
	['risk-board-a3', () => renderRiskBoard(sampleBoard('a3'))]
];

async function printed(content: DocumentContent): Promise<Result<Uint8Array>> {
	const outcome = await renderer.render(content);
	return outcome.ok ? success(outcome.value.bytes) : outcome;
}

async function render(print: Print, name: string): Promise<string> {
	const outcome = await print();
	if (!outcome.ok) throw new Error(`got ${JSON.stringify(outcome.problem)}, expected a PDF`);
	const file = join(folder, `${name}.pdf`);
	writeFileSync(file, outcome.value);
	return file;
}

/** Line by line as a reader selects it; spaces differ from one Poppler to the next. */
const textOf = (file: string): string =>
	`${execFileSync('pdftotext', ['-raw', file, '-'])
		.toString()
		.replaceAll(/[^\S\n]+/g, '')
		.replaceAll('\f', '\n———\n')
		.trim()}\n`;

const flat = (text: string): string => text.replaceAll(/\s/g, '');

describe(`golden documents${needsPoppler}`, () => {
	it.skipIf(!hasPoppler).each(documents)('%s says what was approved', async (name, print) => {
		const text = textOf(await render(print, name));
		const path = join(approved, `${name}.txt`);
		if (isUpdating) writeFileSync(path, text);
		const expected = readFileSync(path, 'utf8');
		// Where a line is broken off differs from one Poppler to the next; the lines are for who reads the diff.
		if (flat(text) !== flat(expected)) expect(text).toBe(expected);
	});

	it.skipIf(!hasPoppler).each(documents)('%s looks as was approved', async (name, print) => {
		const pages = drawPages(await render(print, name));
		// Of a long one the first page and the last: those in between repeat.
		for (const index of new Set([0, pages.length - 1])) {
			const path = join(approved, `${name}-${index + 1}.png`);
			if (isUpdating) writeFileSync(path, toPng(pages[index]!));
			expect(existsSync(path), `${path}: expected an approved picture`).toBe(true);
			expect(differences(pages[index]!, fromPng(readFileSync(path)))).toEqual([]);
		}
	});

	it('there is one of every kind, and none without a document', () => {
		const kinds = new Set(everySample().map(([, { kind }]) => kind));
		expect(documentKinds.filter((kind) => !kinds.has(kind))).toEqual([]);
		const names = new Set(documents.map(([name]) => name));
		const strays = readdirSync(approved).filter(
			(file) => !names.has(file.replace(/(-\d+)?\.(txt|png)$/, ''))
		);
		expect(strays).toEqual([]);
	});

	it.skipIf(!hasPoppler)('a sentence that is missing, or moved, is seen', async () => {
		const changed = { ...order, hazards: order.hazards.slice(1) };
		const file = await render(() => printed(changed), 'order-changed');
		const picture = fromPng(readFileSync(join(approved, 'order-a-1.png')));
		expect(differences(drawPages(file)[0]!, picture).length).toBeGreaterThan(3);
	});
});
