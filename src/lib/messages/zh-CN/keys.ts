/** The keys that sign records: for administrators, and for anybody who verifies. */
export const keys = {
	'keys.title': '签名密钥',
	'keys.text': '记录、案卷和链尾由服务器的 Ed25519 密钥签名。换用新密钥后，以前的签名仍可核验。',
	'keys.public_title': '签名公钥',
	'keys.public_text':
		'核验案卷时，请把案卷上的指纹与这里公布的核对。出具机关最好也在别处（公告、函件）公布指纹：只在一个地方公布的，只能证明这个地方没有变。',
	'keys.current': '正在使用',
	'keys.retired': '已停用',
	'keys.from': '启用',
	'keys.to': '停用',
	'keys.unknown_day': '不详',
	'keys.id': '编号',
	'keys.fingerprint': '指纹（SHA-256）',
	'keys.public_key': '公钥（PEM）',
	'keys.rotate': '换用新密钥',
	'keys.rotate.what':
		'立即生效：新记录由新密钥签名，链尾重新签名；旧私钥销毁，旧公钥连同起止时间保留。怀疑密钥泄露、人员变动或每隔一两年时更换。换后请公布新指纹，并重新备份。',
	'keys.rotate.confirm': '我已安排公布新指纹',
	'keys.rotated': '已换用新密钥 {current}；{retired} 停用，其公钥保留。',
	'keys.head_forged': '链尾文件 head.json 不是本系统写的，没有重新签名：请运行核验。',
	'keys.administer': '查看、更换签名密钥'
} as const;
