import { chineseDate, type IsoDate } from '#lib/calendar.ts';

/** Ways to reach a person besides the page of notices, which shows everything anyway. */
export const channelNames = ['push', 'email', 'sms', 'console'] as const;
export type ChannelName = (typeof channelNames)[number];
export type ChannelsOn = Readonly<Record<ChannelName, boolean>>;

/** Why a try failed: the texts stand in `messages`, key `notice.reason.<reason>`. */
export type FailureReason = 'unreachable' | 'slow' | 'busy' | 'refused' | 'sign_in' | 'interrupted';

/** How one person may be reached with one notice. */
export interface Reach {
	/** Ids of the browsers that they switched notices on in. */
	devices: string[];
	/** They want it, and there is an address. */
	email: boolean;
	sms: boolean;
}

export interface Way {
	channel: ChannelName;
	/** The device of a push. */
	target: string | null;
}

/**
 * The ways a notice goes: each that the person chose and the server has. The log is for a server that has no other; it
 * is no way to reach anybody where there is a real one.
 */
export function reaches({ devices, email, sms }: Reach, on: ChannelsOn): Way[] {
	if (on.console) return [{ channel: 'console', target: null }];
	return [
		...(on.push ? devices.map((target): Way => ({ channel: 'push', target })) : []),
		...(on.email && email ? [{ channel: 'email', target: null } as const] : []),
		...(on.sms && sms ? [{ channel: 'sms', target: null } as const] : [])
	];
}

/** Seconds until the next try, after so many. Longer each time: whoever is overloaded is not helped by haste. */
const pauses = [60, 300, 1800, 7200];

/** @returns null when it is given up. */
export const pauseAfter = (tries: number): number | null => pauses[tries - 1] ?? null;

/** What one notice says. */
export interface NoticeFacts {
	role: 'principal' | 'inspector';
	hazards: number;
	/** The nearest one. */
	deadline: IsoDate;
	/** Until the deadline; negative when it is over. */
	days: number;
}

export interface NoticeText {
	title: string;
	text: string;
}

/**
 * What goes out, in Chinese whatever the reader's page is set to. It names neither the enterprise nor a person nor what
 * is wrong: a lock screen is public, and an SMS is no document.
 */
export function noticeText({ role, hazards, deadline, days }: NoticeFacts): NoticeText {
	if (role === 'inspector')
		return {
			title: '安全生产逾期提醒',
			text: `您经办的文书有${hazards}项隐患已逾期${-days}天，请登录查看并安排复查。`
		};
	const until = `整改期限为${chineseDate(deadline)}（含当日，自然日）`;
	if (days < 0)
		return {
			title: '安全生产逾期提醒',
			text: `您单位有${hazards}项隐患已逾期${-days}天，${until}。请立即整改，并扫检查文书上的二维码提交照片。`
		};
	const left = days === 0 ? `今天到期，${until}` : `，${until}，还剩${days}天`;
	return {
		title: '安全生产整改提醒',
		text: `您单位有${hazards}项隐患${left}。请扫检查文书上的二维码提交整改照片；确有困难的，请在到期前申请延期。`
	};
}
