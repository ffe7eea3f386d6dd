/** A page of paper as an office scanner and as a hand-held phone see it: grey values, without a library of pictures. */
export interface GreyImage {
	width: number;
	height: number;
	/** 0 black … 255 white, row by row. */
	values: Uint8Array;
}

/** @param pgm a binary greymap (P5), as `pdftoppm -gray` writes it */
export function readGreymap(pgm: Buffer): GreyImage {
	const header = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(pgm.toString('latin1', 0, 64));
	if (!header) throw new Error(`paper: got ${pgm.toString('latin1', 0, 20)}, expected a P5 greymap`);
	const [width, height] = [Number(header[1]), Number(header[2])];
	return {
		width,
		height,
		values: new Uint8Array(pgm.subarray(header[0].length, header[0].length + width * height))
	};
}

/** What jsQR and other decoders take. */
export function toRgba({ values }: GreyImage): Uint8ClampedArray {
	const rgba = new Uint8ClampedArray(values.length * 4).fill(255);
	values.forEach((value, index) => rgba.fill(value, index * 4, index * 4 + 3));
	return rgba;
}

/** A hand that shook: every pixel becomes the mean of the square round it. */
export function blurred(image: GreyImage, radiusPixels: number): GreyImage {
	const alongRows = averaged(image, radiusPixels, 1, image.width);
	return averaged(alongRows, radiusPixels, image.width, image.height);
}

/** The mean along one direction; `step` from one pixel to the next in it, `length` of a line of them. */
function averaged(
	{ width, height, values }: GreyImage,
	radius: number,
	step: number,
	length: number
): GreyImage {
	const out = new Uint8Array(values.length);
	for (let index = 0; index < values.length; index++) {
		const place = Math.floor(index / step) % length;
		const [first, last] = [Math.max(0, place - radius), Math.min(length - 1, place + radius)];
		let sum = 0;
		for (let other = first; other <= last; other++) sum += values[index + (other - place) * step]!;
		out[index] = sum / (last - first + 1);
	}
	return { width, height, values: out };
}

const deskGrey = 150;

/** Lying askew on a desk, in a light that falls off to one side. */
export function photographed(image: GreyImage, degrees: number): GreyImage {
	const angle = (degrees * Math.PI) / 180;
	const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
	const width = Math.ceil(image.width * Math.abs(cos) + image.height * Math.abs(sin));
	const height = Math.ceil(image.width * Math.abs(sin) + image.height * Math.abs(cos));
	const values = new Uint8Array(width * height);
	for (let y = 0; y < height; y++)
		for (let x = 0; x < width; x++) {
			const [dx, dy] = [x - width / 2, y - height / 2];
			const seen = sampled(
				image,
				dx * cos + dy * sin + image.width / 2,
				dy * cos - dx * sin + image.height / 2
			);
			values[y * width + x] = 25 + seen * (0.85 - 0.25 * (x / width));
		}
	return { width, height, values };
}

/** Between four pixels. */
function sampled({ width, height, values }: GreyImage, x: number, y: number): number {
	const [left, top] = [Math.floor(x), Math.floor(y)];
	if (left < 0 || top < 0 || left + 1 >= width || top + 1 >= height) return deskGrey;
	const [right, down] = [x - left, y - top];
	const at = top * width + left;
	return (
		(values[at]! * (1 - right) + values[at + 1]! * right) * (1 - down) +
		(values[at + width]! * (1 - right) + values[at + width + 1]! * right) * down
	);
}
