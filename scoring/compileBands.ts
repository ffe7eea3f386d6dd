import { effectiveBand } from './band.ts';
import { blockSubjects, type Sums } from './compileSums.ts';
import { flag } from './compileWriters.ts';
import type { Pack } from './pack.ts';
import type { Hundredths } from './points.ts';

/** What turns a sum into a balance and a balance into a band; bands from the lowest to the highest. */
export interface Ladder {
	start: Hundredths;
	lowest: number;
	highest: number;
	from: Float64Array;
	rank: Int8Array;
	/** The rank in effect, where a band that needs a confirmation has none. */
	effective: Int8Array;
}

export function ladderOf(pack: Pack): Ladder {
	const upwards = pack.bands.toSorted((a, b) => (a.from ?? -Infinity) - (b.from ?? -Infinity));
	// No confirmation is known here: a decision of that kind takes its account to the general path.
	const nothingConfirmed = new Set<string>();
	return {
		start: pack.start,
		lowest: pack.floor ?? -Infinity,
		highest: pack.ceiling ?? Infinity,
		from: Float64Array.from(upwards, ({ from }) => from ?? -Infinity),
		rank: Int8Array.from(upwards, ({ rank }) => rank),
		effective: Int8Array.from(upwards, (band) => effectiveBand(pack, band, nothingConfirmed).rank)
	};
}

/** Ranks of bands by subject; −1: none. */
export interface Bands {
	band: Int8Array;
	pendingBand: Int8Array;
}

/** Sums become balances, in place, and balances bands. */
export function climb(ladder: Ladder, sums: Sums, bands: Bands): void {
	const subjects = sums.flags.length;
	for (let first = 0; first < subjects; first += blockSubjects) {
		climbBlock(ladder, sums, bands, first, Math.min(first + blockSubjects, subjects));
	}
}

function climbBlock(
	{ start, lowest, highest, from, rank, effective }: Ladder,
	{ now, later, flags }: Sums,
	{ band, pendingBand }: Bands,
	first: number,
	end: number
): void {
	for (let subject = first; subject < end; subject++) {
		const flagged = flags[subject]!;
		const isEvaluated = (flagged & (flag.evaluated | flag.inEffect)) !== 0;
		const balance = Math.min(Math.max(now[subject]! + start, lowest), highest);
		const pending = Math.min(Math.max(later[subject]! + start, lowest), highest);
		let place = from.length - 1;
		while (place > 0 && balance < from[place]!) place--;
		const inEffect = isEvaluated ? effective[place]! : -1;
		if (pending !== balance) {
			place = from.length - 1;
			while (place > 0 && pending < from[place]!) place--;
		}
		const waiting = isEvaluated || (flagged & flag.proposed) !== 0 ? rank[place]! : -1;
		now[subject] = balance;
		later[subject] = pending;
		band[subject] = inEffect;
		pendingBand[subject] = waiting === inEffect ? -1 : waiting;
	}
}
