import type { Clause, Pack } from '../pack/pack.ts';
import { vesselsOf, type Vessels } from './vessels.ts';

/**
 * What a row says of its account, as bits that are only ever joined. `special`: its points do not go straight into
 * the balance. `tied`: its entry depends on another one.
 */
export const flag = {
	evaluated: 1,
	inEffect: 2,
	proposed: 4,
	needsGeneral: 8,
	special: 16,
	tied: 32
} as const;

/**
 * The writers of a pack as columns, by place + 1; place 0 is the row without a writer, which does nothing.
 * Points flow into vessels, one for each cap and one for the balance: see `Vessels`. What waits for confirmation
 * flows only in the pending account.
 */
export interface WriterColumns {
	places: ReadonlyMap<Clause, number>;
	flags: Uint8Array;
	/** What an entry does to the balance in effect, where nothing is in between; otherwise 0. */
	pointsNow: Float64Array;
	/** What an entry puts into its vessel, signed; of a range, nothing yet. */
	points: Float64Array;
	/** By which its vessel takes it: −1 where it takes from the balance directly, otherwise 1. */
	sign: Int8Array;
	/** 1 where the fact says the points, from `least` to `most`. */
	isRanged: Uint8Array;
	least: Float64Array;
	most: Float64Array;
	vesselNow: Uint16Array;
	vesselLater: Uint16Array;
	/** Which bit of the evidence stands for the clause's code. */
	bit: Uint16Array;
}

/** Bits of evidence that need no memory while an account is summed. */
export const heldBits = 64;

/** The clause codes of a pack, each once: the bits of the evidence. */
export const codesOf = ({ clauses }: Pack): string[] => [...new Set(clauses.map(({ code }) => code))];

export function writerColumns(pack: Pack): { writers: WriterColumns; vessels: Vessels } {
	const length = pack.writers.length + 1;
	const codes = codesOf(pack);
	const { vessels, vesselOf } = vesselsOf(pack);
	const worse = pack.direction === 'up' ? 1 : -1;
	const writers: WriterColumns = {
		places: new Map(pack.writers.map((clause, place) => [clause, place])),
		flags: new Uint8Array(length),
		pointsNow: new Float64Array(length),
		points: new Float64Array(length),
		sign: new Int8Array(length).fill(1),
		isRanged: new Uint8Array(length),
		least: new Float64Array(length),
		most: new Float64Array(length),
		vesselNow: new Uint16Array(length).fill(vessels.nowhere),
		vesselLater: new Uint16Array(length).fill(vessels.nowhere),
		bit: new Uint16Array(length)
	};
	pack.writers.forEach((clause, index) => {
		const at = index + 1;
		writers.bit[at] = codes.indexOf(clause.code);
		const vessel = vesselOf(clause);
		const { min, max } = clause.points ?? { min: 0, max: 0 };
		if (vessel === vessels.balance) writers.sign[at] = clause.kind === 'credit' ? -worse : worse;
		writers.points[at] = Math.abs(min) * writers.sign[at]!;
		writers.isRanged[at] = Number(min !== max);
		writers.least[at] = min;
		writers.most[at] = max;
		const isSealed = clause.takesEffect === 'sealing';
		const isSpecial = min !== max || vessel !== vessels.balance || !isSealed || writers.bit[at]! >= heldBits;
		writers.flags[at] = flagsOf(pack, clause) | (isSpecial ? flag.special : 0);
		writers.pointsNow[at] = isSpecial ? 0 : writers.points[at]!;
		writers.vesselNow[at] = isSealed ? vessel : vessels.nowhere;
		writers.vesselLater[at] = vessel;
	});
	return { writers, vessels };
}

function flagsOf(pack: Pack, clause: Clause): number {
	const effect = clause.takesEffect === 'sealing' ? flag.inEffect : flag.proposed;
	const isTied = clause.reduces !== null || clause.aggravates !== null;
	const mayConfirm = clause.isConfirmedOpinion && pack.bands.some((band) => band.needsConfirmation);
	const needsGeneral = clause.repeated !== null || mayConfirm || !capsAgree(pack, clause);
	return effect | (needsGeneral ? flag.needsGeneral : 0) | (isTied ? flag.special | flag.tied : 0);
}

/** Versions of one clause share its cap; where they do not agree on it, which entry comes first matters. */
const capsAgree = ({ writers }: Pack, { code, kind, aspect, cap }: Clause): boolean =>
	writers.every(
		(other) => other.code !== code || (other.kind === kind && other.aspect === aspect && other.cap === cap)
	);
