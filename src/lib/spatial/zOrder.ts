import { worldBits } from './world.ts';

/**
 * Z-order: the bits of x and y taken in turn, so that every tile, and every cell inside a tile, is one unbroken
 * range of keys. 26 bits each make 52, which a double holds exactly; what they leave out is less than a metre.
 */
export const keyBits = 26;
const droppedBits = worldBits - keyBits;
const halfBits = 13;

/** 13 bits with a gap behind each. */
const spread = Uint32Array.from({ length: 1 << halfBits }, (_, value) => {
	let spaced = 0;
	for (let bit = 0; bit < halfBits; bit++) spaced |= ((value >>> bit) & 1) << (2 * bit);
	return spaced;
});
const halfMask = (1 << halfBits) - 1;

/** @param x @param y below 2^26 */
function interleaved(x: number, y: number): number {
	const high = spread[x >>> halfBits]! + 2 * spread[y >>> halfBits]!;
	const low = spread[x & halfMask]! + 2 * spread[y & halfMask]!;
	return high * 2 ** (2 * halfBits) + low;
}

/** The key of a place. @param x @param y world units */
export const zKey = (x: number, y: number): number => interleaved(x >>> droppedBits, y >>> droppedBits);

/** The number of a cell among those of its level: the first bits of the key of whatever lies in it. @param level 0 … 26 */
export const cellOf = (key: number, level: number): number => Math.floor(key / 4 ** (keyBits - level));

/** The same number from where the cell stands. @param x @param y column and row, below 2^level */
export const cellAt = (x: number, y: number): number => interleaved(x, y);

/** Column and row of a cell. */
export function placeOfCell(cell: number): { x: number; y: number } {
	const high = Math.floor(cell / 2 ** (2 * halfBits));
	const low = cell % 2 ** (2 * halfBits);
	return {
		x: packed(high) * 2 ** halfBits + packed(low),
		y: packed(high >>> 1) * 2 ** halfBits + packed(low >>> 1)
	};
}

/** Every other bit of 26. */
function packed(value: number): number {
	let bits = value & 0x5555555;
	bits = (bits | (bits >>> 1)) & 0x3333333;
	bits = (bits | (bits >>> 2)) & 0xf0f0f0f;
	bits = (bits | (bits >>> 4)) & 0xff00ff;
	return (bits | (bits >>> 8)) & 0xffff;
}

/** The first place in ascending `keys` where a key is at least `bound`. */
export function lowerBound(keys: Float64Array, bound: number, from = 0, to = keys.length): number {
	let [low, high] = [from, to];
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (keys[middle]! < bound) low = middle + 1;
		else high = middle;
	}
	return low;
}

const digits = 1 << halfBits;

/** The order that sorts keys, equals staying as they were. @param keys whole, below 2^52 */
export function sortedOrder(keys: Float64Array): Uint32Array {
	const count = keys.length;
	let least = Infinity;
	let greatest = 0;
	for (let place = 0; place < count; place++) {
		const key = keys[place]!;
		if (key < least) least = key;
		if (key > greatest) greatest = key;
	}
	// Where key and place fit into one number, as in a community, numbers sort faster than anything that asks back.
	return (greatest - least + 1) * 2 * count < Number.MAX_SAFE_INTEGER && count < digits
		? orderByNumber(keys, least)
		: orderByDigits(keys);
}

function orderByNumber(keys: Float64Array, least: number): Uint32Array {
	const count = keys.length;
	// A power of two, so that taking the numbers apart again needs no division.
	const step = 2 ** Math.ceil(Math.log2(Math.max(count, 1)));
	const numbers = new Float64Array(count);
	for (let place = 0; place < count; place++) numbers[place] = (keys[place]! - least) * step + place;
	numbers.sort();
	const order = new Uint32Array(count);
	for (let turn = 0; turn < count; turn++) {
		const number = numbers[turn]!;
		order[turn] = number - Math.floor(number / step) * step;
	}
	return order;
}

function orderByDigits(keys: Float64Array): Uint32Array {
	const count = keys.length;
	const half = 2 ** (2 * halfBits);
	const low = new Uint32Array(count);
	const high = new Uint32Array(count);
	let order = new Uint32Array(count);
	for (let place = 0; place < count; place++) {
		const upper = Math.floor(keys[place]! / half);
		high[place] = upper;
		low[place] = keys[place]! - upper * half;
		order[place] = place;
	}
	let spare = new Uint32Array(count);
	for (const values of [low, high])
		for (const shift of [0, halfBits])
			if (sortByDigit(values, shift, order, spare)) [order, spare] = [spare, order];
	return order;
}

/** One pass of a counting sort by 13 bits, what was in order staying so. false: all are the same, and nothing was done. */
function sortByDigit(values: Uint32Array, shift: number, from: Uint32Array, to: Uint32Array): boolean {
	const count = values.length;
	const next = new Uint32Array(digits + 1);
	for (let place = 0; place < count; place++) next[((values[place]! >>> shift) & halfMask) + 1]!++;
	if (count > 0 && next[((values[0]! >>> shift) & halfMask) + 1] === count) return false;
	for (let digit = 0; digit < digits; digit++) next[digit + 1]! += next[digit]!;
	for (let turn = 0; turn < count; turn++) {
		const row = from[turn]!;
		to[next[(values[row]! >>> shift) & halfMask]!++] = row;
	}
	return true;
}
