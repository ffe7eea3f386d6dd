import { factFault, instantMilliseconds, type Fact, type FactValue } from '../fact/fact.ts';
import { FactFaultError, fault } from '../value/fault.ts';
import { dayNumber, isoDay } from './dayNumber.ts';

/** One attribute of many facts: `values[code[row]]`, where `values[0]` is what a fact without it has. */
export interface AttributeColumn {
	values: readonly (FactValue | undefined)[];
	code: Uint32Array;
}

/** The facts of many accounts as columns: a row is a fact, the rows of one subject stand together. */
export interface PlainColumns {
	subjects: readonly string[];
	/** The rows of subject i are `firstRow[i]` up to, not including, `firstRow[i + 1]`. */
	firstRow: Uint32Array;
	/** Codes into `kinds`. */
	kind: Uint16Array;
	kinds: readonly string[];
	/** Days since 1970-01-01. */
	occurredOn: Int32Array;
	/** Milliseconds since 1970-01-01 UTC; null: everything was known from the start of its own day, UTC. */
	recordedAt: Float64Array | null;
	attributes: ReadonlyMap<string, AttributeColumn>;
	/** By row; null: a fact is named after its row. */
	ids: readonly string[] | null;
}

/**
 * Columns with the facts of one shape taken together: same kind, same values of all attributes that do not have
 * too many of them. Rules are then asked once for each shape and not once for each fact.
 */
export interface FactColumns extends PlainColumns {
	shape: Uint16Array;
	/** A row of each shape. */
	rowOfShape: Uint32Array;
	/** The attributes that make the shape; of the others each row has its own. */
	shaping: ReadonlySet<string>;
	/** The first and the last day of each `blockSubjects` subjects: where all count, no row need be asked. */
	firstDayOfBlock: Int32Array;
	lastDayOfBlock: Int32Array;
}

/** Subjects taken at a time: a function called often is compiled better than one long loop. */
export const blockSubjects = 1024;

/** Few enough that what is known of every shape stays in the processor's nearer caches. */
const mostShapes = 4096;

/** Finds the shapes of columns; `columnsOf` does it already. */
export function shaped(columns: PlainColumns): FactColumns {
	let shape = Uint16Array.from(columns.kind);
	let rowOfShape = firstRows(shape, columns.kinds.length);
	const shaping = new Set<string>();
	const fewestFirst = [...columns.attributes].sort(([, a], [, b]) => a.values.length - b.values.length);
	for (const [name, { code, values }] of fewestFirst) {
		const finer = combined(shape, code, values.length);
		if (!finer) continue;
		({ shape, rowOfShape } = finer);
		shaping.add(name);
	}
	return { ...columns, shape, rowOfShape, shaping, ...daysOfBlocks(columns) };
}

function daysOfBlocks({ firstRow, occurredOn, subjects }: PlainColumns) {
	const blocks = Math.ceil(subjects.length / blockSubjects);
	const firstDayOfBlock = new Int32Array(blocks).fill(2 ** 31 - 1);
	const lastDayOfBlock = new Int32Array(blocks).fill(-(2 ** 31));
	for (let block = 0; block < blocks; block++) {
		const end = firstRow[Math.min((block + 1) * blockSubjects, subjects.length)]!;
		for (let row = firstRow[block * blockSubjects]!; row < end; row++) {
			const day = occurredOn[row]!;
			if (day < firstDayOfBlock[block]!) firstDayOfBlock[block] = day;
			if (day > lastDayOfBlock[block]!) lastDayOfBlock[block] = day;
		}
	}
	return { firstDayOfBlock, lastDayOfBlock };
}

const firstRows = (shape: Uint16Array, shapes: number): Uint32Array =>
	Uint32Array.from({ length: shapes }, (_, each) => shape.indexOf(each));

/** Tells shapes apart by one more attribute; null when that makes too many. */
function combined(shape: Uint16Array, code: Uint32Array, values: number) {
	const places = new Map<number, number>();
	const finer = new Uint16Array(shape.length);
	const rowOfShape: number[] = [];
	for (let row = 0; row < shape.length; row++) {
		const pair = shape[row]! * values + code[row]!;
		let place = places.get(pair);
		if (place === undefined) {
			place = rowOfShape.push(row) - 1;
			if (place === mostShapes) return null;
			places.set(pair, place);
		}
		finer[row] = place;
	}
	return { shape: finer, rowOfShape: Uint32Array.from(rowOfShape) };
}

/** Codes for values as they appear; code 0 is kept for a fact that has none. */
class Dictionary {
	readonly values: (FactValue | undefined)[] = [undefined];
	readonly code: Uint32Array;
	readonly #codes = new Map<FactValue, number>();

	constructor(rows: number) {
		this.code = new Uint32Array(rows);
	}

	set(row: number, value: FactValue): void {
		let code = this.#codes.get(value);
		if (code === undefined) {
			code = this.values.push(value) - 1;
			this.#codes.set(value, code);
		}
		this.code[row] = code;
	}
}

/**
 * Facts of any number of subjects as columns, subjects in the order in which they first appear.
 * Throws (RangeError, got and expected) on a malformed fact and on an id twice in one account, as `evaluate` does.
 */
export function columnsOf(facts: readonly Fact[]): FactColumns {
	const rows = facts.length;
	const bySubject = Map.groupBy(facts, ({ subject }) => subject);
	const firstRow = new Uint32Array(bySubject.size + 1);
	const kinds = new Map<string, number>();
	const kind = new Uint16Array(rows);
	const occurredOn = new Int32Array(rows);
	const recordedAt = new Float64Array(rows);
	const attributes = new Map<string, Dictionary>();
	const ids: string[] = [];
	for (const [subject, own] of [...bySubject.values()].entries()) {
		assertAccount(own);
		for (const fact of own) {
			const row = ids.push(fact.id) - 1;
			if (!kinds.has(fact.kind)) kinds.set(fact.kind, kinds.size);
			kind[row] = kinds.get(fact.kind)!;
			occurredOn[row] = dayNumber(fact.occurredOn);
			recordedAt[row] = instantMilliseconds(fact.recordedAt);
			for (const [name, value] of Object.entries(fact.data)) {
				if (!attributes.has(name)) attributes.set(name, new Dictionary(rows));
				attributes.get(name)!.set(row, value);
			}
		}
		firstRow[subject + 1] = ids.length;
	}
	if (kinds.size > 65_536) throw new RangeError(`columnsOf: got ${kinds.size} kinds of fact, expected fewer`);
	const subjects = [...bySubject.keys()];
	return shaped({
		subjects,
		firstRow,
		kind,
		kinds: [...kinds.keys()],
		occurredOn,
		recordedAt,
		attributes,
		ids
	});
}

function assertAccount(facts: readonly Fact[]): void {
	const ids = new Set<string>();
	for (const fact of facts) {
		const own = factFault(fact) ?? (ids.has(fact.id) ? fault('fact_twice') : null);
		if (own) throw new FactFaultError(fact.id, own);
		ids.add(fact.id);
	}
}

const dayMilliseconds = 86_400_000;

/** A fact without an id of its own is named after its row. */
export const idOf = (ids: PlainColumns['ids'], row: number): string => ids?.[row] ?? String(row);

/** The facts of one subject, by its place in `subjects`. */
export function factsOfSubject(columns: FactColumns, subject: number): Fact[] {
	const { firstRow, occurredOn, recordedAt, kinds, kind, subjects, ids } = columns;
	const facts: Fact[] = [];
	for (let row = firstRow[subject]!; row < firstRow[subject + 1]!; row++) {
		const day = occurredOn[row]!;
		facts.push({
			id: idOf(ids, row),
			subject: subjects[subject]!,
			kind: kinds[kind[row]!]!,
			occurredOn: isoDay(day),
			recordedAt: new Date(recordedAt?.[row] ?? day * dayMilliseconds).toISOString(),
			data: dataOfRow(columns, row)
		});
	}
	return facts;
}

export function dataOfRow({ attributes }: PlainColumns, row: number): Record<string, FactValue> {
	const data: Record<string, FactValue> = {};
	for (const [name, { code, values }] of attributes) {
		const value = values[code[row]!];
		if (value !== undefined) data[name] = value;
	}
	return data;
}
