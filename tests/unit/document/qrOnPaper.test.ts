import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import jsQR from 'jsqr';
import { afterAll, expect, test } from 'vitest';
import { documentKinds } from '#lib/document/document.ts';
import { createPdfRenderer } from '#lib/document/renderPdf.server.ts';
import { blurred, photographed, readGreymap, toRgba, type GreyImage } from '../../tools/paperPhoto.ts';
import { everySample } from '#lib/document/sampleContent.ts';

const renderer = createPdfRenderer();
const folder = mkdtempSync(join(tmpdir(), 'mingcha-qr-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const hasPoppler = (() => {
	try {
		execFileSync('pdftoppm', ['-v'], { stdio: 'ignore' });
		return true;
	} catch {
		return false;
	}
})();

/** Every page at 150 dpi, what an office printer gives. */
function pagesOf(name: string, pdf: Uint8Array): GreyImage[] {
	const file = join(folder, `${name}.pdf`);
	writeFileSync(file, pdf);
	execFileSync('pdftoppm', ['-r', '150', '-gray', file, join(folder, name)]);
	return readdirSync(folder)
		.filter((each) => each.startsWith(`${name}-`) && each.endsWith('.pgm'))
		.sort()
		.map((each) => readGreymap(readFileSync(join(folder, each))));
}

const read = (image: GreyImage): string | null =>
	jsQR(toRgba(image), image.width, image.height)?.data ?? null;

test('every kind of document is among the samples', () => {
	expect([...new Set(everySample().map(([, { kind }]) => kind))].sort()).toEqual([...documentKinds].sort());
});

/** The decoder is another program than the one that drew the code. */
test.skipIf(!hasPoppler).each(everySample())(
	'%s: its code is read from the print, and from a shaken photo of the sheet lying askew',
	async (name, content) => {
		const made = await renderer.render(content);
		if (!made.ok) throw new Error(JSON.stringify(made.problem));
		const address = content.deliveryUrl ?? content.record.verifyUrl;
		const pages = pagesOf(name, made.value.bytes).map((page) => ({ page, code: read(page) }));
		const printed = pages.filter(({ code }) => code !== null);
		// One code a paper, on the page that it stands on; nothing else looks like one.
		expect(new Set(printed.map(({ code }) => code))).toEqual(new Set([address]));
		expect(read(photographed(blurred(printed[0]!.page, 1), 15))).toBe(address);
	},
	60_000
);
