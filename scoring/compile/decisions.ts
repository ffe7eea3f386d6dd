import { clauseFor } from '../account/checkFact.ts';
import { isReservedKind, type Fact, type FactValue } from '../fact/fact.ts';
import type { Clause, Pack } from '../pack/pack.ts';
import { matches, type Condition } from '../pack/pattern.ts';
import { dataOfRow, type AttributeColumn, type FactColumns } from './columns.ts';
import { dayNumber, isoDay } from './dayNumber.ts';
import { flag, type WriterColumns } from './writerColumns.ts';

/**
 * Which clause writes for a fact, answered beforehand for every shape of fact. The first cells stand for the shapes
 * themselves, in what the pack's latest days make of them; further cells are for earlier days, and for values of
 * attributes that are no part of the shape: `find` leads to them.
 */
export interface DecisionTable {
	/** Place of the clause among the writers plus one; 0: none. */
	writerOfCell: Uint16Array;
	/** Bits of `flag`: what the kind of fact and the clause say of the account. */
	flagsOfCell: Uint8Array;
	/** From which day on a shape's own cell holds. */
	sinceOfCell: Int32Array;
	find: (row: number, day: number) => number;
}

/** An attribute beside the shape that clauses of a kind ask about, values that no clause tells apart taken together. */
interface Input {
	name: string;
	code: Uint32Array;
	/** By code of the value. */
	group: Uint32Array;
	/** One value of each group. */
	samples: (FactValue | undefined)[];
}

/** What the clauses of one kind of fact ask. */
interface Question {
	/** The days from which another set of clauses is in force; the first is before all days. */
	starts: number[];
	inputs: Input[];
	/** Combinations of the inputs' groups. */
	size: number;
}

const beforeAllDays = -(2 ** 31);
/** Of a shape that alone decides nothing: every row of it is to be found. */
const afterAllDays = 2 ** 31 - 1;

/** Beyond this a table would cost more to fill than it saves; such facts take the general path. */
const mostCells = 1 << 18;

/** Works a pack's clauses into the shapes of columns. The clauses themselves are asked, by `clauseFor`. */
export function decisionTable(pack: Pack, writers: WriterColumns, columns: FactColumns): DecisionTable {
	const questions = columns.kinds.map((kind) => questionOf(pack, kind, columns));
	const shapes = columns.rowOfShape.length;
	const table = new Cells(shapes);
	const firstCell = new Uint32Array(shapes);
	columns.rowOfShape.forEach((row, shape) => {
		const kindCode = columns.kind[row]!;
		const kind = columns.kinds[kindCode]!;
		const { starts, inputs, size } = questions[kindCode]!;
		const kindFlags = pack.evaluatedBy.has(kind) ? flag.evaluated : 0;
		firstCell[shape] = table.length;
		if (isReservedKind(kind) || table.length + starts.length * size > mostCells) {
			return table.set(shape, 0, kindFlags | flag.needsGeneral, beforeAllDays);
		}
		const data = dataOfRow(columns, row);
		const decide = (start: number, combination: number): [writer: number, flags: number] => {
			// Before all days no clause is in force yet.
			if (start === beforeAllDays) return [0, kindFlags];
			const occurredOn = isoDay(start);
			const fact = { ...emptyFact, kind, occurredOn, data: withSamples(data, inputs, combination) };
			const clause = clauseFor(pack, fact);
			const writer = clause ? writers.places.get(clause)! + 1 : 0;
			return [writer, kindFlags | writers.flags[writer]!];
		};
		const latest = starts.at(-1)!;
		if (inputs.length > 0) table.set(shape, 0, 0, afterAllDays);
		else table.set(shape, ...decide(latest, 0), latest);
		for (const start of starts) {
			for (let combination = 0; combination < size; combination++) {
				// What the shape's own cell says is never looked for here.
				const isOwn = start === latest && inputs.length === 0;
				const [writer, flags] = isOwn ? [0, 0] : decide(start, combination);
				table.push(writer, flags);
			}
		}
	});
	return { ...table.columns(), find: finder(columns, questions, firstCell) };
}

/** Cells as they are filled: the shapes' own first, then the further ones. */
class Cells {
	readonly #writer: number[];
	readonly #flags: number[];
	readonly #since: number[];

	constructor(shapes: number) {
		this.#writer = new Array<number>(shapes).fill(0);
		this.#flags = new Array<number>(shapes).fill(0);
		this.#since = new Array<number>(shapes).fill(beforeAllDays);
	}

	get length(): number {
		return this.#writer.length;
	}

	set(cell: number, writer: number, flags: number, since: number): void {
		this.#writer[cell] = writer;
		this.#flags[cell] = flags;
		this.#since[cell] = since;
	}

	push(writer: number, flags: number): void {
		this.set(this.length, writer, flags, beforeAllDays);
	}

	columns() {
		return {
			writerOfCell: Uint16Array.from(this.#writer),
			flagsOfCell: Uint8Array.from(this.#flags),
			sinceOfCell: Int32Array.from(this.#since)
		};
	}
}

function finder(columns: FactColumns, questions: readonly Question[], firstCell: Uint32Array) {
	const { shape, kind } = columns;
	return (row: number, day: number): number => {
		const { starts, inputs, size } = questions[kind[row]!]!;
		let period = starts.length - 1;
		while (day < starts[period]!) period--;
		let combination = 0;
		let stride = 1;
		for (const { code, group, samples } of inputs) {
			combination += group[code[row]!]! * stride;
			stride *= samples.length;
		}
		return firstCell[shape[row]!]! + period * size + combination;
	};
}

function questionOf(pack: Pack, kind: string, columns: FactColumns): Question {
	const clauses = pack.clausesOfKind.get(kind) ?? [];
	const conditions = new Map<string, Condition[]>();
	for (const pattern of clauses.flatMap(({ patterns }) => patterns)) {
		if (pattern.kind !== kind) continue;
		for (const [name, condition] of Object.entries(pattern.where ?? {})) {
			conditions.set(name, [...(conditions.get(name) ?? []), condition]);
		}
	}
	// Whose clause is cited decides whether it is read at all.
	if (conditions.has('clause')) conditions.set('scheme', [...(conditions.get('scheme') ?? []), pack.id]);
	const inputs = [...conditions].flatMap(([name, asked]): Input[] => {
		const column = columns.shaping.has(name) ? undefined : columns.attributes.get(name);
		return column ? [{ name, code: column.code, ...groupsOf(name, asked, column) }] : [];
	});
	const size = inputs.reduce((product, { samples }) => product * samples.length, 1);
	return { starts: periodStarts(clauses), inputs, size };
}

const emptyFact: Fact = { id: '', subject: '', kind: '', occurredOn: '', recordedAt: '', data: {} };

/** Values that meet the very same conditions are one to every clause; a missing one stands apart. */
function groupsOf(name: string, conditions: Condition[], { values }: AttributeColumn) {
	const places = new Map<string, number>();
	const samples: (FactValue | undefined)[] = [];
	const group = Uint32Array.from(values, (value) => {
		const fact = { ...emptyFact, data: value === undefined ? {} : { [name]: value } };
		const met = [value === undefined || value === null]
			.concat(conditions.map((condition) => matches({ kind: '', where: { [name]: condition } }, fact)))
			.map(Number)
			.join('');
		if (!places.has(met)) places.set(met, samples.push(value) - 1);
		return places.get(met)!;
	});
	return { group, samples };
}

/** A shape's data with one value of a group for each input, as the number spells them: the first counts fastest. */
function withSamples(
	data: Fact['data'],
	inputs: readonly Input[],
	combination: number
): Record<string, FactValue> {
	const completed = { ...data };
	let rest = combination;
	for (const { name, samples } of inputs) {
		const sample = samples[rest % samples.length];
		rest = Math.floor(rest / samples.length);
		if (sample === undefined) delete completed[name];
		else completed[name] = sample;
	}
	return completed;
}

function periodStarts(clauses: readonly Clause[]): number[] {
	const days = clauses.flatMap(({ validFrom, validTo }) => [
		dayNumber(validFrom),
		...(validTo === null ? [] : [dayNumber(validTo) + 1])
	]);
	return [beforeAllDays, ...[...new Set(days)].sort((a, b) => a - b)];
}
