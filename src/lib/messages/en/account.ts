import type { account as zhCN } from '../zh-CN/account.ts';

export const account: Record<keyof typeof zhCN, string> = {
	'account.role.administrator': 'Administrator',
	'account.role.leader': 'Leader',
	'account.role.inspector': 'Inspector',
	'account.role.community_worker': 'Community worker',
	'account.role.principal': 'Person in charge',
	'account.whole_district': 'All areas',
	'account.notices': 'Reminders',
	'account.change_password': 'Change password'
};
