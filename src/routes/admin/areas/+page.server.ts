import { readAreaTree, readMisplaced } from '#lib/area/areaChange.server.ts';
import { hasRole } from '#lib/identity/identity.ts';
import { requireMember } from '../../guard.ts';
import type { PageServerLoad } from './$types';

/** The tree as it is now, and what has ended. Leaders look; administrators change. */
export const load: PageServerLoad = async (event) => {
	const { memberships } = requireMember(event, 'administrator', 'leader');
	const { client } = event.locals;
	const mayChange = hasRole(memberships, 'administrator');
	const [tree, elsewhere] = await Promise.all([
		readAreaTree(client),
		mayChange ? readMisplaced(client, 'elsewhere', 1) : null
	]);
	return {
		mayChange,
		areas: tree.filter(({ endedOn }) => endedOn === null),
		ended: tree.filter(({ endedOn }) => endedOn !== null),
		misplaced: elsewhere?.ok ? elsewhere.value.total : 0
	};
};
