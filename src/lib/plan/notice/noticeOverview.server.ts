import { expectValue } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import type { ChannelName, FailureReason } from './notice.ts';

/** How notices went out in the last seven days, below a scope that the asker administers; nobody is named. */
export interface NoticeOverview {
	channels: {
		channel: ChannelName;
		taken: number;
		waiting: number;
		givenUp: number;
		/** An instant; null when none was. */
		lastTaken: string | null;
	}[];
	/** The newest first, five at most. */
	failures: {
		channel: ChannelName;
		reason: FailureReason | 'gone';
		tries: number;
		state: 'waiting' | 'given_up';
		at: string;
	}[];
}

export const readNoticeOverview = async (client: Client, scope: string): Promise<NoticeOverview> =>
	expectValue<NoticeOverview>(await client.rpc('notice_overview', { p_scope: scope }));
