/** Days of a block: of a log entry's 32 bits, 3 say which of them, 7 how many, 22 in which cell. */
const blockDays = 8;
const mostCells = 2 ** 22;
const mostAtOnce = 127;

interface Block {
	/** Which eight days: day / 8. */
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
		for (let left = count; left > 0; left -= mostAtOnce) {
			if (block.entries === block.log.length)
				block.log = enlarged(block.log, Math.max(16, block.entries * 1.5));
			block.log[block.entries++] =
				((cell << 10) | ((day % blockDays) << 7) | Math.min(left, mostAtOnce)) >>> 0;
		}
		if (!this.#isSettled) return;
		for (let later = index + 1; later < this.#blocks.length; later++)
			this.#blocks[later]!.before[cell]! += count;
	}

	/** Much is going to be added: nothing is right until `settle`. */
	unsettle(): void {
		this.#isSettled = false;
	}

	settle(): void {
		const sums = new Int32Array(this.#cells);
		for (const block of this.#blocks) {
			block.before = sums.slice();
			addEntries(sums, block, blockDays - 1, 1);
			block.log = block.log.slice(0, block.entries);
		}
		this.#isSettled = true;
	}

	/** Adds to each cell what it had from a day to another, both included. */
	addBetween(from: number, to: number, into: Int32Array): void {
		if (!this.#isSettled)
			throw new Error('addBetween: got totals that are being filled, expected settled ones');
		this.#addUntil(to, 1, into);
		this.#addUntil(from - 1, -1, into);
	}

	get bytes(): number {
		return this.#blocks.reduce((sum, { before, log }) => sum + before.byteLength + log.byteLength, 0);
	}

	#addUntil(day: number, sign: 1 | -1, into: Int32Array): void {
		const number = Math.floor(day / blockDays);
		const index = this.#blocks.findLastIndex((block) => block.number <= number);
		if (index < 0) return;
		const block = this.#blocks[index]!;
		const { before } = block;
		for (let cell = 0; cell < into.length; cell++) into[cell]! += sign * before[cell]!;
		addEntries(into, block, block.number < number ? blockDays - 1 : day % blockDays, sign);
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
			addEntries(before, earlier, blockDays - 1, 1);
		}
		this.#blocks.splice(index, 0, { number, before, log: new Uint32Array(4), entries: 0 });
		return index;
	}
}

function addEntries(into: Int32Array, { log, entries }: Block, lastDay: number, sign: 1 | -1): void {
	for (let index = 0; index < entries; index++) {
		const entry = log[index]!;
		if (((entry >>> 7) & 7) <= lastDay) into[entry >>> 10]! += sign * (entry & 127);
	}
}

function enlarged<Numbers extends Int32Array | Uint32Array>(numbers: Numbers, length: number): Numbers {
	const larger = new (numbers.constructor as new (length: number) => Numbers)(Math.ceil(length));
	larger.set(numbers);
	return larger;
}
