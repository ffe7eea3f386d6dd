export const account = {
	'account.role.administrator': '管理员',
	'account.role.leader': '领导',
	'account.role.inspector': '检查人员',
	'account.role.community_worker': '社区人员',
	'account.role.principal': '单位负责人',
	'account.whole_district': '全部区域',
	'account.notices': '消息提醒',
	'account.change_password': '修改密码'
} as const;
