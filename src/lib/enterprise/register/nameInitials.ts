import { pinyin } from 'pinyin-pro';

/** First letters of the name's pinyin, lower case, for the search box: 云溪小厨 → yxxc. */
export const nameInitials = (name: string): string =>
	pinyin(name, { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'consecutive' })
		.join('')
		.toLowerCase()
		.replaceAll(/[^a-z0-9]/g, '');
