import { z } from 'zod';
import type { IsoDate } from '#lib/calendar.ts';

/** What one person was told, and how they want to be. */
export interface OwnNotices {
	today: IsoDate;
	choice: { email: boolean; sms: boolean };
	/** Address of their account, where e-mail goes; null when the account has none. */
	email: string | null;
	/** Mobile phones that the register has of their enterprises, in part: 138****0000. */
	phones: string[];
	/** Addresses of the browsers that they switched push on in. */
	devices: string[];
	/** The newest first, half a year at most. */
	rows: NoticeRow[];
}

export interface NoticeRow {
	id: string;
	role: 'principal' | 'inspector';
	kind: 'before' | 'over';
	day: IsoDate;
	deadline: IsoDate;
	hazards: number;
	enterpriseId: string;
	enterpriseName: string;
}

const ticked = z
	.literal('on')
	.optional()
	.transform((value) => value === 'on');
export const noticeChoiceSchema = z.object({ email: ticked, sms: ticked });
export type NoticeChoice = z.infer<typeof noticeChoiceSchema>;
