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
	'task.source': 'Reason',
	'task.source_none': 'Not stated by the inspector; please ask',
	'task.opened': 'Announced'
};
