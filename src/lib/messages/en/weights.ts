import type { weights as zhCN } from '../zh-CN/weights.ts';

export const weights: Record<keyof typeof zhCN, string> = {
	'weights.title': 'Draft of the points of {year}',
	'weights.short': 'Next year’s points',
	'weights.open': 'Draft next year’s points',
	'weights.draft': 'Draft',
	'weights.download': 'Download the draft (YAML)',
	'weights.nothing': 'No month is frozen yet',
	'weights.nothing_hint':
		'The numbers of a month are frozen once it is over; next year’s points can be drafted from them.',
	'weights.outcome': '{changed, plural, =0 {None} one {One} other {#}} of {count} clauses would change',
	'weights.basis':
		'From the frozen numbers of {from} to {to} ({months} months): {checks} checks, {occurrences} charged facts, at the sites you may see.',
	'weights.rule':
		'The rule (a sample): how many times the mean is this clause’s occurrences × points? From 2 a step more, from 4 two; a step more where it reaches the mean and three in ten came back at the same site; two steps at most, never beyond twice the present points, a cap, or the next heavier clause. Nothing is lowered: what was not found may not have been looked for, and lowering is for people to propose. A step is {step}; fewer than 30 occurrences change nothing.',
	'weights.whose':
		'This is a sample drafted by the program, not a provision of the issuer. People change and publish it, then upload, try and declare it.',
	'weights.occurrences': 'Times',
	'weights.share': 'Share',
	'weights.sites': 'Sites',
	'weights.again': 'Came back',
	'weights.present': 'Now',
	'weights.drafted': 'Draft',
	'weights.percent': '{percent}%',
	'weights.reason.few': 'Too few to change anything',
	'weights.reason.range': 'People decide the points',
	'weights.reason.none': 'No charge with points of its own',
	'weights.reason.ends': 'Ends before; left out of the draft',
	'weights.reason.unseen': 'Did not happen within the year: unchanged',
	'weights.reason.seldom': 'Under a quarter of the mean: unchanged',
	'weights.reason.usual': 'About the mean',
	'weights.reason.often': 'Twice the mean or more',
	'weights.reason.very_often': 'Four times the mean or more',
	'weights.came_back': 'often comes back at the same site',
	'weights.limited': 'held by a cap, by twice the present, or by the next heavier clause',
	'weights.pack_name': '{name} (draft of {year}, sample)',
	'weights.source':
		'Sample: drafted from the frozen numbers of {from} to {to} ({months} months) and the points of version {version}; issued by nobody',
	'weights.file_head':
		'Draft of points (sample): no provision of the issuer until people change and publish it.'
};
