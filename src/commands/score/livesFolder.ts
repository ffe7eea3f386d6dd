/**
 * The open LIVES format of health inspections, as San Francisco publishes it: `businesses.csv`,
 * `inspections_plus.csv`, `violations_plus.csv` in one folder. Only columns that bear on a score are read.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Fact } from '#scoring';
import { Refusal, refuseAll } from './refusal.ts';

/** A visit that was given an official score. */
export interface ScoredInspection {
	business: string;
	/** YYYY-MM-DD */
	day: string;
	officialScore: number;
	/** `FILE:LINE`, for what must be said about it. */
	place: string;
}

export interface LivesFolder {
	scored: ScoredInspection[];
	/**
	 * `inspection.completed` and `violation.found` (attribute `risk_category`), by business. The format names no
	 * inspection in a violation: what ties them is business and date, so the attribute `inspectionId` is the date.
	 */
	factsByBusiness: Map<string, Fact[]>;
	/** What the data themselves leave open; none of it changes a score. */
	notes: string[];
}

/** `N/A` is a category of the format; a cell that is empty says as little. */
const riskCategories = new Set(['High Risk', 'Moderate Risk', 'Low Risk', 'N/A', '']);

export interface Row {
	line: number;
	cells: Record<string, string>;
}

export interface Reading {
	folder: string;
	refused: string[];
}

/** Reads a folder, or refuses it with file, line and reason of everything that is wrong. */
export function readLivesFolder(folder: string): LivesFolder {
	const reading: Reading = { folder, refused: [] };
	const businesses = readRows(reading, 'businesses.csv', ['business_id']);
	const inspections = readRows(reading, 'inspections_plus.csv', ['business_id', 'score', 'date']);
	const violations = readRows(reading, 'violations_plus.csv', ['business_id', 'date', 'risk_category']);
	const visits = inspections.flatMap((row) => visitOf(reading, row));
	const found = violations.flatMap((row) => violationOf(reading, row));
	refuseAll(reading.refused);
	const facts = [...visits.map(({ fact }) => fact), ...found];
	return {
		scored: visits.flatMap(({ scored }) => scored ?? []),
		factsByBusiness: Map.groupBy(facts, ({ subject }) => subject),
		notes: notesOn(
			new Set(businesses.map(({ cells }) => cells.business_id!)),
			visits.map(({ fact }) => fact),
			found
		)
	};
}

/** Rows by lower-case column. Names of places may be in any encoding: they are not read. */
export function readRows({ folder, refused }: Reading, name: string, columns: string[]): Row[] {
	const file = join(folder, name);
	if (!existsSync(file)) throw new Refusal(`${file}: no such file, expected a LIVES folder with it`);
	let parsed: { record: string[]; info: { lines: number } }[];
	try {
		parsed = parse(readFileSync(file, 'utf8'), {
			bom: true,
			info: true,
			trim: true,
			relaxColumnCount: true,
			relaxQuotes: true,
			skipEmptyLines: true
		}) as never;
	} catch (error) {
		const { lines, message } = error as { lines?: number; message: string };
		throw new Refusal(`${file}:${lines ?? 1}: ${message}`);
	}
	const heading = parsed[0]?.record.map((column) => column.toLowerCase()) ?? [];
	const missing = columns.filter((column) => !heading.includes(column));
	if (missing.length > 0) throw new Refusal(`${file}:1: got no column ${missing.join(', ')}`);
	return parsed.slice(1).flatMap(({ record, info }) => {
		const reason =
			record.length === heading.length
				? null
				: `got ${record.length} cells, expected ${heading.length} as in the heading`;
		if (reason) refused.push(`${file}:${info.lines}: ${reason}`);
		const cells = Object.fromEntries(heading.map((column, index) => [column, record[index] ?? '']));
		return reason ? [] : [{ line: info.lines, cells }];
	});
}

function visitOf(reading: Reading, row: Row): { fact: Fact; scored: ScoredInspection | null }[] {
	const place = `${join(reading.folder, 'inspections_plus.csv')}:${row.line}`;
	const fact = factOf(reading, place, row, 'inspection.completed', {});
	const text = row.cells.score!;
	if (text !== '' && !/^\d{1,3}(\.\d{1,2})?$/.test(text)) {
		reading.refused.push(`${place}: Score: got "${text}", expected a number, or nothing when not scored`);
		return [];
	}
	if (!fact) return [];
	const { subject: business, occurredOn: day } = fact;
	return [{ fact, scored: text === '' ? null : { business, day, officialScore: Number(text), place } }];
}

function violationOf(reading: Reading, row: Row): Fact[] {
	const place = `${join(reading.folder, 'violations_plus.csv')}:${row.line}`;
	const category = row.cells.risk_category!;
	if (!riskCategories.has(category)) {
		const known = [...riskCategories].filter(Boolean).join(', ');
		reading.refused.push(`${place}: risk_category: got "${category}", expected ${known} or nothing`);
		return [];
	}
	const fact = factOf(reading, place, row, 'violation.found', { risk_category: category });
	return fact ? [fact] : [];
}

/** A fact named after its line: repeated rows are facts of their own, as the rule wants them. */
function factOf(
	{ folder, refused }: Reading,
	place: string,
	{ cells }: Row,
	kind: string,
	data: Fact['data']
): Fact | null {
	const [, year, month, date] = /^(\d{4})-?(\d\d)-?(\d\d)$/.exec(cells.date!) ?? [];
	const day = `${year}-${month}-${date}`;
	const isThere = year !== undefined && new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day);
	if (!isThere) refused.push(`${place}: date: got "${cells.date}", expected a day that exists, YYYYMMDD`);
	if (cells.business_id === '') refused.push(`${place}: business_id: got nothing, expected an id`);
	if (!isThere || cells.business_id === '') return null;
	return {
		id: place.slice(folder.length).replace(/^\//, ''),
		subject: cells.business_id!,
		kind,
		occurredOn: day,
		recordedAt: `${day}T00:00:00Z`,
		data: { ...data, inspectionId: day }
	};
}

function notesOn(businesses: ReadonlySet<string>, visits: readonly Fact[], found: readonly Fact[]): string[] {
	const visitOn = new Set(visits.map(({ subject, occurredOn }) => `${subject} ${occurredOn}`));
	const counts: [number, string][] = [
		[visits.filter(({ subject }) => !businesses.has(subject)).length, 'inspections of unlisted businesses'],
		[
			found.filter(({ subject, occurredOn }) => !visitOn.has(`${subject} ${occurredOn}`)).length,
			'violations on days without an inspection'
		],
		[found.filter(({ data }) => data.risk_category === '').length, 'violations without a risk category']
	];
	return counts.filter(([count]) => count > 0).map(([count, what]) => `note: ${count} ${what}`);
}
