import { join } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { packageRoot } from '#lib/backend/packageRoot.server.ts';
import { failure, success, type Result } from '#lib/problem.ts';
import { missingCharacters, nameCharacter } from './fontCoverage.server.ts';
import { readFonts } from './fonts.server.ts';

/** A table as it is printed. Numbers stand right, the first column left. */
export interface PrintedTable {
	title: string;
	columns: string[];
	rows: string[][];
	note: string | null;
}

/** A report as it is printed: everything as text, nothing left to reckon. */
export interface PrintedReport {
	title: string;
	subtitle: string;
	isSample: boolean;
	/** One paragraph that says it all. */
	summary: string;
	figures: { label: string; value: string; note: string }[];
	/** SVG with its own colours, and what is on it. */
	chart: { svg: string; title: string; note: string };
	tables: PrintedTable[];
	cautions: string[];
	madeOn: string;
}

const textOf = (value: unknown): string => {
	if (typeof value === 'string') return value.startsWith('<svg') ? '' : value;
	return value && typeof value === 'object' ? Object.values(value).map(textOf).join('') : '';
};

function createReportRenderer() {
	const folder = join(packageRoot(), 'src/lib/document/reports');
	const { fontBlobs, fonts } = readFonts();
	const compiler = NodeCompiler.create({ workspace: folder, fontArgs: [{ fontBlobs }] });
	return (report: PrintedReport): Result<Uint8Array<ArrayBuffer>> => {
		const missing = missingCharacters(textOf(report), fonts);
		if (missing.length > 0)
			return failure('document.glyph_missing', { got: missing.map(nameCharacter).join('、') });
		const inputs = { data: JSON.stringify(report) };
		const outcome = compiler.compile({ mainFilePath: join(folder, 'monthly_report.typ'), inputs });
		if (!outcome.result)
			throw new Error(
				`renderReport: did not compile: ${JSON.stringify(outcome.takeDiagnostics()?.shortDiagnostics)}`
			);
		const bytes = new Uint8Array(compiler.pdf(outcome.result));
		compiler.evictCache(2);
		return success(bytes);
	};
}

let shared: ReturnType<typeof createReportRenderer> | undefined;

/** A report as PDF, the same bytes for the same content. Problem: `document.glyph_missing` (details.got). */
export const renderReport = (report: PrintedReport): Result<Uint8Array<ArrayBuffer>> =>
	(shared ??= createReportRenderer())(report);
