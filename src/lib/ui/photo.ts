import { failure, success, type Result } from '../problem.ts';

/** A photo ready to be kept: a JPEG as a Blob, never base64 (which would be a third larger, and a string). */
export interface DownscaledPhoto {
	blob: Blob;
	widthPixels: number;
	heightPixels: number;
	/** As the file was called on the device. */
	name: string;
	/** When the file was last written, as the device says: for a camera, when it was taken. */
	takenAt: Date;
}

export const maximumEdgePixels = 1600;
const jpegQuality = 0.82;

/** The size at which the longer edge is at most `maximum`; a smaller picture keeps its own. */
export function fitWithin(width: number, height: number, maximum: number): { width: number; height: number } {
	const scale = Math.min(1, maximum / Math.max(width, height));
	return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/**
 * Makes a photo small enough to send from a phone. The browser decodes it, so a file that only pretends to be
 * a picture is refused whatever its name says. Orientation from EXIF is applied to the pixels; all other EXIF
 * (also the position, which the caller records on purpose) stays behind.
 */
export async function downscalePhoto(
	file: File,
	maximum = maximumEdgePixels
): Promise<Result<DownscaledPhoto>> {
	let bitmap: ImageBitmap;
	try {
		bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
	} catch {
		return failure('evidence.media_type', { got: file.name });
	}
	try {
		const { width, height } = fitWithin(bitmap.width, bitmap.height, maximum);
		const blob = await drawJpeg(bitmap, width, height);
		return success({
			blob,
			widthPixels: width,
			heightPixels: height,
			name: file.name,
			takenAt: new Date(file.lastModified)
		});
	} finally {
		// A 48-megapixel bitmap holds 190 MB; waiting for the collector would kill the tab of a small phone.
		bitmap.close();
	}
}

function drawJpeg(bitmap: ImageBitmap, width: number, height: number): Promise<Blob> {
	const canvas = document.createElement('canvas');
	canvas.width = width;
	canvas.height = height;
	const context = canvas.getContext('2d', { alpha: false });
	if (!context) throw new Error('photo: got no 2d context, expected one');
	// What is transparent in a PNG would turn black in a JPEG.
	context.fillStyle = '#fff';
	context.fillRect(0, 0, width, height);
	context.imageSmoothingQuality = 'high';
	context.drawImage(bitmap, 0, 0, width, height);
	return new Promise((resolve, reject) =>
		canvas.toBlob(
			(blob) =>
				blob ? resolve(blob) : reject(new Error(`photo: got no JPEG of ${width}×${height}, expected one`)),
			'image/jpeg',
			jpegQuality
		)
	);
}
