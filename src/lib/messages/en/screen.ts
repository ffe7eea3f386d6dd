import type { screen as zhCN } from '../zh-CN/screen.ts';

export const screen: Record<keyof typeof zhCN, string> = {
	'screen.title': 'Wall screen',
	'screen.found_closed': 'Found · closed',
	'screen.supervision': 'Demands open',
	'screen.supervision_overdue': '{count} overdue',
	'screen.ranking_note': '{inspections} checks · {rate} per 100',
	'screen.today': 'Today: {found} found · {closed} closed · {inspections} checks',
	'screen.changes': 'Latest',
	'screen.changes_none': 'Nothing yet',
	'screen.live': 'Live · {time}',
	'screen.lost': 'Connection lost; as of {time}, trying again',
	'screen.signed_out': 'Signed out; as of {time}. Sign in again on this computer',
	'screen.sign_in': 'Sign in',
	'screen.open': 'Wall screen',
	'screen.change.sealed': 'check sealed',
	'screen.change.received': 'documents received',
	'screen.change.rectified': 'rectification sent',
	'screen.change.adopted': 'report adopted',
	'screen.change.entered': 'event registered',
	'screen.change.alarm': 'device alarm',
	'screen.change.measure_ordered': 'measure ordered',
	'screen.change.measure_done': 'measure done'
};
