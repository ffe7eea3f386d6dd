import type { common as zhCN } from '../zh-CN/common.ts';

export const common: Record<keyof typeof zhCN, string> = {
	'common.product': 'Mingcha',
	'common.sample': 'sample',
	'common.close': 'Close',
	'common.back': 'Back'
};
