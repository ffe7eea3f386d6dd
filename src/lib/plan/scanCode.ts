interface Detector {
	detect(source: CanvasImageSource): Promise<{ rawValue: string }[]>;
}
type DetectorClass = new (options: { formats: string[] }) => Detector;

/** Looks at the camera about five times a second: enough for a hand, kind to the battery. */
const lookMilliseconds = 200;
/** A code at the door fills a good part of the picture; more pixels only make reading slower. */
const longestEdgePixels = 900;

/** The text of the QR code in a picture, or null. The browser's own reader where it has one, else jsQR. */
export async function readCode(source: HTMLVideoElement | ImageBitmap): Promise<string | null> {
	const BarcodeDetector = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
	if (BarcodeDetector) {
		try {
			const found = await new BarcodeDetector({ formats: ['qr_code'] }).detect(source);
			if (found[0]) return found[0].rawValue;
		} catch {
			// Some systems have the class without the service behind it: the library reads then.
		}
	}
	const width = source instanceof HTMLVideoElement ? source.videoWidth : source.width;
	const height = source instanceof HTMLVideoElement ? source.videoHeight : source.height;
	if (width === 0 || height === 0) return null;
	const scale = Math.min(1, longestEdgePixels / Math.max(width, height));
	const canvas = document.createElement('canvas');
	canvas.width = Math.round(width * scale);
	canvas.height = Math.round(height * scale);
	const context = canvas.getContext('2d', { willReadFrequently: true });
	if (!context) throw new Error('scan: got no 2d context, expected one');
	context.drawImage(source, 0, 0, canvas.width, canvas.height);
	const { default: jsQR } = await import('jsqr');
	const pixels = context.getImageData(0, 0, canvas.width, canvas.height);
	return jsQR(pixels.data, pixels.width, pixels.height)?.data ?? null;
}

/**
 * Shows the camera in the video and hands over each code it sees until one is taken.
 * @param take returns whether the code was what was looked for
 * @returns how to stop and free the camera
 */
export function watchCode(
	video: HTMLVideoElement,
	take: (text: string) => boolean,
	onNoCamera: () => void
): () => void {
	let isStopped = false;
	let stream: MediaStream | null = null;
	const stop = () => {
		isStopped = true;
		for (const track of stream?.getTracks() ?? []) track.stop();
	};
	const look = async () => {
		if (isStopped) return;
		const text = await readCode(video);
		if (text !== null && !isStopped && take(text)) stop();
		else setTimeout(look, lookMilliseconds);
	};
	const start = async () => {
		if (!navigator.mediaDevices) return onNoCamera();
		try {
			stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
		} catch {
			// Refused, or there is none: a photo of the code is the other way.
			return onNoCamera();
		}
		if (isStopped) return stop();
		video.srcObject = stream;
		await video.play();
		await look();
	};
	void start();
	return stop;
}
