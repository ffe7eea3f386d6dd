import type { IsoDate } from '#lib/calendar.ts';

/** How many hazards fell due in a period, and how many of them were put right in time at the first look. */
export interface Rectified {
	due: number;
	inTime: number;
}

/** The first line of the leader's screen. `open*` and `overdue*` are as of today, the rest of the period. */
export interface Overview {
	from: IsoDate;
	to: IsoDate;
	today: IsoDate;
	/** An instant. */
	at: string;
	openMajor: number;
	open: number;
	overdue: number;
	overdueSites: number;
	oldestDeadline: IsoDate | null;
	found: number;
	closed: number;
	inspections: number;
	inspectedSites: number;
	rectified: Rectified;
	previousRectified: Rectified;
	enterprises: number;
	inspectedThisYear: number;
	/** Enterprises that lie in no area and wait in the queue. */
	outside: number;
	/** Track-C reports that wait for 采纳. */
	reports: number;
}

export interface DayFlow {
	day: IsoDate;
	found: number;
	closed: number;
	inspections: number;
	/** 存量 at the end of the day. */
	open: number;
}

/** Whole per cent; null where nothing fell due: no rate is not a rate of nought. */
export const inTimePercent = ({ due, inTime }: Rectified): number | null =>
	due === 0 ? null : Math.round((inTime / due) * 100);
