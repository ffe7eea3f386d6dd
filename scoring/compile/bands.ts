import { bandOf, effectiveBand } from '../account/band.ts';
import type { Pack } from '../pack/pack.ts';
import type { Hundredths } from '../value/points.ts';
import { blockSubjects } from './columns.ts';
import type { Sums } from './vessels.ts';
import { flag } from './writerColumns.ts';

/** What turns a sum into a balance and a balance into a band: ranks from just below the lowest cut to the highest. */
export interface Ladder {
	start: Hundredths;
	lowest: number;
	highest: number;
	/** The balance of the first place; what is lower has its rank, what is higher the last one's. */
	base: number;
	rank: Int8Array;
	/** The rank in effect, where a band that needs a confirmation has none. */
	effective: Int8Array;
}

export function ladderOf(pack: Pack): Ladder {
	const lowest = pack.floor ?? -Infinity;
	const highest = pack.ceiling ?? Infinity;
	const cuts = pack.bands.flatMap(({ from }) => from ?? []).filter((cut) => cut > lowest);
	const base = Math.max(Math.min(...cuts, highest) - 1, lowest, -Number.MAX_SAFE_INTEGER);
	const bands = Array.from({ length: Math.max(...cuts, base) - base + 1 }, (_, place) =>
		bandOf(pack, Math.min(base + place, highest))
	);
	// No confirmation is known here: a decision of that kind takes its account to the general path.
	const nothingConfirmed = new Set<string>();
	const effectiveRanks = pack.bands.map((band) => effectiveBand(pack, band, nothingConfirmed).rank);
	return {
		start: pack.start,
		lowest,
		highest,
		base,
		rank: Int8Array.from(bands, ({ rank }) => rank),
		effective: Int8Array.from(bands, ({ rank }) => effectiveRanks[rank]!)
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
	{ start, lowest, highest, base, rank, effective }: Ladder,
	{ now, later, flags }: Sums,
	{ band, pendingBand }: Bands,
	first: number,
	end: number
): void {
	const top = rank.length - 1;
	for (let subject = first; subject < end; subject++) {
		const flagged = flags[subject]!;
		const isEvaluated = (flagged & (flag.evaluated | flag.inEffect)) !== 0;
		const balance = Math.min(Math.max(now[subject]! + start, lowest), highest);
		const pending = Math.min(Math.max(later[subject]! + start, lowest), highest);
		const inEffect = isEvaluated ? effective[Math.min(Math.max(balance - base, 0), top)]! : -1;
		const isWaiting = isEvaluated || (flagged & flag.proposed) !== 0;
		const waiting = isWaiting ? rank[Math.min(Math.max(pending - base, 0), top)]! : -1;
		now[subject] = balance;
		later[subject] = pending;
		band[subject] = inEffect;
		pendingBand[subject] = waiting === inEffect ? -1 : waiting;
	}
}
