import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LineVerdict, RefusalReason } from '#lib/area/importVerdict.ts';
import type { IsoDate } from '#lib/calendar.ts';
import { readRows, type Row } from '../score/livesFolder.ts';
import { refuseAll } from '../score/refusal.ts';

/** Files of a LIVES folder in the order of the verdicts. */
export const livesFiles = ['businesses.csv', 'inspections_plus.csv', 'violations_plus.csv'] as const;
type FileIndex = 0 | 1 | 2;

export interface BusinessLine {
	line: number;
	ref: string;
	name: string;
	address: string;
	siteType: string;
	creditCodeAbsence: string;
	longitude: number | null;
	latitude: number | null;
	/** What the list says of its position that cannot be. */
	defect: string | null;
}

export interface FactLine {
	file: 1 | 2;
	line: number;
	/** `FILE:LINE`: repeated rows are facts of their own, as the rule wants them. */
	ref: string;
	business: string;
	kind: 'inspection.completed' | 'inspection.unscored' | 'violation.found' | 'violation.noted';
	on: IsoDate;
	data: Record<string, string | number>;
}

export interface LivesRegister {
	businesses: BusinessLine[];
	facts: FactLine[];
	/** Lines that say what cannot be; those the database refuses come later. */
	refused: LineVerdict[];
}

const riskCategories = ['High Risk', 'Moderate Risk', 'Low Risk', 'N/A', ''];

/** A folder in the LIVES format, line by line. @throws Refusal when a file is missing or is no table. */
export function readRegister(folder: string, siteType: string): LivesRegister {
	const reading = { folder, refused: [] as string[] };
	const businessRows = readRows(reading, livesFiles[0], [
		'business_id',
		'name',
		'address',
		'latitude',
		'longitude'
	]);
	const visitRows = readRows(reading, livesFiles[1], ['business_id', 'score', 'date']);
	const violationRows = readRows(reading, livesFiles[2], ['business_id', 'date', 'risk_category']);
	refuseAll(reading.refused);
	const refused: LineVerdict[] = [];
	const businesses = businessesOf(businessRows, siteType, refused);
	const visits = visitRows.flatMap((row) => visitOf(row, refused));
	const days = visitDays(visits);
	const found = violationRows.flatMap((row) => violationOf(row, days, refused));
	return { businesses, facts: [...visits, ...found], refused };
}

const refuse = (
	refused: LineVerdict[],
	file: FileIndex,
	{ line, cells }: Row,
	reason: RefusalReason,
	got?: string
): [] => {
	const name = cells.name || cells.business_id || '—';
	refused.push({ file, lines: [line], name, verdict: 'refused', reason, ...(got !== undefined && { got }) });
	return [];
};

/** The first line of an id is the business; another with the same id is refused. */
function businessesOf(rows: readonly Row[], siteType: string, refused: LineVerdict[]): BusinessLine[] {
	/** Where an id was said first. */
	const seen = new Map<string, number>();
	return rows.flatMap((row): BusinessLine[] => {
		const { line, cells } = row;
		const ref = cells.business_id!;
		if (ref === '') return refuse(refused, 0, row, 'name', '');
		const first = seen.get(ref);
		if (first !== undefined) return refuse(refused, 0, row, 'repeated', String(first));
		if (cells.name!.length < 2) return refuse(refused, 0, row, 'name', cells.name);
		seen.set(ref, line);
		const [longitude, latitude] = [Number(cells.longitude), Number(cells.latitude)];
		const isGiven = cells.longitude !== '' && cells.latitude !== '';
		const isThere =
			isGiven &&
			Number.isFinite(longitude) &&
			Number.isFinite(latitude) &&
			(longitude !== 0 || latitude !== 0);
		return [
			{
				line,
				ref,
				name: cells.name!.slice(0, 120),
				address: cells.address!,
				siteType,
				creditCodeAbsence: 'LIVES register',
				longitude: isThere ? longitude : null,
				latitude: isThere ? latitude : null,
				defect: isGiven && !isThere ? `${cells.longitude}, ${cells.latitude}` : null
			}
		];
	});
}

/** A day as the format writes it, YYYYMMDD; null when there is none such. */
function dayOf(text: string): IsoDate | null {
	const [, year, month, date] = /^(\d{4})-?(\d\d)-?(\d\d)$/.exec(text) ?? [];
	const day = `${year}-${month}-${date}`;
	return year !== undefined && new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day) ? day : null;
}

function visitOf(row: Row, refused: LineVerdict[]): FactLine[] {
	const { line, cells } = row;
	const on = dayOf(cells.date!);
	if (on === null) return refuse(refused, 1, row, 'day', cells.date);
	const isScored = cells.score !== '';
	const score = Number(cells.score);
	if (isScored && !(score >= 0 && score <= 100)) return refuse(refused, 1, row, 'score', cells.score);
	return [
		{
			file: 1,
			line,
			ref: `${livesFiles[1]}:${line}`,
			business: cells.business_id!,
			// A complaint or a second look is given no score: it opens no account of its own.
			kind: isScored ? 'inspection.completed' : 'inspection.unscored',
			on,
			data: { inspectionId: on, type: cells.type ?? '', ...(isScored && { officialScore: score }) }
		}
	];
}

type VisitDays = ReadonlyMap<string, { isScored: boolean }>;
const visitKey = (business: string, on: IsoDate) => `${business} ${on}`;

function visitDays(visits: readonly FactLine[]): VisitDays {
	const days = new Map<string, { isScored: boolean }>();
	for (const { business, on, kind } of visits) {
		const key = visitKey(business, on);
		days.set(key, { isScored: kind === 'inspection.completed' || (days.get(key)?.isScored ?? false) });
	}
	return days;
}

/** The format names no inspection in a violation: what ties them is business and day. */
function violationOf(row: Row, visits: VisitDays, refused: LineVerdict[]): FactLine[] {
	const { line, cells } = row;
	const on = dayOf(cells.date!);
	if (on === null) return refuse(refused, 2, row, 'day', cells.date);
	const category = cells.risk_category!;
	if (!riskCategories.includes(category)) return refuse(refused, 2, row, 'risk_category', category);
	const business = cells.business_id!;
	const visit = visits.get(visitKey(business, on));
	if (!visit) return refuse(refused, 2, row, 'visit_unknown');
	return [
		{
			file: 2,
			line,
			ref: `${livesFiles[2]}:${line}`,
			business,
			kind: visit.isScored ? 'violation.found' : 'violation.noted',
			on,
			data: { inspectionId: on, risk_category: category, text: cells.description ?? '' }
		}
	];
}

/** The boundaries that lie beside the lists, if any. */
export const neighbourhoodFile = 'neighborhoods.geojson';
export const readNeighbourhoods = (folder: string): Uint8Array =>
	readFileSync(join(folder, neighbourhoodFile));
