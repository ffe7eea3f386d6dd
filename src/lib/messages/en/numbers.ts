import type { numbers as zhCN } from '../zh-CN/numbers.ts';

export const numbers: Record<keyof typeof zhCN, string> = {
	'numbers.title': 'Document numbers',
	'numbers.subtitle':
		'A number is taken when a paper is sealed, without gaps for each agency, kind, track and year; that of a void paper is never used again.',
	'numbers.year': '{year}',
	'numbers.series': 'Kind',
	'numbers.last': 'Last number',
	'numbers.issued': 'Valid',
	'numbers.voided_count': 'Void',
	'numbers.gaps': 'Missing',
	'numbers.no_gap': 'none',
	'numbers.gap_meaning': 'A missing number means that a paper was removed: run the verification.',
	'numbers.voided': 'Void papers',
	'numbers.superseded_count': 'Corrected',
	'numbers.superseded': 'Papers replaced by corrections',
	'numbers.none_superseded': 'No paper was replaced',
	'numbers.none': 'No number was taken that year',
	'numbers.none_voided': 'No paper is void',
	'numbers.unknown_reason': 'No reason on record'
};
