import { join } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { packageRoot } from '#lib/backend/packageRoot.server.ts';
import { failure, success, type Result } from '#lib/problem.ts';
import { missingCharacters, nameCharacter } from './fontCoverage.server.ts';
import { readFonts } from './fonts.server.ts';

/** Every string that will be set, without the SVG drawings. */
const textOf = (value: unknown): string => {
	if (typeof value === 'string') return value.startsWith('<svg') ? '' : value;
	return value && typeof value === 'object' ? Object.values(value).map(textOf).join('') : '';
};

function createSheetRenderer() {
	const folder = join(packageRoot(), 'src/lib/document/reports');
	const { fontBlobs, fonts } = readFonts();
	const compiler = NodeCompiler.create({ workspace: folder, fontArgs: [{ fontBlobs }] });
	return (template: string, content: object): Result<Uint8Array<ArrayBuffer>> => {
		const missing = missingCharacters(textOf(content), fonts);
		if (missing.length > 0)
			return failure('document.glyph_missing', { got: missing.map(nameCharacter).join('、') });
		const inputs = { data: JSON.stringify(content) };
		const outcome = compiler.compile({ mainFilePath: join(folder, template), inputs });
		if (!outcome.result)
			throw new Error(
				`renderSheet: ${template} did not compile: ${JSON.stringify(outcome.takeDiagnostics()?.shortDiagnostics)}`
			);
		const bytes = new Uint8Array(compiler.pdf(outcome.result));
		compiler.evictCache(2);
		return success(bytes);
	};
}

let shared: ReturnType<typeof createSheetRenderer> | undefined;

/**
 * What is printed without a number and kept nowhere, as PDF: the same bytes for the same content.
 * @param template a file of `reports/`
 * Problem: `document.glyph_missing` (details.got).
 */
export const renderSheet = (template: string, content: object): Result<Uint8Array<ArrayBuffer>> =>
	(shared ??= createSheetRenderer())(template, content);
