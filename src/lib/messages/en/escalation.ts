import type { escalation as zhCN } from '../zh-CN/escalation.ts';

export const escalation: Record<keyof typeof zhCN, string> = {
	'escalation.title': 'Overdue: next steps',
	'escalation.subtitle':
		'What is not put right in time is reminded in writing, then supervised, then reported upward. The days are set in the settings, at most 20 a day are proposed to an office; a person takes each step by issuing its paper.',
	'escalation.waiting': 'Waiting',
	'escalation.all': 'All',
	'escalation.none': 'Nothing overdue waits for a step',
	'escalation.none_hint':
		'Every hour the system looks for orders whose deadline is over and that nobody has answered; when the days are up they appear here.',
	'escalation.step.1': 'Step 1: written reminder (提示单)',
	'escalation.step.2': 'Step 2: supervision card (督办卡)',
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
	'escalation.take': 'Take the step: {kind}',
	'escalation.look': 'Show: {kind}',
	'escalation.late': '{count, plural, one {# hazard is late} other {# hazards are late}}',
	'escalation.hazard_over': 'Due {day}, {days, plural, one {# day} other {# days}} over',
	'escalation.nothing_late':
		'All of it has been sent in as put right, put off or closed: this step is not needed any more.',
	'escalation.draft': 'Draft: {kind}',
	'escalation.draft_hint':
		'Filled in from what is late; the wording is a sample. Check it, change it, then issue it yourself.',
	'escalation.issue': 'Issue and take the step: {kind}',
	'escalation.issue_meaning':
		'Issuing takes a number and seals the paper; it cannot be changed any more. The step is taken with it.',
	'escalation.steps': 'Other steps of the same order',
	'escalation.took': 'Took a step of the ladder: {step}',
	'escalation.drop': 'Do not take it',
	'escalation.leaders_only': 'This step is a leader’s.',
	'escalation.round': '{count, plural, one {# overdue order waits} other {# overdue orders wait}} for a step'
};
