/** A community by what a register of others (LIVES) found there; their visits, not ours. */
export interface ForeignRankingRow {
	/** The scope of the community. */
	key: string;
	label: string;
	violations: number;
	inspections: number;
	/** Distinct sites they visited. */
	sites: number;
}

/** Violations per hundred of their visits, to one decimal; null where they never were. */
export const perHundredVisits = ({
	violations,
	inspections
}: Pick<ForeignRankingRow, 'violations' | 'inspections'>): number | null =>
	inspections === 0 ? null : Math.round((violations / inspections) * 1000) / 10;
