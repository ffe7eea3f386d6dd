import type { Result } from '#lib/problem.ts';
import { renderSheet } from './renderSheet.server.ts';

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

/** A report as PDF, the same bytes for the same content. Problem: `document.glyph_missing` (details.got). */
export const renderReport = (report: PrintedReport): Result<Uint8Array<ArrayBuffer>> =>
	renderSheet('monthly_report.typ', report);
