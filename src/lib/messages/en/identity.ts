import type { identity as zhCN } from '../zh-CN/identity.ts';

export const identity: Record<keyof typeof zhCN, string> = {
	'identity.sign_in': 'Sign in',
	'identity.sign_in_hint': 'Use the e-mail and password you chose when your administrator invited you.',
	'identity.email': 'E-mail',
	'identity.password': 'Password',
	'identity.show_password': 'Show password',
	'identity.hide_password': 'Hide password',
	'identity.forgotten': 'No account yet, or password forgotten? Ask your administrator for a new invitation.',
	'identity.role.administrator': 'Administrator',
	'identity.role.leader': 'Leader',
	'identity.role.inspector': 'Inspector',
	'identity.role.community_worker': 'Community worker',
	'identity.role.principal': 'Person in charge',
	'identity.whole_district': 'All areas',
	'identity.no_membership': 'This account has no role yet',
	'identity.no_membership_text':
		'You are signed in as {email}, but belong to no agency or enterprise, so there is nothing to see.',
	'identity.no_membership_next':
		'Ask your administrator for an invitation link, open it, and accept it with this account.',
	'identity.no_membership_ended':
		'If you had access before, your role may have been ended: your administrator knows.',
	'identity.use_other_account': 'Sign in with another account',
	'identity.nav.overview': 'Overview',
	'identity.nav.map': 'Map',
	'identity.nav.round': 'Today',
	'identity.nav.hazards': 'Hazards',
	'identity.nav.enterprises': 'Enterprises',
	'identity.nav.rankings': 'Rankings',
	'identity.nav.cosign': 'To co-sign',
	'identity.nav.reports': 'To adopt',
	'identity.nav.my': 'My enterprise',
	'identity.nav.admin': 'Administration'
};
