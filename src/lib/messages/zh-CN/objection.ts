/** 异议: what an enterprise objects to, and the answer it reads on its page. */
export const objection = {
	'objection.title': '异议',
	'objection.subtitle':
		'单位在文书页面上提出的异议；答复显示在同一页，写明日期和姓名。异议不停止整改期限的计算。',
	'objection.state.open': '待答复',
	'objection.state.all': '全部',
	'objection.none': '没有待答复的异议',
	'objection.none_hint': '单位在收到的文书页面上点「我有异议」，就会出现在这里。',
	'objection.record': '检查记录',
	'objection.said': '{name} 于 {at} 提出',
	'objection.nameless': '未署名',
	'objection.waits': '等答复',
	'objection.answer': '答复',
	'objection.answered': '{name} 于 {at} 答复',
	'objection.give': '答复',
	'objection.send': '发出答复',
	'objection.hint': '写明核实的情况和结论；单位能看到，发出后不能修改。记录有误的，另行更正。',
	'objection.others': '由出具文书的机关的检查员或者领导答复。',
	'objection.mine': '您的异议和答复',
	'objection.round': '{count} 条异议待答复'
} as const;
