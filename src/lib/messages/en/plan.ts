import type { plan as zhCN } from '../zh-CN/plan.ts';

export const plan: Record<keyof typeof zhCN, string> = {
	'plan.one': 'Inspection plan',
	'plan.new': 'Draft a plan',
	'plan.subtitle':
		'Drafted by an inspector, issued when somebody in charge approves; nobody approves their own',
	'plan.all': 'All',
	'plan.mine': 'Mine',
	'plan.state.submitted': 'Waiting',
	'plan.state.returned': 'Sent back',
	'plan.state.approved': 'Approved',
	'plan.state.withdrawn': 'Withdrawn',
	'plan.count': '{count, plural, one {# plan} other {# plans}}',
	'plan.line': 'Planned for {day} · drafted by {name}',
	'plan.none': 'No plan',
	'plan.none_hint': 'Draft one from the page of an enterprise, under Issue a paper.',
	'plan.checklists': 'Checklists',
	'plan.submit': 'Submit',
	'plan.submit_meaning':
		'Approved, it takes a number and is issued; sent back, it can be changed and submitted again.',
	'plan.returned_because': 'Sent back: {reason}',
	'plan.content': 'The plan',
	'plan.course': 'Course',
	'plan.decide': 'Decision',
	'plan.approve': 'Approve and issue',
	'plan.approve_meaning': 'Approved, it takes a number and is sealed; it cannot be changed any more.',
	'plan.return_reason': 'Why it is sent back',
	'plan.return': 'Send back',
	'plan.waits': 'Waiting for a decision.',
	'plan.change': 'Change and submit again',
	'plan.withdraw': 'Withdraw',
	'plan.act.submit': 'Submitted',
	'plan.act.return': 'Sent back',
	'plan.act.approve': 'Approved',
	'plan.act.withdraw': 'Withdrawn'
};
