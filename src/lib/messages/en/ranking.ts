import type { ranking as zhCN } from '../zh-CN/ranking.ts';

export const ranking: Record<keyof typeof zhCN, string> = {
	'ranking.title': 'Rankings',
	'ranking.community': 'Communities by hazards',
	'ranking.site_type': 'Kinds of site by hazards',
	'ranking.by': 'Rank',
	'ranking.by.community': 'Communities',
	'ranking.by.site_type': 'Kinds of site',
	'ranking.column.label.community': 'Community',
	'ranking.column.label.site_type': 'Kind of site',
	'ranking.column.found': 'Hazards',
	'ranking.column.foundMajor': 'Major',
	'ranking.column.inspections': 'Inspections',
	'ranking.column.sites': 'Sites seen',
	'ranking.column.per100': 'Per 100',
	'ranking.column.closed': 'Closed',
	'ranking.column.open': 'Open',
	'ranking.column.overdue': 'Overdue',
	'ranking.note': '{inspections} inspections · {rate} per 100',
	'ranking.note_unseen': 'not inspected in this period',
	'ranking.meaning':
		'Hazards, inspections, sites seen and closed are of the chosen period; open and overdue are as of today. Per 100 = hazards ÷ inspections × 100.',
	'ranking.full': 'Full ranking',
	'ranking.none': 'No inspections and no hazards in this period',
	'ranking.none_hint': 'Try another period.',
	'ranking.sum': 'Total'
};
