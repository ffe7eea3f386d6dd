import { expectValue } from '#lib/backend/answer.ts';
import type { Backend } from '#lib/backend/backend.server.ts';
import { courseDefects, type MajorCourse } from '#lib/hazard/major/majorCourse.ts';
import { rowDifferences, type RowDifference, type StatedRow } from './recordRows.ts';
import { statedRows, type RecordToState } from './statedRows.ts';

/**
 * Besides the differences of a record's rows: `unreadable`: its text is not of a format this version knows · `untold`:
 * no event tells of a row that must be told · `unrecorded`: it hangs on a record that is not there · `course`: it does
 * not stand as its steps left it
 */
export interface RowDefect {
	kind: RowDifference['kind'] | 'unreadable' | 'untold' | 'unrecorded' | 'course';
	/** Of the record whose rows were looked at; absent for what stands beside the records. */
	position?: number;
	table: string;
	id: string;
	field: string;
	got: string;
	expected: string;
}

export interface RowReport {
	/** Rows that records state. */
	rows: number;
	defects: RowDefect[];
}

interface RecordRows extends RecordToState {
	rows: StatedRow[];
}

const recordsPerPage = 100;

/**
 * Holds every row against the sealed text that it came from, and every state against the steps that led to it. The
 * chain proves the texts; this proves that the rows, which pages and papers read, say the same.
 */
export async function verifyRows(backend: Backend): Promise<RowReport> {
	const report: RowReport = { rows: 0, defects: await defectsBeside(backend) };
	let after = 0;
	for (;;) {
		const page = await readPage(backend, after, recordsPerPage);
		for (const record of page) {
			report.rows += record.rows.length;
			report.defects.push(...recordDefects(record));
			after = record.position;
		}
		if (page.length < recordsPerPage) return report;
	}
}

const readPage = async (backend: Backend, after: number, limit: number): Promise<RecordRows[]> =>
	expectValue<RecordRows[]>(
		await backend.asService('document worker').rpc('read_record_rows', { p_after: after, p_limit: limit })
	);

/** What no single record can tell. */
export const defectsBeside = async (backend: Backend): Promise<RowDefect[]> => [
	...expectValue<RowDefect[]>(await backend.asService('document worker').rpc('read_proof_defects')),
	...(await majorDefects(backend))
];

/** The life of each 重大 hazard is walked again by the rules themselves. */
async function majorDefects(backend: Backend): Promise<RowDefect[]> {
	const defects: RowDefect[] = [];
	let after: string | null = null;
	for (;;) {
		const page: MajorCourse[] = expectValue<MajorCourse[]>(
			await backend
				.asService('document worker')
				.rpc('read_major_courses', { p_after: after as never, p_limit: recordsPerPage })
		);
		defects.push(
			...page
				.flatMap(courseDefects)
				.map((defect) => ({ kind: 'course' as const, table: 'major_cases', ...defect }))
		);
		if (page.length < recordsPerPage) return defects;
		after = page.at(-1)!.hazardId;
	}
}

function recordDefects(record: RecordRows): RowDefect[] {
	const { position } = record;
	let stated: StatedRow[];
	try {
		stated = statedRows(record);
	} catch (error) {
		const got = (error as Error).message.split('\n')[0] ?? '';
		return [
			{
				kind: 'unreadable',
				position,
				table: 'records',
				id: String(position),
				field: 'text',
				got,
				expected: record.kind
			}
		];
	}
	return rowDifferences(stated, record.rows).map((difference) => ({ ...difference, position }));
}
