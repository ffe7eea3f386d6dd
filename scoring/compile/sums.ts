import type { Pack } from '../pack/pack.ts';
import { isPoints, toHundredths } from '../value/points.ts';
import { blockSubjects, idOf, type FactColumns } from './columns.ts';
import type { DecisionTable } from './decisions.ts';
import { tiedSums, type TiedRow } from './ties.ts';
import { pour, type Sums, type Vessels } from './vessels.ts';
import { flag, heldBits, type WriterColumns } from './writerColumns.ts';

/** Which rows are read and which of them still count, as numbers of days and milliseconds. */
export interface Reading {
	lastDay: number;
	firstCountingDay: number;
	knownAt: number;
}

/** What the rows of each subject come to; returns all flags that any of them may have raised. */
export function sumRows(
	pack: Pack,
	columns: FactColumns,
	decisions: DecisionTable,
	rules: { writers: WriterColumns; vessels: Vessels },
	reading: Reading,
	sums: Sums
): number {
	if (sums.words > heldBits / 32) sums.evidence.fill(0);
	const raised = sumAll(columns, decisions, cellColumns(decisions, rules.writers), reading, sums);
	const slow = reading.knownAt === Infinity ? flag.special : ~0;
	if (!(raised & slow)) return raised;
	const sumSlowly = slowSums(pack, columns, decisions, rules, reading, sums);
	for (let subject = 0; subject < sums.flags.length; subject++) {
		if (sums.flags[subject]! & slow) sumSlowly(subject);
	}
	return ~0;
}

function sumAll(
	columns: FactColumns,
	decisions: DecisionTable,
	cells: ReturnType<typeof cellColumns>,
	reading: Reading,
	sums: Sums
): number {
	const subjects = sums.flags.length;
	const { firstDayOfBlock, lastDayOfBlock } = columns;
	const latestSince = decisions.sinceOfCell.reduce((latest, since) => Math.max(latest, since), 0);
	const firstDay = Math.max(reading.firstCountingDay, latestSince);
	let raised = 0;
	for (let first = 0; first < subjects; first += blockSubjects) {
		const end = Math.min(first + blockSubjects, subjects);
		const block = first / blockSubjects;
		const isWithin = firstDayOfBlock[block]! >= firstDay && lastDayOfBlock[block]! <= reading.lastDay;
		raised |= isWithin
			? sumBlockWithin(columns, decisions, cells, sums, first, end)
			: sumBlock(columns, decisions, cells, reading, sums, first, end);
	}
	return raised;
}

/**
 * What a row of a cell does, so that the row need not ask its writer. The last cell, `nothing`, does nothing: where a row
 * that has lapsed goes.
 */
function cellColumns({ writerOfCell: writers }: DecisionTable, { pointsNow, bit }: WriterColumns) {
	const writerOfCell = [...writers, 0];
	const points = Float64Array.from(writerOfCell, (writer) => (writer === 0 ? 0 : pointsNow[writer]!));
	const maskOf = (word: number) =>
		Int32Array.from(writerOfCell, (writer) =>
			writer !== 0 && bit[writer]! >>> 5 === word ? 1 << (bit[writer]! & 31) : 0
		);
	return { points, low: maskOf(0), high: maskOf(1), nothing: writers.length };
}

/**
 * This is the loop that a province runs through: it asks nothing that a table can answer, branches only where rows
 * seldom differ, and calls and allocates nothing. What it cannot do itself it flags as special, for `slowSums`.
 */
function sumBlock(
	{ firstRow, occurredOn, shape }: FactColumns,
	{ flagsOfCell, sinceOfCell }: DecisionTable,
	{ points, low: lowOfCell, high: highOfCell, nothing }: ReturnType<typeof cellColumns>,
	reading: Reading,
	{ now, later, flags, words, evidence }: Sums,
	first: number,
	end: number
): number {
	let raised = 0;
	// As 32-bit integers, or every row would be compared as a floating-point number.
	const lastDay = reading.lastDay | 0;
	const firstCountingDay = reading.firstCountingDay | 0;
	for (let subject = first; subject < end; subject++) {
		const endRow = firstRow[subject + 1]!;
		let flagged = 0;
		let sum = 0;
		let low = 0;
		let high = 0;
		for (let row = firstRow[subject]!; row < endRow; row++) {
			const day = occurredOn[row]!;
			if (day > lastDay) continue;
			const cell = shape[row]!;
			flagged |= day < sinceOfCell[cell]! ? flag.special : flagsOfCell[cell]!;
			// All bits where the row has lapsed: where half of them have, a branch is guessed wrong every other time.
			const hasLapsed = (day - firstCountingDay) >> 31;
			const counted = (cell & ~hasLapsed) | (nothing & hasLapsed);
			sum += points[counted]!;
			low |= lowOfCell[counted]!;
			high |= highOfCell[counted]!;
		}
		raised |= flagged;
		flags[subject] = flagged;
		now[subject] = sum;
		later[subject] = sum;
		evidence[subject * words] = low;
		if (words > 1) evidence[subject * words + 1] = high;
	}
	return raised;
}

/** The same where every row of the block is read, counts, and is of the pack's latest days. */
function sumBlockWithin(
	{ firstRow, shape }: FactColumns,
	{ flagsOfCell }: DecisionTable,
	{ points, low: lowOfCell, high: highOfCell }: ReturnType<typeof cellColumns>,
	{ now, later, flags, words, evidence }: Sums,
	first: number,
	end: number
): number {
	let raised = 0;
	for (let subject = first; subject < end; subject++) {
		const endRow = firstRow[subject + 1]!;
		let flagged = 0;
		let sum = 0;
		let low = 0;
		let high = 0;
		for (let row = firstRow[subject]!; row < endRow; row++) {
			const cell = shape[row]!;
			flagged |= flagsOfCell[cell]!;
			sum += points[cell]!;
			low |= lowOfCell[cell]!;
			high |= highOfCell[cell]!;
		}
		raised |= flagged;
		flags[subject] = flagged;
		now[subject] = sum;
		later[subject] = sum;
		evidence[subject * words] = low;
		if (words > 1) evidence[subject * words + 1] = high;
	}
	return raised;
}

const dayMilliseconds = 86_400_000;

/**
 * Sums one subject anew, where rows are of earlier days or known too late, entries wait for confirmation, lie
 * under a cap or are tied to each other, or facts say the points themselves.
 */
function slowSums(
	pack: Pack,
	columns: FactColumns,
	{ writerOfCell, flagsOfCell, sinceOfCell, find }: DecisionTable,
	{ writers, vessels }: { writers: WriterColumns; vessels: Vessels },
	{ lastDay, firstCountingDay, knownAt }: Reading,
	{ now, later, flags, words, evidence }: Sums
): (subject: number) => void {
	const { firstRow, occurredOn, recordedAt, shape } = columns;
	const { bit, vesselNow, vesselLater } = writers;
	const pointsOf = rowPoints(columns, writers);
	const inReading = readingOrder(columns);
	const hasTies = pack.writers.some(({ reduces, aggravates }) => reduces ?? aggravates);
	const inNow = new Float64Array(vessels.nowhere + 1);
	const inLater = new Float64Array(vessels.nowhere + 1);
	const sumTied = tiedSums(pack, columns, writers, vessels, { now, later, flags, words, evidence });
	return (subject) => {
		evidence.fill(0, subject * words, (subject + 1) * words);
		let flagged = 0;
		const rows: TiedRow[] = [];
		for (let row = firstRow[subject]!; row < firstRow[subject + 1]!; row++) {
			const day = occurredOn[row]!;
			if (day > lastDay || (recordedAt?.[row] ?? day * dayMilliseconds) > knownAt) continue;
			const own = shape[row]!;
			const cell = day < sinceOfCell[own]! ? find(row, day) : own;
			const writer = writerOfCell[cell]!;
			flagged |= flagsOfCell[cell]!;
			if (writer === 0) continue;
			const points = pointsOf(row, writer);
			const hasLapsed = day < firstCountingDay;
			if (hasTies) rows.push({ row, writer, own: Math.abs(points), hasLapsed });
			// No number, or none within the range: the general path says what is wrong with it.
			if (Number.isNaN(points)) flagged |= flag.needsGeneral;
			if (hasLapsed) continue;
			inNow[vesselNow[writer]!]! += points;
			inLater[vesselLater[writer]!]! += points;
			evidence[subject * words + (bit[writer]! >>> 5)]! |= 1 << (bit[writer]! & 31);
		}
		flags[subject] = flagged;
		now[subject] = pour(vessels, inNow);
		later[subject] = pour(vessels, inLater);
		if (flagged & flag.tied && !(flagged & flag.needsGeneral)) sumTied(subject, rows.sort(inReading));
	};
}

/** The order of reading: day, instant, id. */
function readingOrder({ occurredOn, recordedAt, ids }: FactColumns) {
	return (one: TiedRow, other: TiedRow): number => {
		const days = occurredOn[one.row]! - occurredOn[other.row]!;
		if (days !== 0) return days;
		const instants = recordedAt ? recordedAt[one.row]! - recordedAt[other.row]! : 0;
		if (instants !== 0) return instants;
		return idOf(ids, one.row) < idOf(ids, other.row) ? -1 : 1;
	};
}

/** What an entry puts into its vessel; NaN where the fact should say it and does not. */
function rowPoints(columns: FactColumns, { points, sign, isRanged, least, most }: WriterColumns) {
	const said = saidPoints(columns);
	return (row: number, writer: number): number => {
		if (isRanged[writer] === 0) return points[writer]!;
		const decided = said ? said.hundredths[said.code[row]!]! : Number.NaN;
		const isWithin = decided >= least[writer]! && decided <= most[writer]!;
		return isWithin ? Math.abs(decided) * sign[writer]! : Number.NaN;
	};
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
