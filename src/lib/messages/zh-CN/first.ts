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

/**
 * What the map, its frame and a failure say: all that a leader's first look fetches. The other pages fetch `index.ts`.
 * A test follows the map page's imports and finds a text that is missing here.
 */
export const zhFirst = {
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
