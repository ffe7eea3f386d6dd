import { draftOf } from './draftOf.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { version, pack, draft, memberships } = await draftOf(event);
	return {
		version,
		aspects: pack.aspects.map(({ key, name }) => ({ key, name })),
		draft,
		isAdministrator: memberships.some(({ role }) => role === 'administrator')
	};
};
