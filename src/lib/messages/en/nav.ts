import type { nav as zhCN } from '../zh-CN/nav.ts';

export const nav: Record<keyof typeof zhCN, string> = {
	'nav.overview': 'Overview',
	'nav.round': 'Today',
	'nav.hazards': 'Hazards',
	'nav.majors': 'Major hazards',
	'nav.enterprises': 'Enterprises',
	'nav.measures': 'Measures',
	'nav.supervision': 'Demands',
	'nav.rankings': 'Rankings',
	'nav.cosign': 'To co-sign',
	'nav.reports': 'To adopt',
	'nav.my': 'My enterprise',
	'nav.admin': 'Administration',
	'nav.dashboard': 'Dashboard',
	'nav.ratings': 'Ratings of checks',
	'nav.schemes': 'Schemes',
	'nav.tipoffs': 'Tip-offs',
	'nav.areas': 'Areas',
	'nav.plans': 'Inspection plans'
};
