import type { taskpage as source } from '../zh-CN/taskpage.ts';

export const taskpage: Record<keyof typeof source, string> = {
	'taskpage.officers_check': 'Please compare name and certificate number with whoever stands before you.',
	'taskpage.licence': 'Certificate {licence}',
	'taskpage.licence_valid': 'valid until {day}',
	'taskpage.licence_over': 'ended on {day}',
	'taskpage.licence_none': 'No certificate number on record',
	'taskpage.about': '{agency} is about to check {enterprise}. Please read this before it begins.',
	'taskpage.about_over': 'The check of {enterprise} by {agency} is over.',
	'taskpage.visit':
		'Community workers of {agency} are about to visit {enterprise}. It is a visit, no administrative check.',
	'taskpage.visit_over': 'The visit to {enterprise} by community workers of {agency} is over.',
	'taskpage.visitors': 'Visitors',
	'taskpage.facts': 'What is checked, and why',
	'taskpage.checklists': 'Checklists',
	'taskpage.checklist_version': 'version {version}',
	'taskpage.checklists_recheck': 'Whether earlier hazards were put right',
	'taskpage.checklists_none': 'No list fits this place',
	'taskpage.authority': 'Legal basis',
	'taskpage.track.A':
		'By two officers and with consent to electronic delivery it makes enforcement documents; otherwise those of the street.',
	'taskpage.track.B':
		'A check by the street, no penalty; what is not put right in time is reported to the district.',
	'taskpage.track.C':
		'A visit by the community, no administrative check: hazards are reported, nothing is ordered.',
	'taskpage.frequency': 'Frequency',
	'taskpage.nth': 'Check number {nth} of this year',
	'taskpage.nth_not_counted': 'Not among the checks of the year ({before} so far)',
	'taskpage.restated': 'Put right at {at}; this page is what counts.',
	'taskpage.opened_late': 'There was no network at the door: this code was made after the check had begun.',
	'taskpage.rights': 'You may',
	'taskpage.right.certificate':
		'ask the inspectors for their valid certificates (Work Safety Law, article 67). If they showed none, say so, or write it in the rating.',
	'taskpage.right.avoidance':
		'ask that an inspector step back who has a direct interest in your enterprise, or another tie that could make them partial.',
	'taskpage.right.conduct':
		'expect that your work is not disturbed and that the discipline of checks on enterprises (“five prohibitions”) is kept.',
	'taskpage.right.record':
		'read the record line by line before you sign, and write on it where you disagree. Refusing to sign does not keep you from stating your case later.',
	'taskpage.right.visit':
		'ask the visitor’s name and community. A visitor of the community has no certificate and can order neither a stop nor a fine.',
	'taskpage.right.rate': 'scan the same code afterwards, read the result and rate the check without a name.',
	'taskpage.contact': 'Questions? Call {agency}, {name}:',
	'taskpage.contact_none': 'Questions? Turn to {agency}.',
	'taskpage.result': 'Result',
	'taskpage.result.hazards':
		'{found, plural, =0 {No hazard found} one {# hazard found} other {# hazards found}}{major, plural, =0 {} other {, # of them major}}{onSpot, plural, =0 {} other {; # put right on the spot}}',
	'taskpage.result.hazards_new': '{found} more found',
	'taskpage.result.rechecked': 'Rechecked: {passed} passed, {failed} not',
	'taskpage.result.not_checked': 'Not checked: {kind}',
	'taskpage.result.when': 'Checked on {day} · sealed {sealed}',
	'taskpage.result.officers': 'Signed by: {names}',
	'taskpage.result.documents_note':
		'What the papers say is read by the code of their delivery or on the paper itself.',
	'taskpage.gone': 'This task code cannot be opened',
	'taskpage.three_codes':
		'This code verifies one check. The plate at the door and the code of a delivered paper are others.'
};
