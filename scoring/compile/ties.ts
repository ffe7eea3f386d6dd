import { worstOf, type Settled } from '../account/settle.ts';
import type { Clause, Pack, Tie } from '../pack/pack.ts';
import type { FactColumns } from './columns.ts';
import { pour, type Sums, type Vessels } from './vessels.ts';
import type { WriterColumns } from './writerColumns.ts';

/** A row that writes an entry, in an account where entries are tied to each other. */
export interface TiedRow {
	row: number;
	writer: number;
	/** Unsigned. */
	own: number;
	hasLapsed: boolean;
}

/** What became of a row's entry, as in `Settled`. */
interface Line extends TiedRow {
	nominal: number;
	relief: number;
	silent: Settled['silent'];
}

/** Tied to nothing that is there. */
const isLoose = ({ silent }: Line): boolean => silent !== null && silent !== 'lapsed';

/** How a clause is tied, with its pack's clauses and the values of the columns worked in. */
interface TiedClause {
	kind: 'reduction' | 'aggravation';
	/** 1 where the writer's entries may be what it is tied to. */
	isTarget: Uint8Array;
	/** The attribute that ties; null: no fact has it. */
	code: Uint32Array | null;
	/** The code of null, which ties nothing; 0 where there is none. */
	nullCode: number;
	sharePercent: number | null;
}

/**
 * Sums an account with reductions and aggravations as `settle` does, once for what is in effect and once with what
 * waits. Rows come in the order of reading.
 */
export function tiedSums(
	pack: Pack,
	columns: FactColumns,
	writers: WriterColumns,
	vessels: Vessels,
	{ now, later, words, evidence }: Sums
): (subject: number, rows: readonly TiedRow[]) => void {
	const tied = [null, ...pack.writers.map((clause) => tiedClause(pack, clause, columns))];
	const { vesselNow, vesselLater, bit } = writers;
	const inVessels = new Float64Array(vessels.nowhere + 1);
	const sum = (lines: readonly Line[]): number => {
		for (const { writer, nominal, relief, silent } of lines) {
			if (silent || tied[writer]?.kind === 'reduction') continue;
			inVessels[vesselLater[writer]!]! += (nominal - relief) * writers.sign[writer]!;
		}
		return pour(vessels, inVessels);
	};
	return (subject, rows) => {
		const isInEffect = ({ writer }: TiedRow) => vesselNow[writer] !== vessels.nowhere;
		const inEffect = settled(rows.filter(isInEffect), tied);
		const waiting = rows.filter((row) => !isInEffect(row));
		const all = waiting.length > 0 ? settled([...rows.filter(isInEffect), ...waiting], tied) : inEffect;
		now[subject] = sum(inEffect);
		later[subject] = all === inEffect ? now[subject]! : sum(all);
		const loose = new Set(inEffect.filter(isLoose).map(({ row }) => row));
		const speaking = [
			...inEffect.filter(({ silent }) => !silent),
			...all.filter((line) => !line.silent && (loose.has(line.row) || !isInEffect(line)))
		];
		evidence.fill(0, subject * words, (subject + 1) * words);
		for (const { writer } of speaking) {
			evidence[subject * words + (bit[writer]! >>> 5)]! |= 1 << (bit[writer]! & 31);
		}
	};
}

function tiedClause(pack: Pack, clause: Clause, columns: FactColumns): TiedClause | null {
	const kind = clause.reduces ? 'reduction' : 'aggravation';
	const tie: Tie | null = clause.reduces ?? clause.aggravates;
	if (!tie) return null;
	const column = columns.attributes.get(tie.by);
	return {
		kind,
		isTarget: Uint8Array.from([
			0,
			...pack.writers.map((other) => Number(other.kind === 'charge' && tie.clauses.includes(other.code)))
		]),
		code: column?.code ?? null,
		nullCode: Math.max(column?.values.indexOf(null) ?? 0, 0),
		sharePercent: clause.sharePercent
	};
}

function settled(rows: readonly TiedRow[], tied: readonly (TiedClause | null)[]): Line[] {
	const lines = rows.map((row): Line => ({
		...row,
		nominal: row.own,
		relief: 0,
		silent: row.hasLapsed ? 'lapsed' : null
	}));
	for (const kind of ['aggravation', 'reduction'] as const) {
		for (const line of lines) {
			const clause = tied[line.writer];
			if (clause?.kind === kind) tieLine(line, clause, lines);
		}
	}
	return lines;
}

function tieLine(
	line: Line,
	{ kind, isTarget, code, nullCode, sharePercent }: TiedClause,
	lines: readonly Line[]
): void {
	const value = code?.[line.row] ?? 0;
	const isTied = value !== 0 && value !== nullCode;
	const charges = isTied
		? lines.filter((other) => isTarget[other.writer] === 1 && code![other.row] === value)
		: [];
	const target =
		kind === 'aggravation' ? worstOf(charges) : charges.find(({ relief, nominal }) => relief < nominal);
	if (!target) {
		line.silent = kind === 'aggravation' ? 'nothing_to_aggravate' : 'nothing_to_reduce';
		return;
	}
	if (sharePercent !== null) line.nominal = Math.floor((target.nominal * sharePercent) / 100);
	line.silent = target.silent;
	if (kind === 'aggravation') return;
	line.relief = Math.min(line.nominal, target.nominal - target.relief);
	target.relief += line.relief;
}
