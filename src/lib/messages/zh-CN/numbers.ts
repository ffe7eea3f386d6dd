/** 文号台账. */
export const numbers = {
	'numbers.title': '文号台账',
	'numbers.subtitle': '文号在封存时取得，每个机关、种类、轨道、年度连续编号；作废、更正的文号不再使用。',
	'numbers.year': '{year} 年',
	'numbers.series': '种类',
	'numbers.last': '最后一号',
	'numbers.issued': '有效',
	'numbers.voided_count': '作废',
	'numbers.gaps': '缺号',
	'numbers.no_gap': '无',
	'numbers.gap_meaning': '缺号说明有文书被删去，请运行核验。',
	'numbers.voided': '已作废的文书',
	'numbers.superseded_count': '已更正',
	'numbers.superseded': '已被更正的文书',
	'numbers.none_superseded': '没有被更正的文书',
	'numbers.none': '这一年还没有文号',
	'numbers.none_voided': '没有作废的文书',
	'numbers.unknown_reason': '没有记录原因'
} as const;
