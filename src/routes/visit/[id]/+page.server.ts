import { redirect } from '@sveltejs/kit';
import { v7 as uuidV7 } from 'uuid';
import { publicUrlOf } from '#lib/backend/publicUrl.ts';
import { requireMember } from '../../guard.ts';
import type { PageServerLoad } from './$types';

/** `/visit/new?enterprise=…[&rechecks=…]` starts a visit; `/visit/{id}` goes on with one that is on this phone. */
export const load: PageServerLoad = (event) => {
	const { session } = requireMember(event, 'inspector', 'community_worker');
	if (event.params.id === 'new') redirect(303, `/visit/${uuidV7()}${event.url.search}`);
	return { frame: 'none' as const, userId: session.userId, publicUrl: publicUrlOf(process.env) };
};
