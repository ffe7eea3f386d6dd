import { expect, type Page } from '@playwright/test';

/** Strokes in parts of the pad: roughly how a hand writes two characters. */
const strokes = [
	[
		[0.2, 0.3],
		[0.38, 0.28],
		[0.3, 0.72]
	],
	[
		[0.18, 0.55],
		[0.42, 0.5]
	],
	[
		[0.58, 0.25],
		[0.56, 0.75],
		[0.78, 0.7],
		[0.8, 0.35]
	]
];

/** Draws on the pad of that label with the pointer, stroke by stroke. */
export async function drawSignature(page: Page, label: string | RegExp): Promise<void> {
	const pad = page.getByRole('group', { name: label });
	const canvas = pad.locator('canvas');
	await canvas.scrollIntoViewIfNeeded();
	// The pad listens once its own script is there; signature_pad then keeps the page from being scrolled by it.
	await expect(canvas).toHaveAttribute('style', /touch-action/);
	const box = (await canvas.boundingBox())!;
	const at = ([x, y]: number[]): [number, number] => [box.x + x! * box.width, box.y + y! * box.height];
	for (const [first, ...rest] of strokes) {
		await page.mouse.move(...at(first!));
		await page.mouse.down();
		for (const point of rest) await page.mouse.move(...at(point), { steps: 5 });
		await page.mouse.up();
	}
	await expect(canvas).toHaveText(/已签名/);
}
