import type { task as zhCN } from '../zh-CN/task.ts';

export const task: Record<keyof typeof zhCN, string> = {
	'task.title': 'Task code',
	'task.show': 'Show the task code',
	'task.not_official': 'This system’s task code, not the official 检查码',
	'task.qr_label': 'Task code of this check',
	'task.qr_note':
		'For the phone of whoever is checked: who comes, with which certificate, what is checked, why and under which law. Afterwards the same code shows the result and takes a rating.',
	'task.qr_note_after': 'For the phone of whoever was checked: the result of this check, and a rating of it.',
	'task.stating': 'Announcing the task…',
	'task.none': 'There is no task code yet.',
	'task.none_offline': 'No network: there is no task code yet',
	'task.outdated_offline': 'No network: the code still says what was announced before',
	'task.none_next':
		'The check can go on: show the certificate and say why you come. It is announced when there is a network.',
	'task.officer': '{name} (certificate {licence})',
	'task.officer_without': '{name} (no certificate number on record)',
	'task.officers': 'Inspectors',
	'task.officers_check': 'Please compare name and certificate number with whoever stands before you.',
	'task.licence': 'Certificate {licence}',
	'task.licence_valid': 'valid until {day}',
	'task.licence_over': 'ended on {day}',
	'task.licence_none': 'No certificate number on record',
	'task.about': '{agency} is about to check {enterprise}. Please read this before it begins.',
	'task.about_over': 'The check of {enterprise} by {agency} is over.',
	'task.visit':
		'Community workers of {agency} are about to visit {enterprise}. It is a visit, no administrative check.',
	'task.visit_over': 'The visit to {enterprise} by community workers of {agency} is over.',
	'task.visitors': 'Visitors',
	'task.facts': 'What is checked, and why',
	'task.source': 'Reason',
	'task.source_none': 'Not stated by the inspector; please ask',
	'task.checklists': 'Checklists',
	'task.checklist_version': 'version {version}',
	'task.checklists_recheck': 'Whether earlier hazards were put right',
	'task.checklists_none': 'No list fits this place',
	'task.authority': 'Legal basis',
	'task.track.A':
		'By two officers and with consent to electronic delivery it makes enforcement documents; otherwise those of the street.',
	'task.track.B':
		'A check by the street, no penalty; what is not put right in time is reported to the district.',
	'task.track.C':
		'A visit by the community, no administrative check: hazards are reported, nothing is ordered.',
	'task.frequency': 'Frequency',
	'task.nth': 'Check number {nth} of this year',
	'task.nth_not_counted': 'Not among the checks of the year ({before} so far)',
	'task.opened': 'Announced',
	'task.restated': 'Put right at {at}; this page is what counts.',
	'task.opened_late': 'There was no network at the door: this code was made after the check had begun.',
	'task.rights': 'You may',
	'task.right.certificate':
		'ask the inspectors for their valid certificates (Work Safety Law, article 67). If they showed none, say so, or write it in the rating.',
	'task.right.avoidance':
		'ask that an inspector step back who has a direct interest in your enterprise, or another tie that could make them partial.',
	'task.right.conduct':
		'expect that your work is not disturbed and that the discipline of checks on enterprises (“five prohibitions”) is kept.',
	'task.right.record':
		'read the record line by line before you sign, and write on it where you disagree. Refusing to sign does not keep you from stating your case later.',
	'task.right.visit':
		'ask the visitor’s name and community. A visitor of the community has no certificate and can order neither a stop nor a fine.',
	'task.right.rate': 'scan the same code afterwards, read the result and rate the check without a name.',
	'task.contact': 'Questions? Call {agency}, {name}:',
	'task.contact_none': 'Questions? Turn to {agency}.',
	'task.result': 'Result',
	'task.result.hazards':
		'{found, plural, =0 {No hazard found} one {# hazard found} other {# hazards found}}{major, plural, =0 {} other {, # of them major}}{onSpot, plural, =0 {} other {; # put right on the spot}}',
	'task.result.hazards_new': '{found} more found',
	'task.result.rechecked': 'Rechecked: {passed} passed, {failed} not',
	'task.result.not_checked': 'Not checked: {kind}',
	'task.result.when': 'Checked on {day} · sealed {sealed}',
	'task.result.officers': 'Signed by: {names}',
	'task.result.documents_note':
		'What the papers say is read by the code of their delivery or on the paper itself.',
	'task.gone': 'This task code cannot be opened',
	'task.three_codes':
		'This code verifies one check. The plate at the door and the code of a delivered paper are others.'
};
