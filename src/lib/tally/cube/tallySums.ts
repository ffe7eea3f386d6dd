import { RepeatVisits } from './repeatVisits.ts';
import { RunningTotals } from './runningTotals.ts';

/** Days as numbers. */
export interface DayWindow {
	first: number;
	last: number;
	today: number;
}

/** What fell to each group. */
export interface Counted {
	found: Int32Array;
	foundMajor: Int32Array;
	closed: Int32Array;
	inspections: Int32Array;
	/** Distinct sites inspected. */
	sites: Int32Array;
	open: Int32Array;
	overdue: Int32Array;
}

/** A day and, with it, a cell in one number. */
const days = 65_536;

/** The counters of numbered cells. What a cell is, whoever keeps the sums knows. Additions may come in any order. */
export class TallySums {
	#cells = 0;
	#room = 64;
	readonly #found = new RunningTotals();
	readonly #foundMajor = new RunningTotals();
	readonly #closed = new RunningTotals();
	readonly #inspections = new RunningTotals();
	readonly #repeats: RepeatVisits;
	/** Open by cell × deadline, and in all; overdue as of one day. */
	readonly #deadlines = new Map<number, number>();
	#open = new Int32Array(64);
	#overdue = new Int32Array(64);
	#overdueOn = 0;

	/** @param repeatDays days of a block of `RepeatVisits` */
	constructor(repeatDays: number) {
		this.#repeats = new RepeatVisits(64, repeatDays);
	}

	get bytes(): number {
		const deadlines = this.#room * 8 + this.#deadlines.size * 40;
		return this.#all.reduce((sum, { bytes }) => sum + bytes, deadlines);
	}

	/** There are so many cells, or more. */
	reach(cells: number): void {
		if (cells <= this.#cells) return;
		this.#cells = cells;
		if (cells > this.#room) this.#makeRoom(Math.ceil(cells * 1.5));
	}

	addFlow(cell: number, isMajor: boolean, day: number, found: number, closed: number): void {
		if (found > 0) this.#found.add(cell, day, found);
		if (found > 0 && isMajor) this.#foundMajor.add(cell, day, found);
		if (closed > 0) this.#closed.add(cell, day, closed);
	}

	/** @param deadline a day, or `noDeadline` @param open may be negative: no longer open */
	addOpen(cell: number, deadline: number, open: number): void {
		const key = cell * days + deadline;
		const now = (this.#deadlines.get(key) ?? 0) + open;
		if (now === 0) this.#deadlines.delete(key);
		else this.#deadlines.set(key, now);
		this.#open[cell]! += open;
		if (deadline < this.#overdueOn) this.#overdue[cell]! += open;
	}

	/** @param previousDay null: the first check of its site @param inspections negative: taken back */
	addVisits(cell: number, day: number, previousDay: number | null, inspections: number): void {
		if (previousDay !== null) this.#repeats.add(cell, previousDay, day, inspections);
	}

	addInspections(cell: number, day: number, inspections: number): void {
		this.#inspections.add(cell, day, inspections);
	}

	/** Much is going to be added: nothing may be asked until `settle`. Only while there is nothing. */
	unsettle(): void {
		for (const totals of this.#all) totals.unsettle();
	}

	settle(): void {
		// A little room: new cells are rare, and each step of growth copies everything.
		const room = Math.ceil(this.#cells * 1.05) + 64;
		for (const totals of this.#all) totals.settle(room);
		this.#keepOpen(room);
	}

	/** @param group of each cell, which of `groups` it adds to; −1: none */
	count({ first, last, today }: DayWindow, group: Int32Array, groups: number): Counted {
		const between = (totals: RunningTotals): Int32Array => {
			const sums = new Int32Array(groups);
			totals.addBetween(first, last, sums, group);
			return sums;
		};
		const inspections = between(this.#inspections);
		const sites = inspections.slice();
		this.#repeats.subtractBetween(first, last, sites, group);
		this.#countOverdue(today);
		return {
			found: between(this.#found),
			foundMajor: between(this.#foundMajor),
			closed: between(this.#closed),
			inspections,
			sites,
			open: grouped(this.#open, group, groups),
			overdue: grouped(this.#overdue, group, groups)
		};
	}

	/** Hazards found in each cell from a day to another, and the 重大 among them. */
	found(first: number, last: number): Pick<Counted, 'found' | 'foundMajor'> {
		const [found, foundMajor] = [new Int32Array(this.#cells), new Int32Array(this.#cells)];
		this.#found.addBetween(first, last, found);
		this.#foundMajor.addBetween(first, last, foundMajor);
		return { found, foundMajor };
	}

	get #all() {
		return [this.#found, this.#foundMajor, this.#closed, this.#inspections, this.#repeats];
	}

	#makeRoom(cells: number): void {
		for (const totals of this.#all) totals.grow(cells);
		this.#keepOpen(cells);
	}

	#keepOpen(room: number): void {
		this.#room = room;
		this.#open = resized(this.#open, room);
		this.#overdue = resized(this.#overdue, room);
	}

	/** Once a day, all deadlines; in between every change is counted as it comes. */
	#countOverdue(today: number): void {
		if (this.#overdueOn === today) return;
		this.#overdueOn = today;
		this.#overdue.fill(0);
		for (const [key, open] of this.#deadlines)
			if (key % days < today) this.#overdue[Math.floor(key / days)]! += open;
	}
}

function grouped(numbers: Int32Array, group: Int32Array, groups: number): Int32Array {
	const sums = new Int32Array(groups);
	for (let cell = 0; cell < group.length; cell++) {
		const at = group[cell]!;
		if (at >= 0) sums[at]! += numbers[cell]!;
	}
	return sums;
}

function resized(numbers: Int32Array, length: number): Int32Array<ArrayBuffer> {
	const other = new Int32Array(length);
	other.set(numbers.subarray(0, length));
	return other;
}
