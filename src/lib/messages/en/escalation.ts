import type { escalation as zhCN } from '../zh-CN/escalation.ts';

export const escalation: Record<keyof typeof zhCN, string> = {
	'escalation.title': 'Overdue: next steps',
	'escalation.subtitle':
		'What is not put right in time is reminded in writing, then supervised, then reported upward. The days are set in the settings; a person takes each step.',
	'escalation.waiting': 'Waiting',
	'escalation.all': 'All',
	'escalation.none': 'Nothing overdue waits for a step',
	'escalation.none_hint':
		'Every hour the system looks for orders whose deadline is over and that nobody has answered; when the days are up they appear here.',
	'escalation.step.1': 'Step 1: written reminder (提示单)',
	'escalation.step.2': 'Step 2: supervision (督办)',
	'escalation.step.3': 'Step 3: report upward',
	'escalation.state.proposed': 'Waiting',
	'escalation.state.done': 'Taken',
	'escalation.state.dropped': 'Not taken',
	'escalation.state.lapsed': 'Ended',
	'escalation.order_unnumbered': 'Record of the check',
	'escalation.over':
		'{count, plural, one {# hazard} other {# hazards}} overdue, the first since {day}, {days, plural, one {# day} other {# days}} ago',
	'escalation.decided': '{by} · {at}',
	'escalation.note': 'Why it is not taken',
	'escalation.go.1': 'Open the enterprise',
	'escalation.go.2': 'Assign the supervision',
	'escalation.go.3': 'Open the enterprise',
	'escalation.done.1': 'Reminder issued',
	'escalation.done.2': 'Supervision assigned',
	'escalation.done.3': 'Reported upward',
	'escalation.drop': 'Do not take it',
	'escalation.leaders_only': 'This step is a leader’s.',
	'escalation.round': '{count, plural, one {# overdue order waits} other {# overdue orders wait}} for a step'
};
