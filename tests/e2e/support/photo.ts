import type { Page } from '@playwright/test';

export interface PhotoFile {
	name: string;
	mimeType: string;
	buffer: Buffer;
}

/** A JPEG as a camera would write it: drawn by the page's own canvas, so it is a real one. */
export async function takePhoto(
	page: Page,
	name: string,
	{ width = 1600, height = 1200, hue = 30, isNoise = false } = {}
): Promise<PhotoFile> {
	const base64 = await page.evaluate(
		async ({ width, height, hue, isNoise, name }) => {
			const canvas = document.createElement('canvas');
			canvas.width = width;
			canvas.height = height;
			const context = canvas.getContext('2d')!;
			const fill = context.createLinearGradient(0, 0, width, height);
			fill.addColorStop(0, `hsl(${hue} 30% 78%)`);
			fill.addColorStop(1, `hsl(${hue + 25} 35% 38%)`);
			context.fillStyle = fill;
			context.fillRect(0, 0, width, height);
			context.fillStyle = `hsl(${hue + 180} 25% 30%)`;
			context.fillRect(width * 0.2, height * 0.3, width * 0.28, height * 0.5);
			context.font = `${Math.round(height / 12)}px sans-serif`;
			context.fillStyle = '#fff';
			context.textAlign = 'center';
			context.fillText(name, width / 2, height * 0.2);
			if (isNoise) {
				const tile = context.createImageData(256, 256);
				for (let at = 0; at < tile.data.length; at++)
					tile.data[at] = at % 4 === 3 ? 255 : Math.random() * 256;
				for (let x = 0; x < width; x += 256)
					for (let y = 0; y < height; y += 256) context.putImageData(tile, x, y);
			}
			const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.92));
			const reader = new FileReader();
			await new Promise((resolve) => {
				reader.onload = resolve;
				reader.readAsDataURL(blob!);
			});
			return String(reader.result).split(',')[1]!;
		},
		{ width, height, hue, isNoise, name }
	);
	return { name: `${name}.jpg`, mimeType: 'image/jpeg', buffer: Buffer.from(base64, 'base64') };
}

/** The same picture with comment segments (COM, ISO 10918-1 B.2.4.5) until it has that many bytes. */
export function padJpeg(photo: PhotoFile, bytes: number): PhotoFile {
	const startOfImage = photo.buffer.subarray(0, 2);
	const segment = Buffer.alloc(65_535 + 2, 0x20);
	segment.writeUInt16BE(0xfffe, 0);
	segment.writeUInt16BE(65_535, 2);
	const count = Math.max(0, Math.ceil((bytes - photo.buffer.length) / segment.length));
	const padding = Array.from({ length: count }, () => segment);
	return { ...photo, buffer: Buffer.concat([startOfImage, ...padding, photo.buffer.subarray(2)]) };
}
