import type { zhFirst } from '../zh-CN/first.ts';
import { account } from './account.ts';
import { common } from './common.ts';
import { comparison } from './comparison.ts';
import { enterprise } from './enterprise.ts';
import { live } from './live.ts';
import { nav } from './nav.ts';
import { problem } from './problem.ts';
import { ranking } from './ranking.ts';
import { tally } from './tally.ts';
import { ui } from './ui.ts';

export const enFirst: Record<keyof typeof zhFirst, string> = {
	...account,
	...common,
	...comparison,
	...enterprise,
	...live,
	...nav,
	...problem,
	...ranking,
	...tally,
	...ui
};
