/**
 * Seeded pseudo-random numbers: mulberry32 (Tommy Ettinger, public domain), 32 bits of state. Good enough to draw
 * sample data and fast; never for keys or tokens. The same seed gives the same numbers on every machine.
 */
export interface Random {
	/** Uniform in [0, 1). */
	next(): number;
	/** Uniform whole number, both ends included. */
	integer(lowest: number, highest: number): number;
	between(lowest: number, highest: number): number;
	chance(probability: number): boolean;
	pick<Value>(values: readonly Value[]): Value;
	/** One value with a chance in proportion to its weight; the weights need not add up to 1. */
	weighted<Value>(values: readonly Value[], weightOf: (value: Value) => number): Value;
	/** Standard normal (Box–Muller). */
	normal(): number;
	shuffled<Value>(values: readonly Value[]): Value[];
	/** An independent stream: what one part draws does not shift what another part gets. */
	fork(name: string | number): Random;
}

/** FNV-1a, to turn the name of a stream into a seed. */
function hash(text: string, start: number): number {
	let value = (start ^ 0x811c9dc5) >>> 0;
	for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
	return value;
}

function mulberry32(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

export function createRandom(seed: number): Random {
	const next = mulberry32(seed);
	const integer = (lowest: number, highest: number) => lowest + Math.floor(next() * (highest - lowest + 1));
	const pick = <Value>(values: readonly Value[]): Value => {
		if (values.length === 0) throw new RangeError('random.pick: got no values, expected at least one');
		return values[integer(0, values.length - 1)]!;
	};
	return {
		next,
		integer,
		pick,
		between: (lowest, highest) => lowest + next() * (highest - lowest),
		chance: (probability) => next() < probability,
		weighted(values, weightOf) {
			const total = values.reduce((sum, value) => sum + weightOf(value), 0);
			let rest = next() * total;
			for (const value of values) {
				rest -= weightOf(value);
				if (rest < 0) return value;
			}
			return pick(values);
		},
		normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
		shuffled(values) {
			const order = [...values];
			for (let i = order.length - 1; i > 0; i--) {
				const j = integer(0, i);
				[order[i], order[j]] = [order[j]!, order[i]!];
			}
			return order;
		},
		fork: (name) => createRandom(hash(String(name), seed))
	};
}
