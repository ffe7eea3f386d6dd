/** 消息提醒: what one person is told of deadlines, and how. */
export const notice = {
	'notice.title': '消息提醒',
	'notice.subtitle': '整改期限前后的提醒；每家单位每天最多一条，21:00 至次日 8:00 不打扰。',
	'notice.list': '收到的提醒',
	'notice.none': '还没有提醒',
	'notice.none_hint': '有隐患临近或超过整改期限时，会出现在这里。',
	'notice.row.before': '{count} 项隐患待整改，最近一项 {day} 到期',
	'notice.row.over': '{count} 项隐患已逾期，最早一项 {day} 到期',
	'notice.all': '查看提醒与其他方式',
	'notice.push': '在这台设备上提醒我',
	'notice.push.what': '不打开本系统也能收到整改期限的提醒。锁屏上不显示单位名称，也不显示是什么隐患。',
	'notice.push.when': '整改期限前后提醒；随时可以关闭。',
	'notice.push.turn_on': '开启提醒',
	'notice.push.turn_off': '关闭提醒',
	'notice.push.on': '这台设备已开启提醒。',
	'notice.push.dismissed': '没有开启：浏览器询问时没有选择「允许」。需要时可以再点一次。',
	'notice.push.unreachable':
		'没有开启：浏览器连不上它的推送服务（部分浏览器在国内常见）。可以换一个浏览器，或选用邮件、短信；提醒在本页始终能看到。',
	'notice.push.blocked':
		'浏览器不允许本网站发通知。要开启，请在浏览器的网站设置里把「通知」改为允许，再刷新本页；提醒在本页始终能看到。',
	'notice.push.unsupported':
		'这个浏览器不支持推送。iPhone 请先用「添加到主屏幕」再从主屏幕打开；提醒在本页始终能看到。',
	'notice.push.wechat': '微信里不能接收推送。请用手机自带的浏览器打开本页再开启；提醒在本页始终能看到。',
	'notice.push.no_script': '开启提醒需要浏览器脚本；提醒在本页始终能看到。',
	'notice.devices': '已在 {count} 台设备上开启。',
	'notice.forget': '全部关闭',
	'notice.other': '邮件与短信',
	'notice.email.to': '发邮件到 {address}',
	'notice.email.no_address': '您的帐号没有邮箱地址，不能用邮件提醒。',
	'notice.sms.to': '发短信到 {phone}',
	'notice.sms.hint': '单位登记的联系电话；要更换号码，请联系检查机构。',
	'notice.save': '保存',
	'notice.saved': '已保存',
	'notice.nothing_else': '本系统没有开通推送、邮件或短信，提醒只显示在本页。'
} as const;
