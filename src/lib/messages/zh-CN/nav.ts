export const nav = {
	'nav.overview': '总览',
	'nav.round': '今日任务',
	'nav.hazards': '隐患',
	'nav.enterprises': '单位',
	'nav.measures': '措施',
	'nav.supervision': '督办',
	'nav.rankings': '排名',
	'nav.cosign': '待会签',
	'nav.reports': '待采纳',
	'nav.my': '我的单位',
	'nav.admin': '管理',
	'nav.dashboard': '统计',
	'nav.ratings': '检查评价',
	'nav.schemes': '规则',
	'nav.tipoffs': '举报',
	'nav.areas': '区域',
	'nav.plans': '检查方案'
} as const;
