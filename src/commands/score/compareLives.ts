import { bandOf, evaluate, formatPoints, fromHundredths, toHundredths, type Band, type Pack } from '#scoring';
import { readLivesFolder, type ScoredInspection } from './livesFolder.ts';
import { refuseAll } from './refusal.ts';

/** An official score beside what the pack makes of the same violations. */
export interface ComparedInspection extends ScoredInspection {
	points: number;
	band: Band;
	officialBand: Band;
}

export interface LivesComparison {
	scored: number;
	/** Of these, with the very points of the official score. */
	exact: number;
	/** Of these, in the band the official score lies in. */
	grades: number;
}

/**
 * Scores every officially scored inspection of a LIVES folder, each on its own day from all facts of its
 * business: that earlier inspections do not bear on it is the pack's cycle.
 */
export function scoreLives(pack: Pack, folder: string): { compared: ComparedInspection[]; notes: string[] } {
	const { scored, factsByBusiness, notes } = readLivesFolder(folder);
	refuseAll(scored.flatMap((inspection) => scoreFault(pack, inspection)));
	const compared = scored.map((inspection): ComparedInspection => {
		const { business, day, officialScore } = inspection;
		const { balance, band } = evaluate(pack, factsByBusiness.get(business)!, day);
		if (!band)
			throw new Error(`${inspection.place}: got no band, expected ${pack.id} to take it as inspected`);
		return {
			...inspection,
			points: fromHundredths(balance),
			band,
			officialBand: bandOf(pack, toHundredths(officialScore))
		};
	});
	return { compared, notes };
}

function scoreFault({ floor, ceiling }: Pack, { officialScore, place }: ScoredInspection): string[] {
	const score = toHundredths(officialScore);
	if (score >= (floor ?? -Infinity) && score <= (ceiling ?? Infinity)) return [];
	const ends = [floor, ceiling].map((end) => (end === null ? 'any' : formatPoints(end)));
	return [`${place}: Score: got ${officialScore}, expected ${ends.join(' to ')}`];
}

export const comparisonOf = (compared: readonly ComparedInspection[]): LivesComparison => ({
	scored: compared.length,
	exact: compared.filter(({ points, officialScore }) => points === officialScore).length,
	grades: compared.filter(({ band, officialBand }) => band === officialBand).length
});
