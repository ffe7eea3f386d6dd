import { redirect } from '@sveltejs/kit';
import { homePath } from '#lib/identity/identity.ts';
import { requireSession } from '../guard.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
	const { email } = requireSession(event);
	if (event.locals.memberships.length > 0) redirect(303, homePath(event.locals.memberships));
	return { frame: 'none' as const, email };
};
