import type { IsoDate } from '#lib/calendar.ts';

/** What a register of others (LIVES) says of one day at an enterprise, in its own words. */
export interface ForeignDay {
	source: string;
	on: IsoDate;
	/** score: as they gave it; null: none was given. */
	visits: { type: string | null; score: number | null }[];
	violations: { category: string | null; text: string | null }[];
}

export interface ForeignVisits {
	/** Days in all; `days` are the newest of them. */
	total: number;
	days: ForeignDay[];
}
