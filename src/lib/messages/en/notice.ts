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
	'notice.nothing_else': 'Push, e-mail and SMS are not set up here; reminders stand on this page only.',
	'notice.panel': 'Ways of reminding',
	'notice.panel_text':
		'Set up by the operator at start (README). Below are the last 7 days of this area, without recipients.',
	'notice.channel.push': 'Push',
	'notice.channel.email': 'E-mail',
	'notice.channel.sms': 'SMS',
	'notice.channel.console': 'Server log',
	'notice.is_on': 'on',
	'notice.is_off': 'off',
	'notice.console_text':
		'No way is set up: reminders go to the server’s log, and stand on each person’s page of reminders.',
	'notice.counts': '{taken} sent, {waiting} waiting, {givenUp} not sent',
	'notice.last': 'last at {at}',
	'notice.nothing_sent': 'nothing sent yet',
	'notice.failures': 'Not sent lately',
	'notice.failures_none': 'No failure in the last 7 days.',
	'notice.tries': 'try {count}',
	'notice.will_retry': 'to be tried again',
	'notice.given_up': 'given up',
	'notice.reason.unreachable': 'server not reached',
	'notice.reason.slow': 'no answer in time',
	'notice.reason.busy': 'the other side is busy',
	'notice.reason.refused': 'refused by the other side',
	'notice.reason.sign_in': 'sign-in to the mail server failed',
	'notice.reason.interrupted': 'cut off; whether it arrived is unknown, not sent again',
	'notice.reason.gone': 'device is gone'
};
