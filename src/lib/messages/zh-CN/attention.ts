export const attention = {
	'attention.title': '动态风险分',
	'attention.hint': '用来决定先看哪里；不是记分，不影响等级和措施，也不对企业公开。',
	'attention.score': '{score}（满分 100）',
	'attention.none': '全街道近 {months} 个月没有检查记录，无法计算。',
	'attention.pending': '尚未计算，稍后自动更新。',
	'attention.estimate': '按同类估计',
	'attention.own': '本单位近 {months} 个月检查 {inspections} 次，隐患加权 {hazards} 项。',
	'attention.own_none': '本单位近 {months} 个月没有检查过。',
	'attention.kind': '其他同类场所平均每次检查发现 {rate} 项（全街道 {street} 项）。',
	'attention.kind_street': '没有其他同类场所的检查，按全街道平均每次 {street} 项计。',
	'attention.neighbourhood_more': '所在社区其他场所的隐患比应有水平多，按 {ratio} 倍计。',
	'attention.neighbourhood_less': '所在社区其他场所的隐患比应有水平少，按 {ratio} 倍计。',
	'attention.neighbourhood_same': '所在社区与应有水平相当。',
	'attention.lifted.open_major': '有未销号的重大隐患，不低于 {score} 分。',
	'attention.lifted.overdue': '有逾期未整改的隐患，不低于 {score} 分。',
	'attention.of': '动态风险 {score}'
} as const;
