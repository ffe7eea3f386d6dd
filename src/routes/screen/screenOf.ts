import type { RequestEvent } from '@sveltejs/kit';
import { version } from '$app/environment';
import { readScreen } from '#lib/live/screen/screen.server.ts';
import { requireMember } from '../guard.ts';
import { mapRequest } from '../mapRequest.ts';

/** The wall of the leader who is signed in. */
export async function screenOf(event: RequestEvent) {
	const { memberships } = requireMember(event, 'leader', 'administrator');
	const place = memberships.length === 1 ? memberships[0]!.placeName : null;
	const { index, visible } = await mapRequest(event);
	return readScreen(event.locals.client, { locale: event.locals.locale, place, version, index, visible });
}
