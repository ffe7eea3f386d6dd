import type { Band, Pack } from '../pack/pack.ts';
import type { Hundredths } from '../value/points.ts';

/** The band a balance lies in: from included (以上含本数), below not (以下不含). */
export function bandIn(bands: readonly Band[], balance: Hundredths): Band {
	const band = bands.find(
		({ from, below }) => balance >= (from ?? -Infinity) && balance < (below ?? Infinity)
	);
	if (!band) throw new RangeError(`bandIn: got ${balance}, expected a balance that the bands cover`);
	return band;
}

export const bandOf = (pack: Pack, balance: Hundredths): Band => bandIn(pack.bands, balance);

/** The band in effect: the one reached, or the nearest better one that needs no confirmation or has it. */
export function effectiveBand(pack: Pack, reached: Band, confirmed: ReadonlySet<string>): Band {
	const band = pack.bands
		.slice(0, reached.rank + 1)
		.findLast(({ key, needsConfirmation }) => !needsConfirmation || confirmed.has(key));
	if (!band)
		throw new Error(`effectiveBand: got no band without confirmation, expected the best of ${pack.id}`);
	return band;
}

/** The next worse band, and the fewest points that lead into it; null in the worst. */
export function nextBand(pack: Pack, balance: Hundredths): { band: Band; distance: Hundredths } | null {
	const reached = bandOf(pack, balance);
	const band = pack.bands[reached.rank + 1];
	if (!band) return null;
	// Downwards the upper end of the worse band is not in it: one hundredth less is.
	const distance = pack.direction === 'up' ? band.from! - balance : balance - band.below! + 1;
	return { band, distance };
}
