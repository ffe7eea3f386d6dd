import type { LayoutServerLoad } from './$types';

/** What the frame of every page needs; tokens stay on the server. */
export const load: LayoutServerLoad = ({ locals }) => ({
	locale: locals.locale,
	isDemo: locals.backend.folder.kind() === 'demo',
	memberships: locals.memberships,
	baseMap: locals.session && locals.baseMap,
	account: locals.session && { email: locals.session.email }
});
