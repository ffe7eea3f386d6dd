import type { FactColumns } from './columns.ts';
import type { DecisionTable } from './compileDecisions.ts';
import { flag, type Vessels, type WriterColumns } from './compileWriters.ts';
import { isPoints, toHundredths } from './points.ts';

/** What the rows of each account come to, before its start, floor and ceiling. */
export interface Sums {
	now: Float64Array;
	later: Float64Array;
	/** Bits of `flag`. */
	flags: Uint8Array;
	/** Numbers of 32 bits a subject. */
	words: number;
	/** Clauses of entries that count, those that wait for confirmation included. */
	evidence: Uint32Array;
}

/** Which rows are read and which of them still count, as numbers of days and milliseconds. */
export interface Reading {
	lastDay: number;
	firstCountingDay: number;
	knownAt: number;
}

/** Subjects taken at a time: a function called often is compiled better than one long loop. */
const blockSubjects = 1024;

/** What the rows of each subject come to. */
export function sumRows(
	columns: FactColumns,
	decisions: DecisionTable,
	rules: { writers: WriterColumns; vessels: Vessels },
	reading: Reading,
	sums: Sums
): void {
	const cells = cellColumns(decisions, rules.writers);
	const special = specialPoints(columns, decisions, rules);
	const wasKnown = knownRows(columns, reading);
	const subjects = sums.flags.length;
	for (let first = 0; first < subjects; first += blockSubjects) {
		const end = Math.min(first + blockSubjects, subjects);
		sumBlock(columns, decisions, cells, special, reading, wasKnown, sums, first, end);
	}
}

/** What a row of a cell does, so that the row need not ask its writer. */
function cellColumns({ writerOfCell }: DecisionTable, { pointsNow, bit }: WriterColumns) {
	const points = Float64Array.from(writerOfCell, (writer) => pointsNow[writer]!);
	const word = Uint8Array.from(writerOfCell, (writer) => bit[writer]! >>> 5);
	const mask = Uint32Array.from(writerOfCell, (writer) => (writer === 0 ? 0 : 1 << (bit[writer]! & 31)));
	return { points, word, mask };
}

/**
 * This is the loop that a province runs through: it asks nothing that a table can answer, branches only where rows
 * seldom differ, and allocates nothing.
 */
function sumBlock(
	{ firstRow, occurredOn, shape }: FactColumns,
	{ flagsOfCell, sinceOfCell, find }: DecisionTable,
	{ points, word, mask }: ReturnType<typeof cellColumns>,
	special: SpecialPoints,
	{ lastDay, firstCountingDay }: Reading,
	wasKnown: ((row: number) => boolean) | null,
	{ now, later, flags, words, evidence }: Sums,
	first: number,
	end: number
): void {
	for (let subject = first; subject < end; subject++) {
		const endRow = firstRow[subject + 1]!;
		const firstWord = subject * words;
		let flagged = 0;
		let sum = 0;
		for (let row = firstRow[subject]!; row < endRow; row++) {
			const day = occurredOn[row]!;
			if (day > lastDay || (wasKnown !== null && !wasKnown(row))) continue;
			let cell = shape[row]!;
			let raised = flagsOfCell[cell]!;
			if (day < sinceOfCell[cell]! || raised & flag.isElsewhere) {
				cell = find(row, day);
				raised = flagsOfCell[cell]!;
			}
			flagged |= raised;
			if (day < firstCountingDay) continue;
			sum += points[cell]!;
			evidence[firstWord + word[cell]!]! |= mask[cell]!;
			if (raised & flag.special) flagged |= special.add(row, cell);
		}
		flags[subject] = flagged;
		now[subject] = later[subject] = sum;
		if (flagged & flag.special) {
			now[subject]! += special.pourNow();
			later[subject]! += special.pourLater();
		}
	}
}

const dayMilliseconds = 86_400_000;

/** Which rows had been recorded by the instant asked for; null: all. */
function knownRows({ recordedAt, occurredOn }: FactColumns, { knownAt }: Reading) {
	if (knownAt === Infinity) return null;
	return (row: number) => (recordedAt ? recordedAt[row]! : occurredOn[row]! * dayMilliseconds) <= knownAt;
}

interface SpecialPoints {
	/** Returns the flags it raises. */
	add: (row: number, cell: number) => number;
	pourNow: () => number;
	pourLater: () => number;
}

/** Entries that wait for confirmation, lie under a cap, or have points that the fact itself says. */
function specialPoints(
	columns: FactColumns,
	{ writerOfCell }: DecisionTable,
	{ writers, vessels }: { writers: WriterColumns; vessels: Vessels }
): SpecialPoints {
	const { points, sign, isRanged, least, most, vesselNow, vesselLater } = writers;
	const said = saidPoints(columns);
	const inNow = new Float64Array(vessels.nowhere + 1);
	const inLater = new Float64Array(vessels.nowhere + 1);
	return {
		add(row, cell) {
			const writer = writerOfCell[cell]!;
			let amount = points[writer]!;
			let raised = 0;
			if (isRanged[writer] === 1) {
				const decided = said ? said.hundredths[said.code[row]!]! : Number.NaN;
				// No number, or none within the range: the general path says what is wrong with it.
				if (!(decided >= least[writer]! && decided <= most[writer]!)) raised = flag.needsGeneral;
				amount = Math.abs(decided) * sign[writer]!;
			}
			inNow[vesselNow[writer]!]! += amount;
			inLater[vesselLater[writer]!]! += amount;
			return raised;
		},
		pourNow: () => pour(vessels, inNow),
		pourLater: () => pour(vessels, inLater)
	};
}

/** Lets everything flow down to the balance, and leaves the vessels empty. */
function pour({ cap, into, sign, balance, nowhere }: Vessels, inside: Float64Array): number {
	for (let vessel = 0; vessel < balance; vessel++) {
		inside[into[vessel]!]! += Math.min(inside[vessel]!, cap[vessel]!) * sign[vessel]!;
		inside[vessel] = 0;
	}
	const sum = inside[balance]!;
	inside[balance] = 0;
	inside[nowhere] = 0;
	return sum;
}

/** The attribute `points` in hundredths, by code; NaN where it says none. */
function saidPoints({ attributes }: FactColumns): { code: Uint32Array; hundredths: Float64Array } | null {
	const column = attributes.get('points');
	if (!column) return null;
	const hundredths = Float64Array.from(column.values, (value) =>
		isPoints(value) ? toHundredths(value) : Number.NaN
	);
	return { code: column.code, hundredths };
}
