import { common } from './common.ts';
import { delivery } from './delivery.ts';
import { document } from './document.ts';
import { identity } from './identity.ts';
import { inspection } from './inspection.ts';
import { assessment } from './assessment.ts';
import { enterprise } from './enterprise.ts';
import { live } from './live.ts';
import { ranking } from './ranking.ts';
import { tally } from './tally.ts';
import { problem } from './problem.ts';
import { record } from './record.ts';
import { ui } from './ui.ts';

/** One file per domain folder; a key starts with its file's name. */
export const zhCN = {
	...common,
	...delivery,
	...document,
	...identity,
	...inspection,
	...assessment,
	...enterprise,
	...live,
	...ranking,
	...tally,
	...problem,
	...record,
	...ui
};
