import type { ranking as zhCN } from '../zh-CN/ranking.ts';

export const ranking: Record<keyof typeof zhCN, string> = {
	'ranking.title': 'Rankings',
	'ranking.community': 'Communities by hazards',
	'ranking.site_type': 'Kinds of site by hazards',
	'ranking.street': 'Streets by hazards',
	'ranking.by.street': 'Streets',
	'ranking.column.label.street': 'Street',
	'ranking.measure': 'Ranked by',
	'ranking.measure.count': 'Count',
	'ranking.measure.per_inspection': 'Per 100 checks',
	'ranking.measure.per_site': 'Per 100 sites',
	'ranking.measure.smoothed': 'Smoothed, per 100 checks',
	'ranking.measure.change': 'Against the period before',
	'ranking.measure.count.meaning':
		'By hazards found in the period; many found may only mean that many looked.',
	'ranking.measure.per_inspection.meaning':
		'Hazards found per hundred checks; checking the same site again lowers it.',
	'ranking.measure.per_site.meaning':
		'Hazards found per hundred sites inspected; a site counts once however often it was checked.',
	'ranking.measure.smoothed.meaning':
		'Hazards per hundred checks, drawn towards the rate of all: where little was checked the common rate is believed more, where much was checked the own one (empirical Bayes). The line is the {percent} % credible interval; where two of them overlap widely, their order says little.',
	'ranking.measure.change.meaning':
		'How many more or fewer were found than in the period before: as many days just before this one, or the month before a whole month. See whether the checks changed too.',
	'ranking.small': 'Small numbers',
	'ranking.small_hint': 'Small numbers: one hazard more or less would change the place',
	'ranking.small_meaning':
		'Fewer than {inspections} checks, fewer than {sites} sites, or fewer than {found} hazards in both periods are marked “small numbers”: around ten, chance alone makes a third of difference (a sample limit).',
	'ranking.all_chance':
		'Chance explains the differences of this period: smoothed, all have the common rate, and there is no order.',
	'ranking.interval': '{low}–{high}',
	'ranking.interval_low': 'Lower bound',
	'ranking.interval_high': 'Upper bound',
	'ranking.previous': 'Hazards before',
	'ranking.change_percent': 'Change %',
	'ranking.change_from': 'before {before}, {percent, number, ::sign-always} %',
	'ranking.change_from_none': 'before 0',
	'ranking.no_people': 'Places and kinds of site are ranked, never inspectors.',
	'ranking.by': 'Rank',
	'ranking.by.community': 'Communities',
	'ranking.by.site_type': 'Kinds of site',
	'ranking.by.enterprise': 'Enterprises',
	'ranking.by.register': 'Registers of others',
	'ranking.foreign': 'Registers of others: communities by violations',
	'ranking.foreign.register': 'Register',
	'ranking.foreign.violations': 'Violations',
	'ranking.foreign.inspections': 'Inspections',
	'ranking.foreign.sites': 'Sites inspected',
	'ranking.foreign.rate': 'Violations per 100 inspections',
	'ranking.foreign.none': 'No register of others',
	'ranking.foreign.none_hint':
		'An administrator can bring inspections in the LIVES format with the command import -- lives.',
	'ranking.foreign.meaning':
		'Inspections and violations of all the register’s own time. They are not ours and count in none of our rankings and figures. Many may only mean that many were looked for: see the inspections beside them.',
	'ranking.enterprise': 'Enterprises by points',
	'ranking.enterprise.subtitle': 'Compared within one scheme, for those who oversee; not public',
	'ranking.enterprise.scheme': 'Scheme',
	'ranking.enterprise.q': 'Name of the enterprise',
	'ranking.enterprise.none': 'No enterprise to rank',
	'ranking.enterprise.none_hint': 'Choose another scheme or widen the filter.',
	'ranking.enterprise.meaning':
		'The worst off stand first; equal points share a place. Places go by points in effect, without what waits. Under a scheme that gives points to the person in charge, all they lead have the same.',
	'ranking.enterprise.not_evaluated':
		'{count, plural, one {# more is not evaluated and has} other {# more are not evaluated and have}} no place.',
	'ranking.column.place': 'Place',
	'ranking.column.enterprise': 'Enterprise',
	'ranking.column.points': 'Points',
	'ranking.column.pending': 'With waiting',
	'ranking.column.band': 'Band',
	'ranking.column.inspected': 'Last inspected',
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
	'ranking.meaning_frozen':
		'The whole month, frozen on {on} and unchanged since; open and overdue are as of its end. Per 100 = hazards ÷ inspections × 100.',
	'ranking.late':
		'Came in after freezing: {found} hazards, {inspections} inspections, not in the table above.',
	'ranking.frozen': 'Frozen',
	'ranking.full': 'Full ranking',
	'ranking.none': 'No inspections and no hazards in this period',
	'ranking.none_hint': 'Try another period.',
	'ranking.sum': 'Total'
};
