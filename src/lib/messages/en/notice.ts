import type { notice as zhCN } from '../zh-CN/notice.ts';

export const notice: Record<keyof typeof zhCN, string> = {
	'notice.title': 'Reminders',
	'notice.subtitle':
		'Of deadlines, before and after; at most one a day for each enterprise, none from 21:00 to 8:00.',
	'notice.list': 'What you were told',
	'notice.none': 'No reminders yet',
	'notice.none_hint': 'They come when the deadline of a hazard is near, or over.',
	'notice.row.before':
		'{count, plural, one {# hazard to put right} other {# hazards to put right}}, the next one due on {day}',
	'notice.row.over':
		'{count, plural, one {# hazard overdue} other {# hazards overdue}}, the earliest was due on {day}',
	'notice.all': 'All reminders, and other ways',
	'notice.push': 'Remind me on this device',
	'notice.push.what':
		'Reminders of deadlines reach you while this site is not open. The lock screen shows neither the enterprise nor what is wrong.',
	'notice.push.when': 'Before and after a deadline; you can switch it off at any time.',
	'notice.push.turn_on': 'Switch reminders on',
	'notice.push.turn_off': 'Switch reminders off',
	'notice.push.on': 'Reminders are on, on this device.',
	'notice.push.dismissed':
		'Not switched on: “Allow” was not chosen when the browser asked. You can tap again.',
	'notice.push.unreachable':
		'Not switched on: the browser does not reach its push service (common in mainland China). Try another browser, e-mail or SMS; reminders always stand on this page.',
	'notice.push.blocked':
		'The browser does not let this site show notifications. Allow them in the browser’s site settings and load this page again; reminders always stand on this page.',
	'notice.push.unsupported':
		'This browser has no push. On an iPhone add the page to the home screen first and open it there; reminders always stand on this page.',
	'notice.push.wechat':
		'WeChat takes no push. Open this page in the phone’s own browser; reminders always stand on this page.',
	'notice.push.no_script': 'Switching it on takes the browser’s script; reminders always stand on this page.',
	'notice.devices': '{count, plural, one {Switched on on # device.} other {Switched on on # devices.}}',
	'notice.forget': 'Switch all off',
	'notice.other': 'E-mail and SMS',
	'notice.email.to': 'E-mail to {address}',
	'notice.email.no_address': 'Your account has no address, so e-mail cannot reach you.',
	'notice.sms.to': 'SMS to {phone}',
	'notice.sms.hint': 'The enterprise’s phone on record; to change it, ask the inspecting agency.',
	'notice.save': 'Save',
	'notice.saved': 'Saved',
	'notice.nothing_else': 'Push, e-mail and SMS are not set up here; reminders stand on this page only.'
};
