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

const digitBits = 13;
const digits = 1 << digitBits;
/** Below it a comparison sort is done before the counting has begun. */
const fewKeys = 1_024;

/** The order that sorts keys, equals staying as they were. @param keys whole, below 2^52 */
export function sortedOrder(keys: Float64Array): Uint32Array {
	const count = keys.length;
	let order = Uint32Array.from({ length: count }, (_, place) => place);
	if (count < fewKeys) return order.sort((a, b) => keys[a]! - keys[b]! || a - b);
	let spare = new Uint32Array(count);
	const starts = new Uint32Array(digits);
	const digit = new Uint16Array(count);
	for (let pass = 0; pass * digitBits < 2 * keyBits; pass++) {
		const divisor = 2 ** (pass * digitBits);
		starts.fill(0);
		for (let place = 0; place < count; place++) {
			const value = Math.floor(keys[place]! / divisor) % digits;
			digit[place] = value;
			starts[value]!++;
		}
		let total = 0;
		for (let value = 0; value < digits; value++) {
			const here = starts[value]!;
			starts[value] = total;
			total += here;
		}
		for (let place = 0; place < count; place++) {
			const row = order[place]!;
			spare[starts[digit[row]!]!++] = row;
		}
		[order, spare] = [spare, order];
	}
	return order;
}
