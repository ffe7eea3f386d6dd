export const weights = {
	'weights.title': '{year} 年分值草稿',
	'weights.short': '明年分值草稿',
	'weights.open': '起草明年分值',
	'weights.draft': '草稿',
	'weights.download': '下载草稿（YAML）',
	'weights.nothing': '还没有冻结的月份',
	'weights.nothing_hint': '每月结束后冻结当月数字；有了数字，才能起草明年的分值。',
	'weights.outcome': '{count} 条中，{changed, plural, =0 {没有一条变动} other {# 条变动}}',
	'weights.basis':
		'依据 {from} 至 {to}（{months} 个月）已冻结的月度数字：检查 {checks} 家次，记分事实 {occurrences} 次；只算您能看到的场所。',
	'weights.rule':
		'办法（示例）：看每条的“次数 × 现分值”是各条平均的几倍；2 倍以上加一档，4 倍以上加两档，达到平均且三成以上是同一场所再次发生的再加一档，合计最多两档，不超过现分值的两倍、封顶和更重一条的现分值。只升不降：没有发生也可能是没有查到，降低由人提出。一档 {step} 分，不足 30 次不变动。',
	'weights.whose':
		'这是程序按上面的办法起草的样稿，不是发布机关的规定；下载后由人修改、发布，再上传、试算和启用。',
	'weights.occurrences': '次数',
	'weights.share': '占比',
	'weights.sites': '场所',
	'weights.again': '再次发生',
	'weights.present': '现分值',
	'weights.drafted': '拟分值',
	'weights.percent': '{percent}%',
	'weights.reason.few': '次数太少，不变动',
	'weights.reason.range': '分值由人裁量，不变动',
	'weights.reason.none': '不是固定分值的记分条款，不变动',
	'weights.reason.ends': '有效期在此之前结束，草稿中不再列入',
	'weights.reason.unseen': '一年没有发生，不变动',
	'weights.reason.seldom': '不足各条平均的四分之一，不变动',
	'weights.reason.usual': '与各条平均相当',
	'weights.reason.often': '达到各条平均的 2 倍',
	'weights.reason.very_often': '达到各条平均的 4 倍',
	'weights.came_back': '同一场所常再次发生',
	'weights.limited': '受封顶、两倍或更重一条所限',
	'weights.pack_name': '{name}（{year} 年草稿，示例）',
	'weights.source':
		'示例：依据 {from} 至 {to} 已冻结的 {months} 个月月度数字，由 {version} 版的分值起草，未经任何机关发布',
	'weights.file_head': '分值草稿（示例）：不是发布机关的规定，修改并发布以后才能适用。'
} as const;
