import type { adoption as zhCN } from '../zh-CN/adoption.ts';

export const adoption: Record<keyof typeof zhCN, string> = {
	'adoption.title': 'Community reports to adopt',
	'adoption.subtitle':
		'Hazards that communities came upon. Once verified, a street inspector adopts them and issues a rectification notice.',
	'adoption.empty': 'No reports are waiting',
	'adoption.empty_next': 'What community workers report appears here.',
	'adoption.count': '{count, plural, one {# hazard} other {# hazards}}',
	'adoption.major': '{count} major',
	'adoption.reported': 'Reported by {name} on {day}',
	'adoption.report': 'Report of hazards',
	'adoption.hazards': 'Reported hazards',
	'adoption.photo': 'Photo of the hazard {number}',
	'adoption.take': 'Adopt this one',
	'adoption.take_hint': 'What is not adopted stays a hint and needs no rectification.',
	'adoption.basis': 'Basis: {basis}',
	'adoption.acceptance': 'When it is good: {acceptance}',
	'adoption.deadline': 'Deadline',
	'adoption.deadline_hint': 'That day included. The community suggests {day}.',
	'adoption.on_spot': 'Put right on the spot, nothing to adopt',
	'adoption.signature': 'Signature of the inspector',
	'adoption.meaning':
		'A street supervision document ({document}) is issued in your name, and the QR code that the enterprise already has shows it.',
	'adoption.sign_and_issue': 'Adopt and issue',
	'adoption.none_taken': 'Please adopt at least one hazard',
	'adoption.unsigned': 'Please sign first',
	'adoption.needs_script': 'Signing needs scripts to be allowed in the browser.',
	'adoption.only_inspectors': 'Only inspectors of the street can adopt.',
	'adoption.done': 'Adopted, the document is issued',
	'adoption.adopted': 'This report has been adopted',
	'adoption.documents': 'Documents',
	'adoption.document_failed': 'Not made yet: {reason}',
	'adoption.enterprise': 'See this enterprise'
};
