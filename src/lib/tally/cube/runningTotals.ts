/** Days of a block: of a log entry's 32 bits, 4 say which of them, 6 how many, 22 in which cell. */
const blockDays = 8;
const mostCells = 2 ** 22;
const mostAtOnce = 63;

interface Block {
	/** Which days: day / blockDays. */
	number: number;
	/** Per cell, everything before this block. */
	before: Int32Array;
	/** What came in this block, a few bits an entry. */
	log: Uint32Array;
	entries: number;
}

/**
 * How many of something there were in each cell, in any window of days. Only what is added is kept, never taken away.
 * A window costs two passes over the cells and the entries of two blocks of days, however long it is and however much there is
 * in all; an addition costs one step a later block.
 */
export class RunningTotals {
	/** In the order of days; a block without anything does not exist. */
	#blocks: Block[] = [];
	#cells: number;
	/** Whether `before` is right everywhere: while much is read in, it is reckoned once at the end. */
	#isSettled = true;

	constructor(cells = 64) {
		this.#cells = cells;
	}

	/** Room for so many cells. */
	grow(cells: number): void {
		if (cells > mostCells) throw new RangeError(`cells: got ${cells}, expected at most ${mostCells}`);
		if (cells <= this.#cells) return;
		this.#cells = cells;
		if (this.#isSettled) for (const block of this.#blocks) block.before = enlarged(block.before, cells);
	}

	/** @param day not negative */
	add(cell: number, day: number, count: number): void {
		if (count < 0 || day < 0) throw new RangeError(`add: got ${count} on day ${day}, expected none below 0`);
		const index = this.#blockFor(Math.floor(day / blockDays));
		const block = this.#blocks[index]!;
		for (let left = count; left > 0; left -= mostAtOnce)
			append(block, cell, day % blockDays, Math.min(left, mostAtOnce));
		if (!this.#isSettled) return;
		for (let later = index + 1; later < this.#blocks.length; later++)
			this.#blocks[later]!.before[cell]! += count;
	}

	/** Much is going to be added: nothing is right until `settle`. */
	unsettle(): void {
		this.#isSettled = false;
	}

	/** Everything is added. @param cells room for so many, and no more */
	settle(cells: number): void {
		this.#cells = cells;
		const sums = new Int32Array(this.#cells);
		const perDay = new Int32Array(this.#cells * blockDays);
		for (const block of this.#blocks) {
			block.before = sums.slice();
			addEntries(sums, null, block, blockDays - 1, 1);
			merge(block, perDay);
		}
		this.#isSettled = true;
	}

	/**
	 * Adds what each cell had from a day to another, both included, to its group.
	 * @param group of each cell, a place in `into`; −1: the cell does not count. null: each cell is a group of its own
	 */
	addBetween(from: number, to: number, into: Int32Array, group: Int32Array | null = null): void {
		if (!this.#isSettled)
			throw new Error('addBetween: got totals that are being filled, expected settled ones');
		const [end, start] = [this.#blockAt(to), this.#blockAt(from - 1)];
		if (!end) return;
		if (end !== start) addDifference(into, group, end.before, start?.before ?? null);
		addEntries(into, group, end, lastDayIn(end, to), 1);
		if (start) addEntries(into, group, start, lastDayIn(start, from - 1), -1);
	}

	get bytes(): number {
		return this.#blocks.reduce((sum, { before, log }) => sum + before.byteLength + log.byteLength, 0);
	}

	/** The last block that begins on a day or before it. */
	#blockAt(day: number): Block | undefined {
		const number = Math.floor(day / blockDays);
		return this.#blocks.findLast((block) => block.number <= number);
	}

	/** The place of a block in the order; it is made where it does not exist. */
	#blockFor(number: number): number {
		let index = this.#blocks.length;
		while (index > 0 && this.#blocks[index - 1]!.number >= number) index--;
		if (this.#blocks[index]?.number === number) return index;
		const before = new Int32Array(this.#isSettled ? this.#cells : 0);
		const earlier = this.#blocks[index - 1];
		if (earlier && this.#isSettled) {
			before.set(earlier.before);
			addEntries(before, null, earlier, blockDays - 1, 1);
		}
		this.#blocks.splice(index, 0, { number, before, log: new Uint32Array(4), entries: 0 });
		return index;
	}
}

const lastDayIn = ({ number }: Block, day: number): number =>
	number < Math.floor(day / blockDays) ? blockDays - 1 : day % blockDays;

function addDifference(
	into: Int32Array,
	group: Int32Array | null,
	after: Int32Array,
	before: Int32Array | null
): void {
	const cells = group?.length ?? into.length;
	for (let cell = 0; cell < cells; cell++) {
		const at = group === null ? cell : group[cell]!;
		if (at >= 0) into[at]! += before === null ? after[cell]! : after[cell]! - before[cell]!;
	}
}

function addEntries(
	into: Int32Array,
	group: Int32Array | null,
	{ log, entries }: Block,
	lastDay: number,
	sign: 1 | -1
): void {
	for (let index = 0; index < entries; index++) {
		const entry = log[index]!;
		if (((entry >>> 6) & 15) > lastDay) continue;
		const at = group === null ? entry >>> 10 : group[entry >>> 10]!;
		if (at >= 0) into[at]! += sign * (entry & 63);
	}
}

/** One entry for a cell and a day, in the order of cells. @param perDay noughts, and noughts again afterwards */
function merge(block: Block, perDay: Int32Array): void {
	for (let index = 0; index < block.entries; index++) {
		const entry = block.log[index]!;
		perDay[(entry >>> 10) * blockDays + ((entry >>> 6) & 15)]! += entry & 63;
	}
	block.entries = 0;
	for (let at = 0; at < perDay.length; at++) {
		for (let left = perDay[at]!; left > 0; left -= mostAtOnce)
			append(block, Math.floor(at / blockDays), at % blockDays, Math.min(left, mostAtOnce));
		perDay[at] = 0;
	}
	block.log = block.log.slice(0, block.entries);
}

function append(block: Block, cell: number, day: number, count: number): void {
	if (block.entries === block.log.length) block.log = enlarged(block.log, Math.max(16, block.entries * 1.5));
	block.log[block.entries++] = ((cell << 10) | (day << 6) | count) >>> 0;
}

function enlarged<Numbers extends Int32Array | Uint32Array>(numbers: Numbers, length: number): Numbers {
	const larger = new (numbers.constructor as new (length: number) => Numbers)(Math.ceil(length));
	larger.set(numbers);
	return larger;
}
