import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import jsQR from 'jsqr';

/** A PDF as a person holds it: what it says, and what a phone reads from its code. */
export interface Paper {
	text: string;
	pages: number;
	/** Text of the first QR code found on its pages. */
	qr: string | null;
}

export function readPaper(pdf: Buffer): Paper {
	const folder = mkdtempSync(join(tmpdir(), 'mingcha-paper-'));
	try {
		const file = join(folder, 'paper.pdf');
		writeFileSync(file, pdf);
		const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
		const pages = text.split('\f').length - 1;
		// Grey pages at 150 dpi: what an office printer and a phone's camera make of it.
		execFileSync('pdftoppm', ['-r', '150', '-gray', file, join(folder, 'page')]);
		let qr: string | null = null;
		for (let page = 1; page <= pages && !qr; page++) {
			const digits = String(pages).length;
			qr = readQr(readFileSync(join(folder, `page-${String(page).padStart(digits, '0')}.pgm`)));
		}
		return { text, pages, qr };
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** @param pgm a binary greymap (P5) */
function readQr(pgm: Buffer): string | null {
	const header = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(pgm.toString('latin1', 0, 64));
	if (!header) throw new Error(`paper: got ${pgm.toString('latin1', 0, 20)}, expected a P5 greymap`);
	const [width, height] = [Number(header[1]), Number(header[2])];
	const grey = pgm.subarray(header[0].length);
	const rgba = new Uint8ClampedArray(width * height * 4);
	for (let pixel = 0; pixel < width * height; pixel++) {
		rgba.fill(grey[pixel]!, pixel * 4, pixel * 4 + 3);
		rgba[pixel * 4 + 3] = 255;
	}
	return jsQR(rgba, width, height)?.data ?? null;
}

/** Without spaces: a line broken in the middle of a sentence still says that sentence. */
export const plain = (text: string): string => text.replace(/\s+/g, '');
