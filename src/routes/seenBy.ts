import type { RequestEvent } from '@sveltejs/kit';
import { shanghaiDate } from '#lib/calendar.ts';
import { visibilityOf } from '#lib/live/liveEvent.ts';
import type { Seen } from '#lib/ranking/rememberedRanking.ts';

/** What the asker may see of sums in memory: the same scopes that the policies of the counters know. */
export const seenBy = ({ locals }: RequestEvent): Seen => ({
	scopes: visibilityOf(locals.memberships).scopes,
	today: shanghaiDate(new Date())
});
