import type { common as zhCN } from '../zh-CN/common.ts';

export const common: Record<keyof typeof zhCN, string> = {
	'common.product': 'Mingcha',
	'common.tagline': 'One risk map for work safety',
	'common.sample': 'sample',
	'common.sample_data': 'Sample data: enterprises, people and documents are fictional. Not for real work.',
	'common.article': 'Article {article}',
	'common.clause': 'Article {article}, paragraph {paragraph}',
	'common.close': 'Close',
	'common.back': 'Back',
	'common.cancel': 'Cancel',
	'common.retry': 'Try again',
	'common.home': 'Go to the start page',
	'common.optional': 'optional',
	'common.skip_to_content': 'Skip to content',
	'common.main_navigation': 'Main navigation',
	'common.account': 'Me',
	'common.sign_out': 'Sign out',
	'common.language': 'Language',
	'common.error_title': 'Something went wrong',
	'common.error_next': 'Try again in a while; if it stays, tell your administrator the reference below.',
	'common.error_reference': 'Reference {reference}'
};
