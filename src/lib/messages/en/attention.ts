import type { attention as zhCN } from '../zh-CN/attention.ts';

export const attention: Record<keyof typeof zhCN, string> = {
	'attention.title': 'Dynamic risk',
	'attention.hint':
		'Says where to look first. It is not the score: it changes no band and no measure, and enterprises do not see it.',
	'attention.score': '{score} of 100',
	'attention.none':
		'Nobody was inspected in the whole street in {months} months, so there is nothing to go by.',
	'attention.pending': 'Not computed yet; it will be soon.',
	'attention.estimate': 'estimated from its kind',
	'attention.own':
		'{inspections, plural, one {# inspection} other {# inspections}} here in {months} months, weighted hazards {hazards}.',
	'attention.own_none': 'Not inspected in the last {months} months.',
	'attention.kind': 'Other sites of its kind: {rate} hazards per inspection (the street: {street}).',
	'attention.kind_street':
		'No other site of its kind was inspected; the street’s {street} per inspection is used.',
	'attention.neighbourhood_more': 'The rest of its community has more hazards than expected: ×{ratio}.',
	'attention.neighbourhood_less': 'The rest of its community has fewer hazards than expected: ×{ratio}.',
	'attention.neighbourhood_same': 'Its community is as expected.',
	'attention.lifted.open_major': 'An open major hazard: at least {score}.',
	'attention.lifted.overdue': 'An overdue hazard: at least {score}.',
	'attention.of': 'dynamic risk {score}'
};
