import type { IsoDate } from '#lib/calendar.ts';
import type { MapEnterprise } from './mapEnterprise.ts';
import type { Counts } from './mapMeasures.ts';

/** What the map says in words: the list, and the numbers of the legend. */
export interface MapAnswer {
	/** The event up to which it is right; a live stream goes on from there. */
	position: number;
	today: IsoDate;
	/** How many match, wherever they lie. */
	total: number;
	/** How many of them are in sight. */
	inView: number;
	/** Some of those in sight, the worst first. */
	rows: MapEnterprise[];
	/** Of those that match. */
	counts: Counts;
	/** Counts by band with every filter but those of the legend, so that a band can be added to another. */
	bandCounts: Counts;
	/** The same for the risk levels. */
	riskCounts: Counts;
	/** Before this zoom the tiles have cells. */
	pointsFrom: number;
}
