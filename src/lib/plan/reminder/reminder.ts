import { chineseDate, type IsoDate } from '#lib/calendar.ts';

/** What one enterprise is reminded of today, by one rule. */
export interface Reminder {
	/** Of the lines that it puts together. */
	ids: string[];
	enterpriseId: string;
	enterpriseName: string;
	/** Of its contact; null where nobody gave one. */
	phone: string | null;
	hazards: number;
	deadline: IsoDate;
	kind: 'before' | 'over';
	/** Until the deadline; negative when it is over. */
	days: number;
}

/**
 * The text that goes out, in Chinese whatever the reader's page is set to. It names neither the enterprise nor a person
 * nor what is wrong: it may be read over a shoulder, and an SMS is no document.
 */
export function reminderText({ hazards, deadline, days }: Reminder): string {
	const until = `整改期限为${chineseDate(deadline)}（含当日，自然日）`;
	const end = '请扫检查文书上的二维码提交整改照片；确有困难的，请在到期前申请延期。';
	if (days > 0) return `【安全生产整改提醒】您单位有${hazards}项隐患，${until}，还剩${days}天。${end}`;
	if (days === 0) return `【安全生产整改提醒】您单位有${hazards}项隐患今天到期，${until}。${end}`;
	return `【安全生产逾期提醒】您单位有${hazards}项隐患已逾期${-days}天，${until}。请立即整改，并扫检查文书上的二维码提交照片。`;
}
