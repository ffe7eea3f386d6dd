import type { alarm as zhCN } from '../zh-CN/alarm.ts';

export const alarm: Record<keyof typeof zhCN, string> = {
	'alarm.title': 'Alarms of devices (leads)',
	'alarm.hint':
		'An alarm is a reason to go and look: it costs no points, is no hazard and says nothing against the enterprise. The next sealed check on site closes it; false alarms and tests are dismissed by a person with a reason. Enterprises do not see leads.',
	'alarm.open': '{count} to be checked',
	'alarm.closed': '{count} dealt with',
	'alarm.none': 'No lead waits to be checked',
	'alarm.none_hint':
		'An administrator imports the lists of alarm platforms; single ones can be entered here.',
	'alarm.manage': 'Enter or deal with',
	'alarm.record': 'Enter a lead',
	'alarm.device': 'Device',
	'alarm.device_hint': 'Its name or number and where it is, such as gas detector 03 in the kitchen',
	'alarm.kind': 'Kind of alarm',
	'alarm.kind_hint': 'In the words of the platform: combustible gas, smoke, electrical fire monitoring',
	'alarm.alarmed_at': 'Time of the alarm',
	'alarm.note': 'Note',
	'alarm.send': 'Enter the lead',
	'alarm.source': 'From: {source}',
	'alarm.recorded': 'entered by {name}',
	'alarm.state.new': 'To be checked',
	'alarm.state.checked': 'Checked on site',
	'alarm.state.dismissed': 'Dismissed',
	'alarm.checked': 'Looked at in the check of {day}',
	'alarm.dismissed': 'Dismissed by {name} on {day}: {reason}',
	'alarm.somebody': 'somebody who has left',
	'alarm.dismiss': 'Dismiss',
	'alarm.dismiss_reason': 'Why it is dismissed',
	'alarm.dismiss_hint': 'Such as: a test, confirmed by telephone with the platform',
	'alarm.dismiss_send': 'Dismiss this lead',
	'alarm.needed': 'Please fill this in'
};
