import type { Translate } from '#lib/messages/index.ts';
import type { Account } from '#lib/ui/Shell.svelte';
import { hasRole, type Membership } from './identity.ts';

/** 「检查人员 · 示例街道」 */
export const membershipLabel = ({ role, placeName }: Membership, t: Translate): string =>
	`${t(`account.role.${role}`)} · ${placeName ?? t('account.whole_district')}`;

/** How a person stands in the corner of every page. */
export const accountFor = (memberships: Membership[], email: string, t: Translate): Account => ({
	name: memberships[0]?.displayName ?? email,
	detail: memberships.map((membership) => membershipLabel(membership, t)).join('、'),
	links: [
		// Those whom reminders concern.
		...(hasRole(memberships, 'principal', 'inspector')
			? [{ href: '/notices', label: t('account.notices') }]
			: []),
		{ href: '/password', label: t('account.change_password') }
	],
	signOutAction: '/sign-out'
});
