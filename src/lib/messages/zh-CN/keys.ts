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
	'keys.certificate': 'PDF 数字签名证书',
	'keys.certificate.none':
		'没有存入证书。文书的签名方式是：手写签名图像 + 完整性校验，非可靠电子签名。要给 PDF 加机关的数字签名，由系统管理员停止服务后在服务器上运行：npm run -s keys -- certificate 文件.p12',
	'keys.certificate.subject': '证书主体',
	'keys.certificate.issuer': '颁发者',
	'keys.certificate.validity': '有效期',
	'keys.certificate.days': '{from} 至 {until}',
	'keys.certificate.expired': '已过期：新文书不再加数字签名，请换发证书',
	'keys.certificate.soon': '不到 30 天到期，请换发证书',
	'keys.certificate.kept':
		'已存入 {subject}（有效期至 {until}）；从现在起，生成的 PDF 另有带数字签名的一份。请重新备份。',
	'keys.certificate.removed': '已移除 {subject}；其私钥已销毁，证书保留。以后的 PDF 不再加数字签名。',
	'keys.certificate.password': '证书文件的密码：',
	'keys.administer': '查看、更换签名密钥'
} as const;
