import { eventReader } from '#lib/live/eventReader.server.ts';
import { visibilityOf } from '#lib/live/liveEvent.ts';
import { openLiveStream } from '#lib/live/stream.server.ts';
import { whoAmI } from '#lib/identity/session.server.ts';
import { requireMember } from '../../guard.ts';
import type { RequestHandler } from './$types';

/** What changes in what the asker may see, as server-sent events; `Last-Event-ID` or `?after=` says from where. */
export const GET: RequestHandler = (event) => {
	const { session, memberships } = requireMember(event);
	const { backend, client } = event.locals;
	const stream = openLiveStream({
		reader: eventReader(backend),
		after: positionIn(event.request.headers.get('last-event-id') ?? event.url.searchParams.get('after')),
		visibility: visibilityOf(memberships),
		async recheck() {
			const who = await whoAmI(client, session.accessToken);
			return who.ok && who.value.memberships.length > 0 ? visibilityOf(who.value.memberships) : null;
		}
	});
	return new Response(stream, {
		headers: {
			'content-type': 'text/event-stream',
			'cache-control': 'no-store',
			// A proxy that gathers would hold the changes back.
			'x-accel-buffering': 'no'
		}
	});
};

const positionIn = (text: string | null): number | null => {
	const position = text === null || text === '' ? Number.NaN : Number(text);
	return Number.isSafeInteger(position) && position >= 0 ? position : null;
};
