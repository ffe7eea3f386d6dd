import type { Translate } from '#lib/messages/index.ts';

export interface Crumb {
	label: string;
	href?: string;
}

/** The way to a page about schemes. Leaders have no administration above it. */
export function schemeCrumbs(isAdministrator: boolean, t: Translate, here?: string): Crumb[] {
	const list = { label: t('scheme.title'), ...(here && { href: '/admin/schemes' }) };
	return [
		...(isAdministrator ? [{ label: t('identity.admin.title'), href: '/admin' }] : []),
		list,
		...(here ? [{ label: here }] : [])
	];
}
