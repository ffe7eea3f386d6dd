/** 任务核验码, in the manner of 检查码 and never called one: on the inspector's phone, and on the page that it opens. */
export const task = {
	'task.title': '任务核验码',
	'task.show': '出示任务核验码',
	'task.not_official': '本系统任务核验码，非官方检查码',
	'task.qr_label': '本次检查的任务核验码',
	'task.qr_note':
		'请被检查单位用手机扫一扫：核对检查人员和证件号、检查事项、依据和来由。检查结束后，同一个码可以看结果、作评价。',
	'task.qr_note_after': '请被检查单位用手机扫一扫：看本次检查的结果，评价本次检查。',
	'task.stating': '正在登记任务…',
	'task.none': '还没有任务核验码。',
	'task.none_offline': '没有网络，还没有任务核验码',
	'task.outdated_offline': '没有网络，码上仍是之前登记的内容',
	'task.none_next': '检查可以照常进行，请当面出示证件、说明来由；有网络后会再登记。',
	'task.officer': '{name}（证件号 {licence}）',
	'task.officer_without': '{name}（未登记证件号）',
	'task.officers': '检查人员',
	'task.source': '任务来源',
	'task.source_none': '检查人员没有填写，可以当面询问',
	'task.opened': '登记时间'
} as const;
