/** So many blocks of days at most; what lies beyond falls into the first or last one, and stays exact. */
const mostBlocks = 48;
const mostAtOnce = 511;

/** Pairs of days at one site: `head` is the cell (22 bits) and how many there are (10 bits, 512 is nought). */
interface Log {
	head: Uint32Array;
	day: Uint16Array;
	previousDay: Uint16Array;
	entries: number;
}

const emptyLog = (): Log => ({
	head: new Uint32Array(4),
	day: new Uint16Array(4),
	previousDay: new Uint16Array(4),
	entries: 0
});

/**
 * How many checks in a window of days had another one at the same site before them in the same window. Inspections less
 * these are the distinct sites. Pairs (previous day, day) that lie within a window are counted from a table of whole blocks
 * and from the pairs at its two edges, so a window of years costs what a window of months does.
 */
export class RepeatVisits {
	#cells: number;
	readonly #blockDays: number;
	/** The first day of the first block. */
	#firstDay: number | null = null;
	#byDay: Log[] = [];
	#byPreviousDay: Log[] = [];
	/** inside[f][t]: pairs of blocks f and later whose day lies in a block before t; null: none. */
	#inside: (Int32Array | null)[][] = [];
	/** What is being read in; null: everything is in its block. */
	#waiting: Log | null = null;

	/** @param blockDays fewer are faster and take more memory: a number a cell for every two blocks */
	constructor(cells = 64, blockDays = 32) {
		this.#cells = cells;
		this.#blockDays = blockDays;
	}

	grow(cells: number): void {
		if (cells <= this.#cells) return;
		this.#cells = cells;
		for (const row of this.#inside)
			row.forEach((counts, to) => (row[to] = counts && enlarged(counts, this.#cells)));
	}

	/**
	 * @param previousDay not after `day`, neither negative
	 * @param count negative when a pair was taken back: a check that came late went between the two
	 */
	add(cell: number, previousDay: number, day: number, count: number): void {
		for (let left = Math.abs(count); left > 0; left -= mostAtOnce)
			this.#addSome(cell, previousDay, day, Math.sign(count) * Math.min(left, mostAtOnce));
	}

	#addSome(cell: number, previousDay: number, day: number, count: number): void {
		const head = ((cell << 10) | (count + 512)) >>> 0;
		if (this.#waiting) return append(this.#waiting, head, previousDay, day);
		this.#firstDay ??= Math.max(0, previousDay - 2 * this.#blockDays);
		const [first, last] = [this.#blockOf(previousDay), this.#blockOf(day)];
		while (this.#byDay.length <= last) this.#addBlock();
		append(this.#byDay[last]!, head, previousDay, day);
		append(this.#byPreviousDay[first]!, head, previousDay, day);
		for (let from = 0; from <= first; from++)
			for (let to = last + 1; to <= this.#byDay.length; to++) this.#countsOf(from, to)[cell]! += count;
	}

	/** Much is going to be added: nothing is right until `settle`. Only while there is nothing yet. */
	unsettle(): void {
		if (this.#byDay.length > 0) throw new Error('unsettle: got pairs already, expected none');
		this.#waiting = emptyLog();
	}

	/** Everything is added. @param cells room for so many, and no more */
	settle(cells: number): void {
		this.#cells = cells;
		const all = this.#waiting ?? emptyLog();
		this.#waiting = null;
		if (all.entries === 0) return;
		let [earliest, latest] = [Infinity, 0];
		for (let index = 0; index < all.entries; index++) {
			earliest = Math.min(earliest, all.previousDay[index]!);
			latest = Math.max(latest, all.day[index]!);
		}
		this.#firstDay = Math.max(earliest, latest - mostBlocks * this.#blockDays);
		const blocks = this.#blockOf(latest) + 1;
		this.#byDay = bucketed(all, blocks, (index) => this.#blockOf(all.day[index]!));
		this.#byPreviousDay = bucketed(all, blocks, (index) => this.#blockOf(all.previousDay[index]!));
		this.#countInside(blocks);
	}

	#countInside(blocks: number): void {
		this.#inside = Array.from({ length: blocks }, () => Array.from({ length: blocks + 1 }, () => null));
		for (let from = blocks - 1; from >= 0; from--) {
			const { head, day, entries } = this.#byPreviousDay[from]!;
			for (let index = 0; index < entries; index++)
				this.#countsOf(from, this.#blockOf(day[index]!) + 1)[head[index]! >>> 10]! +=
					(head[index]! & 1023) - 512;
			// Those of this block up to `to`, and with them those of all later blocks.
			for (let to = from + 2; to <= blocks; to++)
				addAll(this.#countsOf(from, to), this.#inside[from]![to - 1]);
			for (let to = from + 1; to <= blocks; to++) {
				const later = this.#inside[from + 1]?.[to];
				if (later) addAll(this.#countsOf(from, to), later);
			}
		}
	}

	/** Takes the repeats of each cell from a day to another, both included, from its group (as in `RunningTotals`). */
	subtractBetween(from: number, to: number, into: Int32Array, group: Int32Array | null = null): void {
		if (this.#waiting)
			throw new Error('subtractBetween: got pairs that are being filled, expected settled ones');
		if (this.#firstDay === null || this.#byDay.length === 0) return;
		const [first, last] = [this.#blockOf(from), Math.min(this.#blockOf(to), this.#byDay.length - 1)];
		const inside = first + 1 < last ? this.#inside[first + 1]![last] : null;
		if (inside) subtractAll(into, group, inside);
		// Pairs that begin in the first block; then those that end in the last one and begin after the first.
		subtractWithin(into, group, this.#byPreviousDay[first], from, to);
		const afterFirst = this.#firstDay + (first + 1) * this.#blockDays;
		subtractWithin(into, group, this.#byDay[last], Math.max(from, afterFirst), to);
	}

	get bytes(): number {
		const logs = [...this.#byDay, ...this.#byPreviousDay].reduce((sum, { head }) => sum + head.length * 8, 0);
		return logs + this.#inside.flat().reduce((sum, counts) => sum + (counts?.byteLength ?? 0), 0);
	}

	#blockOf(day: number): number {
		return Math.min(mostBlocks - 1, Math.max(0, Math.floor((day - this.#firstDay!) / this.#blockDays)));
	}

	#addBlock(): void {
		const blocks = this.#byDay.length;
		this.#byDay.push(emptyLog());
		this.#byPreviousDay.push(emptyLog());
		for (const row of this.#inside) row.push(row[blocks]?.slice() ?? null);
		this.#inside.push(Array.from({ length: blocks + 2 }, () => null));
	}

	#countsOf(from: number, to: number): Int32Array {
		return (this.#inside[from]![to] ??= new Int32Array(this.#cells));
	}
}

function subtractAll(into: Int32Array, group: Int32Array | null, counts: Int32Array): void {
	const cells = group?.length ?? into.length;
	for (let cell = 0; cell < cells; cell++) {
		const at = group === null ? cell : group[cell]!;
		if (at >= 0) into[at]! -= counts[cell]!;
	}
}

function subtractWithin(
	into: Int32Array,
	group: Int32Array | null,
	log: Log | undefined,
	from: number,
	to: number
): void {
	if (!log) return;
	const { head, day, previousDay, entries } = log;
	for (let index = 0; index < entries; index++) {
		if (previousDay[index]! < from || day[index]! > to) continue;
		const pair = head[index]!;
		const at = group === null ? pair >>> 10 : group[pair >>> 10]!;
		if (at >= 0) into[at]! -= (pair & 1023) - 512;
	}
}

function bucketed(
	{ head, day, previousDay, entries }: Log,
	blocks: number,
	blockOf: (index: number) => number
): Log[] {
	const sizes = new Uint32Array(blocks);
	for (let index = 0; index < entries; index++) sizes[blockOf(index)]! += 1;
	const logs = Array.from(sizes, (size) => ({
		head: new Uint32Array(size),
		day: new Uint16Array(size),
		previousDay: new Uint16Array(size),
		entries: 0
	}));
	for (let index = 0; index < entries; index++)
		append(logs[blockOf(index)]!, head[index]!, previousDay[index]!, day[index]!);
	return logs;
}

function append(log: Log, head: number, previousDay: number, day: number): void {
	if (log.entries === log.head.length) {
		const length = Math.max(8, Math.ceil(log.entries * 1.5));
		log.head = enlarged(log.head, length);
		log.day = enlarged(log.day, length);
		log.previousDay = enlarged(log.previousDay, length);
	}
	log.head[log.entries] = head;
	log.day[log.entries] = day;
	log.previousDay[log.entries++] = previousDay;
}

function addAll(into: Int32Array, numbers: Int32Array | null | undefined): void {
	if (numbers) for (let index = 0; index < numbers.length; index++) into[index]! += numbers[index]!;
}

function enlarged<Numbers extends Int32Array | Uint32Array | Uint16Array>(
	numbers: Numbers,
	length: number
): Numbers {
	const larger = new (numbers.constructor as new (length: number) => Numbers)(length);
	larger.set(numbers);
	return larger;
}
