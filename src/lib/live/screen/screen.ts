import type { FirstLook } from '#lib/enterprise/mapDrawing/firstLook.ts';
import type { Ranking } from '#lib/ranking/ranking.ts';
import type { DayFlow, Overview } from '#lib/tally/overview.ts';

/** What the wall tells of; other events change figures only. */
export const changeKinds = [
	'inspection.sealed',
	'delivery.received',
	'hazard.rectification_submitted',
	'report.adopted',
	'event.entered',
	'alarm.recorded',
	'measure.ordered',
	'measure.done'
] as const;
export type ChangeKind = (typeof changeKinds)[number];

export interface Change {
	position: number;
	/** An instant. */
	at: string;
	kind: ChangeKind;
	name: string;
	community: string | null;
}

/** Everything on the wall, in one answer: what it shows is always of one moment and never grows. */
export interface ScreenContent {
	/** Of the build that answers; another one than the page's own: the page loads itself anew. */
	version: string;
	place: string | null;
	overview: Overview;
	supervision: { open: number; overdue: number };
	communities: Ranking;
	siteTypes: Ranking;
	flows: DayFlow[];
	look: FirstLook | null;
	enterprises: number;
	changes: Change[];
	/** Position in the feed up to which all of this is right, at least. */
	position: number;
}

export const changesShown = 6;
export const rankingRowsShown = 8;

/** Day and time on a wall in Shanghai, to the second. */
export const wallClock = (milliseconds: number): { day: string; time: string } => {
	const [day, time] = new Date(milliseconds + 8 * 3_600_000).toISOString().slice(0, 19).split('T');
	return { day: day!, time: time! };
};

/** Heights of the bars of a flow, as shares of the tallest; 0 where nothing happened. */
export function flowShares(flows: readonly DayFlow[]): { day: string; found: number; closed: number }[] {
	const most = Math.max(1, ...flows.flatMap(({ found, closed }) => [found, closed]));
	return flows.map(({ day, found, closed }) => ({ day, found: found / most, closed: closed / most }));
}
