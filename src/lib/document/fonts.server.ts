import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { packageRoot } from '#lib/backend/packageRoot.server.ts';
import { fontCoverage, type FontCoverage } from './fontCoverage.server.ts';

// Whole fonts, not the web slices: those miss a thousand GB2312 characters and draw them as blanks. One family
// only, because a document's size is its distinct characters (about 240 bytes each and weight).
const fontFiles = [
	'@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf',
	'@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf'
];

/** What papers are set with, and which characters it can draw. */
export function readFonts(): { fontBlobs: Buffer[]; fonts: FontCoverage[] } {
	const { resolve } = createRequire(join(packageRoot(), 'package.json'));
	const fontBlobs = fontFiles.map((file) => readFileSync(resolve(file)));
	return { fontBlobs, fonts: fontBlobs.map(fontCoverage) };
}
