import type { objection as zhCN } from '../zh-CN/objection.ts';

export const objection: Record<keyof typeof zhCN, string> = {
	'objection.title': 'Objections',
	'objection.subtitle':
		'What enterprises object to on the page of their papers. The answer stands on the same page, with day and name. An objection stops no deadline.',
	'objection.state.open': 'Waiting',
	'objection.state.all': 'All',
	'objection.none': 'No objection waits for an answer',
	'objection.none_hint': 'What an enterprise objects to on the page of its papers appears here.',
	'objection.record': 'Record of the check',
	'objection.said': '{name}, {at}',
	'objection.nameless': 'Without a name',
	'objection.waits': 'Waits for an answer',
	'objection.answer': 'Answer',
	'objection.answered': 'Answered by {name}, {at}',
	'objection.give': 'Answer',
	'objection.send': 'Send the answer',
	'objection.hint':
		'What you looked into and what came of it. The enterprise reads it, and it cannot be changed. A mistake in the record is put right by a correction.',
	'objection.others': 'To be answered by an inspector or a leader of the agency whose papers these are.',
	'objection.mine': 'Your objections and the answers',
	'objection.round': '{count, plural, one {# objection waits} other {# objections wait}} for an answer'
};
