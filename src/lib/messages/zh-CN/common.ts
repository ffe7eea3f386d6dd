export const common = {
	'common.product': '明察',
	'common.sample': '示例',
	'common.close': '关闭',
	'common.back': '返回'
} as const;
