import type { RequestEvent } from '@sveltejs/kit';
import { version } from '$app/environment';
import { readScreen } from '#lib/live/screen/screen.server.ts';
import { requireMember } from '../guard.ts';

/** The wall of the leader who is signed in. */
export function screenOf(event: RequestEvent) {
	const { memberships } = requireMember(event, 'leader', 'administrator');
	const place = memberships.length === 1 ? memberships[0]!.placeName : null;
	return readScreen(event.locals.client, { locale: event.locals.locale, place, version });
}
