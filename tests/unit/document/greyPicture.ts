import { execFileSync } from 'node:child_process';
import { deflateSync, inflateSync, crc32 } from 'node:zlib';

/** A page in grey: one byte a pixel, row by row. */
export interface GreyPicture {
	width: number;
	height: number;
	pixels: Uint8Array;
}

/** The pages of a PDF as pdftoppm draws them. Coarse on purpose: letters may differ from one Poppler to the next. */
export function drawPages(file: string, dotsPerInch = 40): GreyPicture[] {
	// All pages, one PGM after the other.
	let rest: Buffer = execFileSync('pdftoppm', ['-gray', '-r', String(dotsPerInch), file], {
		maxBuffer: 64e6
	});
	const pages: GreyPicture[] = [];
	while (rest.length > 0) {
		const [header, ...sizes] = /^P5\s(\d+) (\d+)\s255\s/.exec(rest.subarray(0, 40).toString('latin1'))!;
		const [width, height] = sizes.map(Number) as [number, number];
		const end = header.length + width * height;
		pages.push({ width, height, pixels: new Uint8Array(rest.subarray(header.length, end)) });
		rest = rest.subarray(end);
	}
	return pages;
}

const blockPixels = 8;
/** Of 255: a word that is there or not changes its block by more than this, another rasteriser by less. */
const blockTolerance = 28;

/** Corners of the blocks whose mean grey differs, or the sizes when those do. */
export function differences(got: GreyPicture, expected: GreyPicture): string[] {
	if (got.width !== expected.width || got.height !== expected.height)
		return [`got ${got.width}×${got.height}, expected ${expected.width}×${expected.height}`];
	const found: string[] = [];
	for (let y = 0; y < got.height; y += blockPixels)
		for (let x = 0; x < got.width; x += blockPixels) {
			const [was, is] = [meanOf(expected, x, y), meanOf(got, x, y)];
			if (Math.abs(is - was) > blockTolerance) found.push(`at ${x},${y}: got ${is}, expected ${was}`);
		}
	return found;
}

function meanOf({ width, height, pixels }: GreyPicture, left: number, top: number): number {
	let sum = 0;
	let count = 0;
	for (let y = top; y < Math.min(top + blockPixels, height); y++)
		for (let x = left; x < Math.min(left + blockPixels, width); x++) {
			sum += pixels[y * width + x]!;
			count += 1;
		}
	return Math.round(sum / count);
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function chunk(type: string, body: Uint8Array): Buffer {
	const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
	const frame = Buffer.alloc(8);
	frame.writeUInt32BE(body.length, 0);
	frame.writeUInt32BE(crc32(named), 4);
	return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}

/** A picture as PNG in 16 greys, unfiltered, so that `fromPng` can be as short as this. */
export function toPng({ width, height, pixels }: GreyPicture): Buffer {
	const head = Buffer.alloc(13);
	head.writeUInt32BE(width, 0);
	head.writeUInt32BE(height, 4);
	head.set([8, 0, 0, 0, 0], 8);
	const rows = Buffer.alloc((width + 1) * height);
	for (let y = 0; y < height; y++)
		for (let x = 0; x < width; x++)
			rows[y * (width + 1) + 1 + x] = Math.min(255, Math.round(pixels[y * width + x]! / 17) * 17);
	const body = deflateSync(rows, { level: 9 });
	return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', body), chunk('IEND', Buffer.alloc(0))]);
}

/** A PNG that `toPng` wrote. */
export function fromPng(png: Buffer): GreyPicture {
	const width = png.readUInt32BE(16);
	const height = png.readUInt32BE(20);
	const start = png.indexOf('IDAT');
	const rows = inflateSync(png.subarray(start + 4, start + 4 + png.readUInt32BE(start - 4)));
	const pixels = new Uint8Array(width * height);
	for (let y = 0; y < height; y++)
		pixels.set(rows.subarray(y * (width + 1) + 1, (y + 1) * (width + 1)), y * width);
	return { width, height, pixels };
}
